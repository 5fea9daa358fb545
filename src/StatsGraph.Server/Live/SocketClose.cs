using System.Net.WebSockets;
using System.Text;

namespace StatsGraph.Server.Live;

/// <summary>Why a WebSocket is closed.</summary>
/// <param name="Code">The code, of WebSockets or of graphql-transport-ws.</param>
/// <param name="Reason">In words, as a frame may hold them.</param>
internal sealed record SocketClose(int Code, string Reason)
{
    /// <summary>Bytes of a reason.</summary>
    private const int MaximumBytes = 123;

    /// <summary>The server stops.</summary>
    public static SocketClose GoingAway { get; } = new((int)WebSocketCloseStatus.EndpointUnavailable, "The server stops");

    /// <summary>The client is done.</summary>
    public static SocketClose Done { get; } = new((int)WebSocketCloseStatus.NormalClosure, "");

    public static SocketClose Unauthorized { get; } = new(4401, "Unauthorized");

    public static SocketClose Forbidden { get; } = new(4403, "Forbidden");

    /// <summary>The token is worth nothing any more, or something else.</summary>
    public static SocketClose NoLonger { get; } = new(4403, "Forbidden: the token has expired, was revoked or is for other sites now");

    public static SocketClose NotAcceptable { get; } = new(4406, "Subprotocol not acceptable");

    public static SocketClose TooLate { get; } = new(4408, "Connection initialisation timeout");

    public static SocketClose InitialisedTwice { get; } = new(4429, "Too many initialisation requests");

    /// <summary>No token is looked at, because too many wrong ones came from the same address.</summary>
    /// <param name="wait">For how long.</param>
    public static SocketClose TooManyAttempts(TimeSpan wait) => new(
        4403, FormattableString.Invariant($"Forbidden: too many wrong tokens came from this address, try again in {Math.Ceiling(wait.TotalSeconds)} s"));

    /// <summary>A message is none of the protocol.</summary>
    public static SocketClose Invalid(string reason) => new(4400, Shorten(reason));

    /// <summary>A name is of an operation that there is.</summary>
    public static SocketClose Twice(string id) => new(4409, Shorten($"Subscriber for {id} already exists"));

    /// <summary>A message is longer than is allowed.</summary>
    public static SocketClose TooLong(int limit) => new(
        (int)WebSocketCloseStatus.MessageTooBig, FormattableString.Invariant($"A message is longer than {limit} bytes (Server:Limits:MaximumBytes)"));

    private static string Shorten(string text)
    {
        while (Encoding.UTF8.GetByteCount(text) > MaximumBytes)
            text = text[..^(char.IsLowSurrogate(text[^1]) && text.Length > 1 ? 2 : 1)];
        return text;
    }
}
