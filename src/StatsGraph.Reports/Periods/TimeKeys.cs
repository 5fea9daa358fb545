namespace StatsGraph.Reports.Periods;

/// <summary>
/// The sets of instants that the rows of a list stand for: each key owns some of the slices, and the slices of all keys
/// together are the period. Neighbouring slices have different keys.
/// </summary>
/// <param name="Slices">In order of time, without gaps.</param>
/// <param name="Keys">Number of the key that each slice belongs to.</param>
internal sealed record TimeKeys(IReadOnlyList<Run> Slices, IReadOnlyList<int> Keys)
{
    /// <summary>One key for the whole period.</summary>
    public static TimeKeys Whole(Run period) => new([period], [0]);

    /// <summary>One key a run, numbered in order of time.</summary>
    public static TimeKeys OfBuckets(IReadOnlyList<Run> runs) => new(runs, Enumerable.Range(0, runs.Count).ToList());

    /// <summary>Keys 0 to 23: the hours of the clock.</summary>
    public static TimeKeys OfHours(CalendarPeriod period)
    {
        var runs = period.Clock.Hours(period.Run).ToList();
        return Merged(runs, runs.Select(run => period.Clock.HourOf(run.From)));
    }

    /// <summary>Seconds of each key's slices before an instant.</summary>
    public Dictionary<int, long> Seconds(long before)
    {
        var seconds = new Dictionary<int, long>();
        for (var index = 0; index < Slices.Count; index++)
        {
            var length = Math.Max(0, Math.Min(Slices[index].To, before) - Slices[index].From);
            seconds[Keys[index]] = seconds.GetValueOrDefault(Keys[index]) + length;
        }

        return seconds;
    }

    /// <summary>Whole quarter hours within each key's slices.</summary>
    public Dictionary<int, long> QuarterHours()
    {
        const long Quarter = 900;
        var quarters = new Dictionary<int, long>();
        for (var index = 0; index < Slices.Count; index++)
        {
            var first = (Slices[index].From + Quarter - 1) / Quarter;
            var whole = Math.Max(0, (Slices[index].To / Quarter) - first);
            quarters[Keys[index]] = quarters.GetValueOrDefault(Keys[index]) + whole;
        }

        return quarters;
    }

    /// <summary>Joins neighbouring runs of one key.</summary>
    public static TimeKeys Merged(IEnumerable<Run> runs, IEnumerable<int> keys)
    {
        var slices = new List<Run>();
        var owners = new List<int>();
        foreach (var (run, key) in runs.Zip(keys))
        {
            if (owners.Count > 0 && owners[^1] == key)
            {
                slices[^1] = slices[^1] with { To = run.To };
                continue;
            }

            slices.Add(run);
            owners.Add(key);
        }

        return new TimeKeys(slices, owners);
    }
}
