using System.Globalization;

namespace StatsGraph.Demo;

/// <summary>A line of the demo's access log.</summary>
/// <param name="End">Unix seconds at which Icecast writes it: when the client is gone.</param>
/// <param name="Text">Without the newline.</param>
internal readonly record struct DemoLine(long End, string Text)
{
    /// <summary>A line in Icecast's format.</summary>
    /// <param name="address">The client.</param>
    /// <param name="end">Unix seconds.</param>
    /// <param name="request">Method and path.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="bytes">Bytes sent.</param>
    /// <param name="agent">User agent.</param>
    /// <param name="duration">Seconds.</param>
    /// <param name="page">Referrer.</param>
    /// <param name="user">Authenticated user.</param>
    public static DemoLine Of(
        string address, long end, string request, int status, long bytes, string agent, long duration, string page = "-", string user = "-")
        => new(end, string.Create(
            CultureInfo.InvariantCulture,
            $"{address} - {user} [{DemoClock.Stamp(end)}] \"{request} HTTP/1.1\" {status} {bytes} \"{page}\" \"{agent}\" {duration}"));
}
