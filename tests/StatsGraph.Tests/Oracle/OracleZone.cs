namespace StatsGraph.Tests.Oracle;

/// <summary>
/// Local time of an IANA zone, found by walking instants and looking at the clock. Instants are Unix seconds.
/// Offsets that are no multiple of 15 minutes (before about 1972) are outside what it can do.
/// </summary>
public sealed class OracleZone
{
    private const long Minute = 60;
    private const long QuarterHour = 900;
    private const long Day = 86_400;

    private readonly TimeZoneInfo zone;
    private readonly Dictionary<DateOnly, long> starts = [];

    public OracleZone(string name)
    {
        zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        Name = name;
    }

    /// <summary>IANA name.</summary>
    public string Name { get; }

    /// <summary>Seconds that the zone's clock is ahead of UTC.</summary>
    public long OffsetAt(long instant) => (long)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(instant)).TotalSeconds;

    /// <summary>What the zone's clock shows.</summary>
    public DateTime LocalAt(long instant) => DateTime.UnixEpoch.AddSeconds(instant + OffsetAt(instant));

    /// <summary>The zone's date.</summary>
    public DateOnly DateAt(long instant) => DateOnly.FromDateTime(LocalAt(instant));

    /// <summary>First instant of a local day: the first minute at which the clock shows that date or a later one.</summary>
    public long StartOf(DateOnly date)
    {
        if (starts.TryGetValue(date, out var known))
            return known;

        var instant = Seconds(date.ToDateTime(TimeOnly.MinValue)) - Day;
        while (DateAt(instant) < date)
            instant += Minute;
        return starts[date] = instant;
    }

    /// <summary>
    /// The instant at which the clock shows a time: the earlier one where it shows it twice; where it never does, the time
    /// is read with the offset from before the gap.
    /// </summary>
    public long InstantOf(DateTime local)
    {
        long[] offsets = [OffsetAt(Seconds(local) - Day), OffsetAt(Seconds(local) + Day)];
        var shown = offsets.Select(offset => Seconds(local) - offset).Where(instant => LocalAt(instant) == local).ToList();
        return shown.Count > 0 ? shown.Min() : Seconds(local) - offsets[0];
    }

    /// <summary>
    /// Cuts <c>[from, to)</c> at every quarter hour of UTC and at every minute at which the offset changes, names each piece by
    /// the clock, and joins neighbours of one name.
    /// </summary>
    public IReadOnlyList<NamedRun> Runs(long from, long to, Func<DateTime, long, string> name)
    {
        var runs = new List<NamedRun>();
        foreach (var (start, end) in Pieces(from, to))
        {
            var text = name(LocalAt(start), OffsetAt(start));
            if (runs.Count > 0 && runs[^1].Name == text)
                runs[^1] = runs[^1] with { To = end };
            else
                runs.Add(new NamedRun(text, start, end));
        }

        return runs;
    }

    private IEnumerable<(long From, long To)> Pieces(long from, long to)
    {
        for (var start = from; start < to;)
        {
            var end = Math.Min(to, (start - (start % QuarterHour)) + QuarterHour);
            if (OffsetAt(start) != OffsetAt(end - 1))
                end = Math.Min(end, (start - (start % Minute)) + Minute);
            yield return (start, end);
            start = end;
        }
    }

    private static long Seconds(DateTime local) => (long)(local - DateTime.UnixEpoch).TotalSeconds;
}

/// <summary>A stretch of time, <c>[From, To)</c>, and what it is called.</summary>
public sealed record NamedRun(string Name, long From, long To);
