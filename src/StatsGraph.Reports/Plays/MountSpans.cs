namespace StatsGraph.Reports.Plays;

/// <summary>
/// When the sessions of a mount began and ended, each in order by itself. How many sessions overlap a play follows from two searches, and how
/// long together from sums: no session has to be looked at for each play. Sessions of 0 s are not in it.
/// </summary>
internal sealed class MountSpans
{
    private const long Second = 1_000;

    private readonly long[] starts;
    private readonly long[] ends;
    private readonly long[] sumOfStarts;
    private readonly long[] sumOfEnds;

    /// <summary>Takes the spans of sessions.</summary>
    /// <param name="starts">Seconds since 1970, in any order; sorted in place.</param>
    /// <param name="ends">Seconds since 1970, later than the start of the same session; sorted in place.</param>
    public MountSpans(long[] starts, long[] ends)
    {
        (this.starts, this.ends) = (starts, ends);
        Array.Sort(starts);
        Array.Sort(ends);
        (sumOfStarts, sumOfEnds) = (Sums(starts), Sums(ends));
    }

    /// <summary>Number of sessions.</summary>
    public int Count => starts.Length;

    /// <summary>Spans of several mounts together.</summary>
    public static MountSpans Of(IReadOnlyCollection<MountSpans> mounts)
        => mounts.Count == 1 ? mounts.Single()
            : new MountSpans([.. mounts.SelectMany(mount => mount.starts)], [.. mounts.SelectMany(mount => mount.ends)]);

    /// <summary>
    /// Sessions that overlap a play, and whose overlap begins in a period: those that began before the earlier end, less those that were over
    /// when the play began, or before the period where it was on by then.
    /// </summary>
    /// <param name="play">The play, of which a part lies in the period.</param>
    /// <param name="from">Start of the period in milliseconds since 1970.</param>
    /// <param name="to">Its end.</param>
    public long Performances(TimedPlay play, long from, long to)
    {
        if (play.To <= play.From)
            return 0;
        var begun = BegunBefore(Math.Min(play.To, to));
        return play.From >= from ? begun - EndedBy(play.From) : begun - BegunBefore(from);
    }

    /// <summary>Milliseconds that sessions overlap a play within a period, summed over sessions.</summary>
    public long Listening(TimedPlay play, long from, long to)
        => Math.Max(0, ListenedBefore(Math.Min(play.To, to)) - ListenedBefore(Math.Max(play.From, from)));

    private static long[] Sums(long[] values)
    {
        var sums = new long[values.Length + 1];
        for (var index = 0; index < values.Length; index++)
            sums[index + 1] = sums[index] + values[index];
        return sums;
    }

    /// <summary>Milliseconds of listening before an instant.</summary>
    private long ListenedBefore(long instant)
    {
        var (begun, ended) = (BegunBefore(instant), EndedBy(instant));
        return ((begun - ended) * instant) - (Second * (sumOfStarts[begun] - sumOfEnds[ended]));
    }

    private int BegunBefore(long instant) => CountUpTo(starts, CeilingSecond(instant) - 1);

    private int EndedBy(long instant) => CountUpTo(ends, CeilingSecond(instant + 1) - 1);

    /// <summary>The first whole second at or after an instant.</summary>
    private static long CeilingSecond(long instant) => -FloorDivided(-instant);

    private static long FloorDivided(long instant) => (instant / Second) - (instant % Second < 0 ? 1 : 0);

    /// <summary>Number of ascending values up to one.</summary>
    private static int CountUpTo(long[] values, long last)
    {
        var (low, high) = (0, values.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (values[middle] <= last)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
