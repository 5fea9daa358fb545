namespace StatsGraph.Tests.Some;

/// <summary>A clock that stands still.</summary>
public sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
