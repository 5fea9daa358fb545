namespace StatsGraph.Ingest.Following;

/// <summary>How long to wait before something that failed is tried again: a second at first, then longer each time, up to a minute.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private TimeSpan wait = First;
    private DateTimeOffset next = DateTimeOffset.MinValue;

    /// <summary>Whether it may be tried now.</summary>
    public bool IsDue(DateTimeOffset now) => now >= next;

    /// <summary>It failed.</summary>
    public void Fail(DateTimeOffset now)
    {
        next = now + wait;
        wait = TimeSpan.FromTicks(Math.Min(2 * wait.Ticks, Longest.Ticks));
    }

    /// <summary>It went well.</summary>
    public void Reset() => (wait, next) = (First, DateTimeOffset.MinValue);
}
