namespace StatsGraph.Server;

/// <summary>How often subscribers are told, and what they may take. A setting <c>Server:Live:*</c> bears the name of each.</summary>
public sealed record LiveOptions
{
    /// <summary>Least time from one event of a subscription to the next: changes in between come as one, with the newest state.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A connection that is silent for so long gets a sign of life; a WebSocket that leaves three unanswered is closed.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for the first message of a WebSocket.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection whose reader takes nothing for so long is closed.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Operations at once on one connection.</summary>
    public int MaximumPerConnection { get; init; } = 50;

    /// <summary>
    /// Subscriptions at once of each token or, without one, each address, and connections as many. Behind a proxy all have the proxy's address.
    /// </summary>
    public int MaximumPerCaller { get; init; } = 2_000;

    /// <summary>Subscriptions at once in all, and connections as many.</summary>
    public int Maximum { get; init; } = 10_000;
}
