using System.Collections;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Plays;

/// <summary>What became of the rows of playlists that were handed to the table of plays.</summary>
/// <param name="timesOnTheClock">How often clocks showed a local time.</param>
internal sealed class PlayTally(Func<DateTime, int> timesOnTheClock)
{
    private const int ExamplesPerReason = 3;

    private readonly long[] classes = new long[PlayClassNames.All.Count];
    private readonly SortedDictionary<string, long> reasons = new(StringComparer.Ordinal);
    private readonly List<RejectionExample> examples = [];
    private long known;
    private long twice;
    private long never;

    /// <summary>Counts rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="added">Which of them were new.</param>
    public void Count(IReadOnlyList<PlayRow> rows, BitArray added)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (added[index])
                Count(rows[index]);
            else
                known++;
        }
    }

    /// <summary>Adds what became of rows elsewhere.</summary>
    public void Add(PlaySummary other)
    {
        classes[(int)PlayClass.Play] += other.Plays;
        classes[(int)PlayClass.Break] += other.Breaks;
        classes[(int)PlayClass.Rejected] += other.Rejected;
        known += other.AlreadyIngested;
        twice += other.TwiceOnTheClock;
        never += other.NeverOnTheClock;
        foreach (var (reason, count) in other.Rejections)
            reasons[reason] = reasons.GetValueOrDefault(reason) + count;
        foreach (var example in other.Examples)
        {
            if (examples.Count(known => known.Reason == example.Reason) < ExamplesPerReason)
                examples.Add(example);
        }
    }

    /// <summary>All of it.</summary>
    public PlaySummary Summary(int files, long rows, long waiting) => new()
    {
        Files = files,
        Rows = rows,
        Plays = classes[(int)PlayClass.Play],
        Breaks = classes[(int)PlayClass.Break],
        Rejected = classes[(int)PlayClass.Rejected],
        AlreadyIngested = known,
        TwiceOnTheClock = twice,
        NeverOnTheClock = never,
        Rejections = new OrderedDictionary<string, long>(reasons.OrderByDescending(reason => reason.Value), StringComparer.Ordinal),
        Examples = examples,
        Waiting = waiting,
    };

    private void Count(PlayRow row)
    {
        classes[(int)row.Record.Class]++;
        if (row.Record.Reason is { } reason)
        {
            var count = reasons.GetValueOrDefault(reason) + 1;
            reasons[reason] = count;
            if (count <= ExamplesPerReason)
                examples.Add(new RejectionExample(row.Log, row.Line, reason, row.Excerpt!));
        }

        if (row.Record.Start is { Offset: null } start)
        {
            var times = timesOnTheClock(DateTime.SpecifyKind(
                DateTime.UnixEpoch.AddTicks(start.Microseconds * TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified));
            twice += times > 1 ? 1 : 0;
            never += times == 0 ? 1 : 0;
        }
    }
}
