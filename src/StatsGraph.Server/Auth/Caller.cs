using Microsoft.AspNetCore.Http;

namespace StatsGraph.Server.Auth;

/// <summary>Who asks, and what they may: known of every request before it reaches an endpoint.</summary>
internal sealed record Caller
{
    /// <summary>One who may do everything: whoever reaches a server that only its own machine can reach.</summary>
    public static readonly Caller Operator = new()
    {
        Name = "operator",
        IsKnown = true,
        Reads = SiteSet.All,
        Ingests = SiteSet.All,
        Administers = SiteSet.All,
        MayOperate = true,
    };

    /// <summary>One who may do nothing.</summary>
    public static readonly Caller Nobody = new() { Name = "anonymous" };

    /// <summary>For logs, traces and limits: a token's public id, never its secret.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the metrics, and what concerns all sites, are shown.</summary>
    public bool MayOperate { get; init; }

    /// <summary>Whether it is somebody: the holder of a token, or the operator.</summary>
    public bool IsKnown { get; init; }

    /// <summary>The sites whose figures are shown.</summary>
    public SiteSet Reads { get; init; } = SiteSet.None;

    /// <summary>What it may still have computed.</summary>
    public CostBudget Budget { get; init; } = CostBudget.Unlimited;

    /// <summary>Tells callers apart who are shown different things.</summary>
    public string Sight => $"{Reads.Text}/{Administers.Text}";

    private SiteSet Administers { get; init; } = SiteSet.None;

    private SiteSet Ingests { get; init; } = SiteSet.None;

    /// <summary>The caller of a request; nobody where no one has found out.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? Nobody;

    /// <summary>One who has shown no token and may read what is there for everybody.</summary>
    public static Caller Anonymous(SiteSet everybody) => Nobody with { Reads = everybody };

    /// <summary>
    /// The holder of a token. It sees what everybody sees, too. What the operator sees concerns all sites, so that only an admin token for all
    /// shows it.
    /// </summary>
    public static Caller Holder(TokenRecord token, SiteSet everybody) => new()
    {
        Name = token.Id,
        IsKnown = true,
        Reads = token.Scope is TokenScope.Read or TokenScope.Admin ? SiteSet.Of(token).And(everybody) : everybody,
        Ingests = token.Scope is TokenScope.Ingest or TokenScope.Admin ? SiteSet.Of(token) : SiteSet.None,
        Administers = token.Scope == TokenScope.Admin ? SiteSet.Of(token) : SiteSet.None,
        MayOperate = token.Scope == TokenScope.Admin && token.IsForAllSites,
    };

    /// <summary>Whether the figures of a site are shown. To one who may not, the site does not exist.</summary>
    public bool MayRead(string site) => Reads.Contains(site);

    /// <summary>One who may read a site, or all of them, and nothing else: a schedule.</summary>
    /// <param name="site">Key of the site; null for all.</param>
    public static Caller Reader(string? site) => Nobody with { Name = "schedule", Reads = site is null ? SiteSet.All : SiteSet.Of([site]) };

    /// <summary>Whether what runs for a site is shown; where that is for all sites, what concerns all.</summary>
    /// <param name="site">Key of the site; null for all.</param>
    public bool MayAdminister(string? site) => site is null ? MayOperate : Administers.Contains(site) && MayRead(site);

    /// <summary>Whether logs are taken for a site.</summary>
    public bool MayIngest(string site) => Ingests.Contains(site);
}
