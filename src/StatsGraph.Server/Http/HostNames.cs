using StatsGraph.Server.Auth;

namespace StatsGraph.Server.Http;

/// <summary>
/// The names that a server answers to. One that listens on loopback is not for others: a page of another site could reach it under
/// a name of its own that resolves to loopback (DNS rebinding), so it answers to its own names only. Behind a proxy it is for others, whose
/// names it cannot know; such a page has no token there.
/// </summary>
internal static class HostNames
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The names, <c>*</c> for any.</summary>
    /// <exception cref="FormatException">An address to listen on is none.</exception>
    public static IEnumerable<string> Allowed(ServerOptions options)
        => options.AllowedHosts.Count > 0 || (options.LoopbackOnly && !(options.BehindProxies && options.Access != AccessMode.Open)) ? Loopback.Concat(options.AllowedHosts) : ["*"];
}
