namespace StatsGraph.Server;

/// <summary>
/// How much a caller may ask for, where tokens are asked for: each token, and without one each client address. A setting
/// <c>Server:Limits:*</c> bears the name of each.
/// </summary>
public sealed record CallerLimits
{
    /// <summary>Requests within a minute. All of them may come at once; what is used comes back evenly.</summary>
    public int RequestsPerMinute { get; init; } = 1_200;

    /// <summary>Requests that are answered at once.</summary>
    public int RequestsAtOnce { get; init; } = 64;

    /// <summary>
    /// Field cost of the documents that are executed within a minute, those answered from memory left out. All of it may be used at once, and
    /// comes back evenly. By default about what keeps one core busy.
    /// </summary>
    public int CostPerMinute { get; init; } = 60_000;
}
