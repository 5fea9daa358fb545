namespace StatsGraph.Server.Auth;

/// <summary>What a server asks of callers, decided once as it starts.</summary>
/// <param name="Mode">Whether it asks for tokens.</param>
/// <param name="Everybody">Sites that are shown to everybody, in <see cref="AccessMode.Tokens"/>.</param>
internal sealed record AccessRules(AccessMode Mode, SiteSet Everybody)
{
    /// <summary>
    /// The rules of a server. Unless it is told otherwise it is open only while it listens on loopback addresses alone, is behind no proxy, is
    /// not declared public, and no token was ever made.
    /// </summary>
    /// <exception cref="FormatException">An address to listen on is none.</exception>
    public static AccessRules Of(ServerOptions options, TokenFolder? tokens)
    {
        var isAlone = options.LoopbackOnly && !options.BehindProxies && !options.Public && tokens?.HasAny != true;
        return new AccessRules(
            options.Access ?? (isAlone ? AccessMode.Open : AccessMode.Tokens),
            options.Public ? SiteSet.All : SiteSet.Of(options.PublicSites));
    }
}
