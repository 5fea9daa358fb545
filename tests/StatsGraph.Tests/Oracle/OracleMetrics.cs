using System.Numerics;

namespace StatsGraph.Tests.Oracle;

/// <summary>The figures of some sessions over a set of instants, each straight from its definition.</summary>
/// <param name="Sessions">The sessions that pass.</param>
/// <param name="Time">The instants.</param>
/// <param name="DataThrough">Unix seconds that the data reaches; null for no data.</param>
public sealed record OracleMetrics(IReadOnlyList<OracleSession> Sessions, TimeSet Time, long? DataThrough)
{
    /// <summary>Sessions that started.</summary>
    public long SessionCount => Started.Count;

    /// <summary>Visits whose first session started.</summary>
    public long Visits => Started.Count(session => session.IsEntry);

    /// <summary>Distinct listeners who listened, or whose session started.</summary>
    public long Listeners => Sessions.Where(IsSeen).Select(session => session.Listener).Distinct().Count();

    /// <summary>Seconds listened.</summary>
    public long ListeningSeconds => Sessions.Sum(session => Time.Overlap(session.Start, session.End));

    /// <summary>Hours listened.</summary>
    public double TuningHours => ListeningSeconds / 3600.0;

    /// <summary>Mean full duration of the sessions that started.</summary>
    public double? AverageDuration => Started.Count == 0 ? null : (double)Started.Sum(session => session.Duration) / Started.Count;

    /// <summary>Bytes of the sessions that started.</summary>
    public double Bytes => (double)Started.Aggregate(BigInteger.Zero, (sum, session) => sum + session.Row.Record!.Bytes);

    /// <summary>Seconds listened in a second, as far as the data reaches.</summary>
    public double AverageConcurrent
    {
        get
        {
            if (DataThrough is not { } end)
                return 0;

            var seconds = Time.SecondsBefore(end);
            return seconds == 0 ? 0 : Sessions.Sum(session => Time.Overlap(session.Start, Math.Min(session.End, end))) / (double)seconds;
        }
    }

    /// <summary>Listeners of at least five minutes in a quarter hour, averaged over the whole quarter hours.</summary>
    public double AverageQuarterHour
    {
        get
        {
            var quarters = Time.QuarterHours().ToHashSet();
            var heard = Open.SelectMany(SecondsByQuarter).Where(part => quarters.Contains(part.Quarter));
            var count = heard.GroupBy(part => (part.Quarter, part.Listener)).Count(parts => parts.Sum(part => part.Seconds) >= 300);
            return quarters.Count == 0 ? 0 : count / (double)quarters.Count;
        }
    }

    /// <summary>
    /// Most sessions open at one instant, and the first such instant. The number only grows where a session starts or a
    /// stretch of the set begins, so these instants are the ones to try.
    /// </summary>
    public (long Sessions, long? At) Peak
    {
        get
        {
            var best = Open.Select(session => session.Start)
                .Where(Time.Contains)
                .Concat(Time.Runs.Select(run => run.From))
                .Distinct()
                .Select(at => (Sessions: (long)Open.Count(session => session.Start <= at && at < session.End), At: at))
                .OrderByDescending(tried => tried.Sessions)
                .ThenBy(tried => tried.At)
                .FirstOrDefault();
            return best.Sessions == 0 ? (0, null) : best;
        }
    }

    private List<OracleSession> Open { get; } = [.. Sessions.Where(session => Time.Overlap(session.Start, session.End) > 0)];

    private List<OracleSession> Started { get; } = [.. Sessions.Where(session => Time.Contains(session.Start))];

    /// <summary>Quantile of the full durations of the sessions that started, linear between the closest ranks.</summary>
    public double? DurationQuantile(double p)
    {
        var durations = Started.Select(session => session.Duration).Order().ToList();
        if (durations.Count == 0)
            return null;

        var rank = (durations.Count - 1) * p;
        var (low, high) = (durations[(int)Math.Floor(rank)], durations[(int)Math.Ceiling(rank)]);
        return low + ((high - low) * (rank - Math.Floor(rank)));
    }

    /// <summary>Whether a session gives a row of a list its being: it listened, or started.</summary>
    public bool IsSeen(OracleSession session) => Time.Overlap(session.Start, session.End) > 0 || Time.Contains(session.Start);

    private static IEnumerable<(long Quarter, (string, string?) Listener, long Seconds)> SecondsByQuarter(OracleSession session)
    {
        for (var quarter = session.Start - (session.Start % 900); quarter < session.End; quarter += 900)
            yield return (quarter, session.Listener, TimeSet.Overlap((quarter, quarter + 900), session.Start, session.End));
    }
}
