using Microsoft.AspNetCore.Http;

namespace StatsGraph.Server.Auth;

/// <summary>Who asks, and what they may: known of every request before it reaches an endpoint.</summary>
internal sealed class Caller
{
    /// <summary>One who may do everything: whoever reaches a server that only its own machine can reach.</summary>
    public static readonly Caller Operator = new() { Name = "operator", ReadsAll = true, IngestsAll = true, MayOperate = true };

    /// <summary>One who may do nothing.</summary>
    public static readonly Caller Nobody = new() { Name = "anonymous" };

    /// <summary>For logs, traces and limits: a token's public id, never its secret.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the metrics, and what concerns all sites, are shown.</summary>
    public bool MayOperate { get; init; }

    private bool ReadsAll { get; init; }

    private bool IngestsAll { get; init; }

    /// <summary>The caller of a request; nobody where no one has found out.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? Nobody;

    /// <summary>Whether the figures of a site are shown. To one who may not, the site does not exist.</summary>
    public bool MayRead(string site) => ReadsAll && site.Length > 0;

    /// <summary>Whether logs are taken for a site.</summary>
    public bool MayIngest(string site) => IngestsAll && site.Length > 0;
}
