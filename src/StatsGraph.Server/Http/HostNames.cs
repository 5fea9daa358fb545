using System.Net;
using Microsoft.AspNetCore.Http;

namespace StatsGraph.Server.Http;

/// <summary>
/// The names that a server answers to. One that listens on loopback is not for others: a page of another site could reach it under
/// a name of its own that resolves to loopback (DNS rebinding), so it answers to its own names only.
/// </summary>
internal static class HostNames
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The names, <c>*</c> for any.</summary>
    /// <exception cref="FormatException">An address to listen on is none.</exception>
    public static IEnumerable<string> Allowed(ServerOptions options)
        => options.AllowedHosts.Count > 0 || options.EachUrl.All(IsLoopback) ? Loopback.Concat(options.AllowedHosts) : ["*"];

    /// <summary>Whether an address to listen on, such as <c>http://127.0.0.1:5080</c>, is reached from this machine only.</summary>
    private static bool IsLoopback(string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
