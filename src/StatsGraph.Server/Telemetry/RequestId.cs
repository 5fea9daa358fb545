using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace StatsGraph.Server.Telemetry;

/// <summary>
/// What a request is called in its answer, in the lines that the log has of it, and in a trace. It goes with everything that is begun for the request, so
/// that an answer that several share bears the id of the one who asked first, which is the one in the log.
/// </summary>
internal static class RequestId
{
    /// <summary>The header, of requests and of responses.</summary>
    public const string Header = "X-Request-Id";

    private const int Shortest = 8;
    private const int Longest = 64;

    private static readonly AsyncLocal<string?> Flowing = new();

    /// <summary>The id of the request that this is done for; null outside of any.</summary>
    public static string? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>
    /// The id that a proxy gave it, where that is 8 to 64 letters, digits, dashes and underscores: no address and no name of a host fits. Else that of the
    /// trace that it belongs to, else a new one.
    /// </summary>
    public static string Of(IHeaderDictionary headers)
        => headers[Header] is [{ } given] && IsWellFormed(given) ? given
            : Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString()
            : headers[HeaderNames.TraceParent] is [{ } parent] && ActivityContext.TryParse(parent, null, out var trace) ? trace.TraceId.ToHexString()
            : RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static bool IsWellFormed(string id)
        => id.Length is >= Shortest and <= Longest && id.AsSpan().IndexOfAnyExcept(Allowed) < 0;

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
