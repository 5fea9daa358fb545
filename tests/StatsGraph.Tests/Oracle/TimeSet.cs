namespace StatsGraph.Tests.Oracle;

/// <summary>A set of instants (Unix seconds): ordered stretches <c>[From, To)</c> that neither touch nor overlap.</summary>
public sealed record TimeSet(IReadOnlyList<(long From, long To)> Runs)
{
    /// <summary>One stretch.</summary>
    public TimeSet(long from, long to)
        : this([(from, to)])
    {
    }

    /// <summary>Whether an instant is in the set.</summary>
    public bool Contains(long instant) => Runs.Any(run => run.From <= instant && instant < run.To);

    /// <summary>Seconds of <c>[start, end)</c> that are in the set.</summary>
    public long Overlap(long start, long end) => Runs.Sum(run => Overlap(run, start, end));

    /// <summary>Seconds of the set before an instant.</summary>
    public long SecondsBefore(long instant) => Overlap(long.MinValue, instant);

    /// <summary>First instants of the quarter hours that lie wholly in one stretch.</summary>
    public IEnumerable<long> QuarterHours()
    {
        foreach (var (from, to) in Runs)
        {
            for (var quarter = (from + 899) / 900 * 900; quarter + 900 <= to; quarter += 900)
                yield return quarter;
        }
    }

    /// <summary>Seconds that two stretches share.</summary>
    public static long Overlap((long From, long To) run, long start, long end)
        => Math.Max(0, Math.Min(run.To, end) - Math.Max(run.From, start));
}
