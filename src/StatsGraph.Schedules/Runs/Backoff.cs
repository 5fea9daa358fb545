namespace StatsGraph.Schedules.Runs;

/// <summary>How long to wait after a failure: a minute, and each time twice as long, up to six hours; less by up to a half, by chance, so that not all come at once.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>The pause.</summary>
    /// <param name="attempts">How often it failed so far, from 1.</param>
    /// <param name="chance">0 to 1.</param>
    public static TimeSpan After(int attempts, double chance)
    {
        var whole = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(attempts - 1, 16)));
        return whole * (1 - (chance / 2));
    }
}
