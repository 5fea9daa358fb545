using System.Buffers;
using StatsGraph.Reports.Figures;

namespace StatsGraph.Reports.Scans;

/// <summary>Listeners of quarter hours, as Figures/QuarterHours.sql defines them.</summary>
internal static class QuarterHoursScan
{
    /// <summary>Listeners with 5 minutes in a quarter hour, summed over the whole quarter hours of each row.</summary>
    /// <inheritdoc cref="TotalsScan.Run"/>
    public static Dictionary<RowKey, long> Run(ColumnScan scan, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation)
    {
        var slices = new TimeSlices(cut.Times);
        var parts = Sweep.Run(
            scan,
            slices,
            () => new RowGroups(scan.Columns.Texts, cut, page),
            groups => new QuarterHoursFigure(groups, slices, scan.Columns.Listeners),
            cancellation);
        var heard = new Dictionary<RowKey, long>();
        foreach (var (row, count) in parts.SelectMany(part => part.Rows()))
            heard[row] = heard.GetValueOrDefault(row) + count;
        return heard;
    }

    /// <summary>The same of all sessions by key of time.</summary>
    public static long[] ByKey(ColumnScan scan, TimeSlices slices, CancellationToken cancellation)
    {
        var heard = new long[slices.KeyCount];
        var parts = Sweep.Run(
            scan,
            slices,
            () => new RowGroups(scan.Columns.Texts),
            groups => new QuarterHoursFigure(groups, slices, scan.Columns.Listeners),
            cancellation);
        foreach (var part in parts)
            part.AddTo(heard);
        return heard;
    }
}

/// <summary>Counts, for the rows of a list, the listeners who heard enough of each quarter hour.</summary>
/// <param name="groups">The groups.</param>
/// <param name="slices">The time.</param>
/// <param name="listeners">Number of listeners.</param>
internal sealed class QuarterHoursFigure(RowGroups groups, TimeSlices slices, int listeners) : ISweepFigure
{
    /// <summary>Seconds that count as having listened to a quarter hour.</summary>
    private const uint Enough = 300;

    private readonly Cells cells = new(groups, slices.KeyCount);
    private readonly (int Turn, uint Seconds)[] heard = new (int, uint)[listeners];
    private long[] counts = [];
    private int turn;
    private int slice;

    /// <summary>The rows that anybody listened to.</summary>
    public IEnumerable<(RowKey Row, long Count)> Rows() => counts.Take(cells.Count).Index()
        .Where(cell => cell.Item > 0).Select(cell => (cells.Row(cell.Index), cell.Item));

    /// <summary>Adds to counts by key.</summary>
    public void AddTo(long[] byKey)
    {
        for (var key = 0; key < Math.Min(byKey.Length, counts.Length); key++)
            byKey[key] += counts[key];
    }

    /// <inheritdoc/>
    public void Add(uint from, uint to, int group, ReadOnlySpan<OpenSession> sessions)
    {
        while (slice + 1 < slices.Count && slices.Bounds[slice + 1] <= from)
            slice++;
        var active = ArrayPool<int>.Shared.Rent(sessions.Length);
        var (open, next, at) = (0, 0, slice);
        var begin = (from + Sweep.QuarterHour - 1) / Sweep.QuarterHour * Sweep.QuarterHour;
        for (; begin + Sweep.QuarterHour <= to && (open > 0 || next < sessions.Length); begin += Sweep.QuarterHour)
        {
            var end = begin + Sweep.QuarterHour;
            while (next < sessions.Length && sessions[next].Start < end)
                active[open++] = next++;
            while (slices.Bounds[at + 1] <= begin)
                at++;
            // Only quarter hours that lie in one slice count.
            var isWhole = begin >= slices.Bounds[at] && end <= slices.Bounds[at + 1];
            var count = Hear(begin, end, sessions, active, ref open);
            if (isWhole && count > 0)
                Count(cells.Of(group, slices.Keys[at]), count);
        }

        ArrayPool<int>.Shared.Return(active);
    }

    /// <summary>Adds up what each listener heard of a quarter hour, and forgets the sessions that end in it.</summary>
    /// <returns>Listeners who heard enough.</returns>
    private int Hear(uint begin, uint end, ReadOnlySpan<OpenSession> sessions, int[] active, ref int open)
    {
        turn++;
        var (enough, kept) = (0, 0);
        for (var index = 0; index < open; index++)
        {
            var number = active[index];
            ref readonly var session = ref sessions[number];
            var until = Math.Min(session.End, end);
            var since = Math.Max(session.Start, begin);
            if (until > since)
            {
                ref var own = ref heard[session.Listener];
                var before = own.Turn == turn ? own.Seconds : 0;
                own = (turn, before + (until - since));
                if (before < Enough && own.Seconds >= Enough)
                    enough++;
            }

            active[kept] = number;
            if (session.End > end)
                kept++;
        }

        open = kept;
        return enough;
    }

    private void Count(int cell, int count)
    {
        if (counts.Length <= cell)
            Array.Resize(ref counts, Math.Max(cell + 1, 2 * counts.Length));
        counts[cell] += count;
    }
}
