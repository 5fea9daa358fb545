using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>One WebSocket of a client, by graphql-transport-ws: what it says is read here, and what it is told is written by its connection.</summary>
internal sealed class SocketSession(
    HttpContext context, WebSocket socket, LiveConnection connection, LiveOperations operations, LiveOptions limits,
    int maximumBytes, TimeProvider clock)
{
    private const string Header = "Authorization";
    private const string Token = "token";

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly SocketWriter writer = new(socket);
    private SocketClose? close;
    private long heard = clock.GetTimestamp();
    private long pinged = clock.GetTimestamp();
    private volatile bool isInitialised;

    /// <summary>
    /// Closes a client that does not begin, asks one that is silent for a sign of life, and gives up one that gives none: nothing else tells that
    /// its machine is gone.
    /// </summary>
    public void LookAfter()
    {
        var silence = clock.GetElapsedTime(Volatile.Read(ref heard));
        if (!isInitialised && connection.Age >= limits.InitTimeout)
        {
            close ??= SocketClose.TooLate;
            connection.Close();
        }
        else if (silence >= 3 * limits.KeepAlive)
        {
            connection.Abort();
        }
        else if (isInitialised && silence >= limits.KeepAlive && clock.GetElapsedTime(pinged) >= limits.KeepAlive)
        {
            pinged = clock.GetTimestamp();
            writer.KeepAlive();
            connection.WriteControl();
        }
    }

    /// <summary>Reads and writes until one of both sides closes.</summary>
    public async Task RunAsync()
    {
        using var gone = context.RequestAborted.UnsafeRegister(static state => ((LiveConnection)state!).Dispose(), connection);
        var writing = connection.RunAsync(writer);
        var reading = ReadAsync();
        try
        {
            await await Task.WhenAny(writing, reading);
            connection.Dispose();
            await writing;
            await CloseAsync(close ?? (connection.IsBarred ? SocketClose.NoLonger : SocketClose.GoingAway));
            await reading;
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or WebSocketException or ObjectDisposedException)
        {
            // The client has gone without a word, or was given up.
            connection.Abort();
            connection.Dispose();
            await Task.WhenAll(reading, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Says why it closes, and waits a moment for the client to say so too.</summary>
    public async Task CloseAsync(SocketClose why)
    {
        using var patience = new CancellationTokenSource(Farewell);
        await socket.CloseAsync((WebSocketCloseStatus)why.Code, why.Reason, patience.Token);
    }

    /// <summary>Reads messages until there is a reason to close.</summary>
    private async Task ReadAsync()
    {
        var reader = new SocketReader(socket, maximumBytes);
        while (close is null)
        {
            var (message, ending) = await reader.ReadAsync();
            Volatile.Write(ref heard, clock.GetTimestamp());
            close ??= ending ?? await HandleAsync(message!);
        }
    }

    private async Task<SocketClose?> HandleAsync(byte[] message)
    {
        if (RequestReader.Read(message) is not { ValueKind: JsonValueKind.Object } json
            || !json.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            return SocketClose.Invalid("A message is a JSON object with a 'type'.");
        var payload = json.TryGetProperty("payload", out var given) ? given : default;
        if (payload.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined))
            return SocketClose.Invalid("'payload' is no object.");
        var id = json.TryGetProperty("id", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
        switch (type.GetString())
        {
            case "connection_init":
                return Initialise(payload);
            case "ping":
                writer.Answer(payload);
                connection.WriteControl();
                return null;
            case "pong":
                return null;
            case "subscribe" or "complete" when id.Length is 0 or > SharedEventStreams.MaximumIdLength:
                return SocketClose.Invalid(FormattableString.Invariant($"'id' is no text of 1 to {SharedEventStreams.MaximumIdLength} characters."));
            case "subscribe":
                return await SubscribeAsync(id, payload);
            case "complete":
                connection.End(id);
                return null;
            default:
                return SocketClose.Invalid("'type' is none of connection_init, subscribe, complete, ping and pong.");
        }
    }

    private SocketClose? Initialise(JsonElement payload)
    {
        if (isInitialised)
            return SocketClose.InitialisedTwice;
        var token = TokenOf(payload);
        if (token is not null)
        {
            if (connection.Standing.With(context, token, out var wait) is not { } bearer)
                return wait > TimeSpan.Zero ? SocketClose.TooManyAttempts(wait) : SocketClose.Forbidden;
            connection.Standing = bearer;
            context.Features.Set(bearer.Caller);
        }

        if (connection.Standing.Caller.Reads.IsNone)
            return connection.Standing.Caller.IsKnown ? SocketClose.Forbidden : SocketClose.Unauthorized;
        // First of all, so that no ping comes before it.
        writer.Acknowledge();
        isInitialised = true;
        connection.WriteControl();
        return null;
    }

    /// <summary>The token in the payload, by itself or written as the header of HTTP is; null where there is none.</summary>
    private static string? TokenOf(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object)
            return null;
        var given = payload.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).ToList();
        var header = given.Find(member => member.Name.Equals(Header, StringComparison.OrdinalIgnoreCase)).Value;
        var token = given.Find(member => member.Name == Token).Value;
        return header.ValueKind == JsonValueKind.String ? Credentials.TokenOf(header.GetString()!)
            : token.ValueKind == JsonValueKind.String ? token.GetString() : null;
    }

    private async Task<SocketClose?> SubscribeAsync(string id, JsonElement payload)
    {
        if (!isInitialised)
            return SocketClose.Unauthorized;
        if (payload.ValueKind != JsonValueKind.Object)
            return SocketClose.Invalid("A 'subscribe' has a 'payload'.");
        var (request, fault) = RequestReader.FromJson(payload);
        if (request is null)
            return SocketClose.Invalid(fault!.Message);
        if (!connection.TryBegin(id, out var operation))
            return SocketClose.Twice(id);
        if (operation is not null)
            await BeginAsync(request, operation);
        else
            await RefuseAsync(id);
        return null;
    }

    /// <summary>Begins an operation as a request of its own: until its first answer it takes the place of one.</summary>
    private async Task BeginAsync(GraphQLRequest request, LiveOperation operation)
    {
        if (operation.Standing.TryEnter() is { } place)
            _ = RunAsync(request, operation, place);
        else
            operation.Refuse(await Refusals.AnswerAsync(LiveRefusals.TooManyAtOnce, CancellationToken.None));
    }

    private async Task RunAsync(GraphQLRequest request, LiveOperation operation, IDisposable place)
    {
        using (place)
            await operations.RunAsync(request, operation);
    }

    /// <summary>Tells that there is no place. One who asks on without reading that is given up.</summary>
    private async Task RefuseAsync(string id)
    {
        if (writer.Refusals >= limits.MaximumPerConnection)
            connection.Abort();
        writer.Refuse(id, await LiveRefusals.TooManyAsync(limits.MaximumPerConnection, CancellationToken.None));
        connection.WriteControl();
    }
}
