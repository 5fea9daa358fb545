using System.Buffers;
using NodaTime;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;

namespace StatsGraph.Reports.Scans;

/// <summary>Most sessions open at one instant, as Figures/PeakConcurrent.sql defines it.</summary>
internal static class PeakScan
{
    /// <summary>Peaks of all rows in which a session is open.</summary>
    /// <inheritdoc cref="TotalsScan.Run"/>
    public static Dictionary<RowKey, Peak> Run(ColumnScan scan, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation)
    {
        var slices = new TimeSlices(cut.Times);
        var parts = Sweep.Run(
            scan, slices, () => new RowGroups(scan.Columns.Texts, cut, page), groups => new PeakFigure(groups, slices), cancellation);
        var highest = new Dictionary<RowKey, Level>();
        foreach (var (row, level) in parts.SelectMany(part => part.Rows()))
        {
            // Parts come in the order of time, so an equal level is a later one.
            if (!highest.TryGetValue(row, out var known) || level.Open > known.Open)
                highest[row] = level;
        }

        return highest.ToDictionary(
            pair => pair.Key, pair => new Peak(pair.Value.Open, Instant.FromUnixTimeSeconds(ColumnTime.ToUnix(pair.Value.At))));
    }

    /// <summary>Highest levels of all sessions by key of time; 0 where none is open.</summary>
    public static Level[] ByKey(ColumnScan scan, TimeSlices slices, CancellationToken cancellation)
    {
        var levels = new Level[slices.KeyCount];
        var parts = Sweep.Run(
            scan, slices, () => new RowGroups(scan.Columns.Texts), groups => new PeakFigure(groups, slices), cancellation);
        foreach (var part in parts)
            part.RaiseTo(levels);
        return levels;
    }
}

/// <summary>A number of open sessions, and the first second it was reached.</summary>
internal readonly record struct Level(int Open, uint At);

/// <summary>The highest levels of the rows of a list.</summary>
internal sealed class PeakFigure(RowGroups groups, TimeSlices slices) : ISweepFigure
{
    private readonly Cells cells = new(groups, slices.KeyCount);
    private uint[] ends = [];
    private Level[] highest = [];
    private int slice;

    /// <summary>The rows in which a session is open.</summary>
    public IEnumerable<(RowKey Row, Level Level)> Rows() => highest.Take(cells.Count).Index()
        .Where(cell => cell.Item.Open > 0).Select(cell => (cells.Row(cell.Index), cell.Item));

    /// <summary>Raises levels by key to these; of equal ones the given stay.</summary>
    public void RaiseTo(Level[] levels)
    {
        for (var key = 0; key < Math.Min(levels.Length, highest.Length); key++)
        {
            if (highest[key].Open > levels[key].Open)
                levels[key] = highest[key];
        }
    }

    /// <inheritdoc/>
    public void Add(uint from, uint to, int group, ReadOnlySpan<OpenSession> sessions)
    {
        while (slice + 1 < slices.Count && slices.Bounds[slice + 1] <= from)
            slice++;
        // Few sessions are sorted; many are counted second by second.
        if (sessions.Length < (to - from) / 64)
            AddSorted(from, to, group, sessions);
        else
            AddCounted(from, to, group, sessions);
    }

    private void AddCounted(uint from, uint to, int group, ReadOnlySpan<OpenSession> sessions)
    {
        var rented = ArrayPool<int>.Shared.Rent((int)(to - from) + 1);
        var steps = rented.AsSpan(0, (int)(to - from) + 1);
        steps.Clear();
        foreach (ref readonly var session in sessions)
        {
            steps[(int)(Math.Max(session.Start, from) - from)]++;
            steps[(int)(Math.Min(session.End, to) - from)]--;
        }

        var open = 0;
        for (var (at, second) = (slice, 0); at < slices.Count && slices.Bounds[at] < to; at++)
        {
            var end = (int)(Math.Min(slices.Bounds[at + 1], to) - from);
            var (most, mostAt) = (0, 0);
            for (; second < end; second++)
            {
                open += steps[second];
                if (open > most)
                    (most, mostAt) = (open, second);
            }

            if (most > 0)
                Raise(group, at, new Level(most, from + (uint)mostAt));
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    private void AddSorted(uint from, uint to, int group, ReadOnlySpan<OpenSession> sessions)
    {
        if (ends.Length < sessions.Length)
            ends = new uint[2 * sessions.Length];
        for (var index = 0; index < sessions.Length; index++)
            ends[index] = Math.Min(sessions[index].End, to);
        var closing = ends.AsSpan(0, sessions.Length);
        closing.Sort();

        var (started, ended, at) = (0, 0, slice);
        var second = Math.Max(sessions[0].Start, from);
        while (ended < sessions.Length)
        {
            while (started < sessions.Length && Math.Max(sessions[started].Start, from) <= second)
                started++;
            while (ended < sessions.Length && closing[ended] <= second)
                ended++;
            // Nothing changes before this second.
            var next = Math.Min(
                started < sessions.Length ? sessions[started].Start : to, ended < sessions.Length ? closing[ended] : to);
            if (started > ended)
                at = Raise(group, at, started - ended, second, next);
            second = next;
        }
    }

    /// <summary>Raises all slices that a level reaches into.</summary>
    /// <returns>The last of them.</returns>
    private int Raise(int group, int at, int open, uint from, uint to)
    {
        while (slices.Bounds[at + 1] <= from)
            at++;
        while (true)
        {
            Raise(group, at, new Level(open, Math.Max(from, slices.Bounds[at])));
            if (at + 1 >= slices.Count || slices.Bounds[at + 1] >= to)
                return at;
            at++;
        }
    }

    private void Raise(int group, int at, Level level)
    {
        var cell = cells.Of(group, slices.Keys[at]);
        if (highest.Length <= cell)
            Array.Resize(ref highest, Math.Max(cell + 1, 2 * highest.Length));
        // Time only goes on, so the first to reach a level is kept.
        if (level.Open > highest[cell].Open)
            highest[cell] = level;
    }
}
