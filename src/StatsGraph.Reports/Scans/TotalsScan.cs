using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;

namespace StatsGraph.Reports.Scans;

/// <summary>Sums of rows, as Figures/Totals.sql defines them.</summary>
internal static class TotalsScan
{
    /// <summary>Sums of all rows that a session touches.</summary>
    /// <param name="scan">The sessions.</param>
    /// <param name="cut">The rows.</param>
    /// <param name="page">The only rows that are wanted; null for all.</param>
    /// <param name="through">Second of the columns at which the data ends.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IEnumerable<GroupTotals> Run(
        ColumnScan scan, RowCut cut, IReadOnlyList<RowKey>? page, uint through, CancellationToken cancellation)
    {
        var slices = new TimeSlices(cut.Times);
        if (slices.Count == 0)
            return [];
        var states = scan.Run(
            slices.From, slices.To, () => new State(new RowGroups(scan.Columns.Texts, cut, page), slices, through), Visit, cancellation);
        foreach (var state in states.Skip(1))
        {
            cancellation.ThrowIfCancellationRequested();
            states[0].Add(state);
        }

        return states.Count == 0 ? [] : states[0].Rows();
    }

    /// <summary>Sums of all sessions by key of time.</summary>
    public static Sums[] ByKey(ColumnScan scan, TimeSlices slices, uint through, CancellationToken cancellation)
    {
        var sums = new Sums[slices.KeyCount];
        foreach (var state in scan.Run(slices.From, slices.To, () => new State(new RowGroups(scan.Columns.Texts), slices, through), Visit, cancellation))
            state.AddTo(sums);
        return sums;
    }

    /// <summary>Sums by the codes of one column, over one slice.</summary>
    /// <param name="scan">The sessions.</param>
    /// <param name="column">The column.</param>
    /// <param name="slices">The slice.</param>
    /// <param name="through">Second of the columns at which the data ends.</param>
    /// <param name="leaveOut">Chunks, by their numbers, whose sessions are not wanted.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Sums[] ByCode(
        ColumnScan scan, TextColumn column, TimeSlices slices, uint through, Predicate<int> leaveOut, CancellationToken cancellation)
    {
        var sums = new Sums[scan.Columns.Texts[column].Count];
        foreach (var state in scan.Run(
            slices.From, slices.To, () => new CodeState(column, slices, through, sums.Length), (state, rows, selected) => state.Add(rows, selected),
            cancellation, leaveOut))
        {
            for (var code = 0; code < sums.Length; code++)
                sums[code].Add(state.Sums[code]);
        }

        return sums;
    }

    private static void Visit(State state, ChunkRows rows, ReadOnlySpan<int> selected)
    {
        var groups = state.Groups.Of(rows, selected);
        if (state.Slices.IsWhole)
            state.AddWhole(rows, selected, groups);
        else
            state.AddSliced(rows, selected, groups);
    }

    private sealed class State(RowGroups groups, TimeSlices slices, uint through)
    {
        private readonly Cells cells = new(groups, slices.KeyCount);
        private Sums[] sums = new Sums[16];

        public RowGroups Groups => groups;

        public TimeSlices Slices => slices;

        /// <summary>Adds rows to the one slice that there is.</summary>
        public void AddWhole(ChunkRows rows, ReadOnlySpan<int> selected, ReadOnlySpan<int> numbers)
        {
            Reserve(Math.Max(groups.Count, 1));
            var starts = rows.Starts;
            var ends = rows.Ends;
            var durations = rows.Durations;
            var bytes = rows.Bytes;
            var flags = rows.Flags;
            var (from, to) = (slices.From, slices.To);
            var all = sums;
            for (var index = 0; index < selected.Length; index++)
            {
                var group = numbers[index];
                if (group < 0)
                    continue;
                var row = selected[index];
                ref var sum = ref all[group];
                sum.Open(starts[row], ends[row], from, to, through);
                if (starts[row] >= from)
                    sum.Start(durations[row], bytes[row], flags[row]);
            }
        }

        /// <summary>Adds rows to each slice that they touch. Rows come in the order of their starts, so the slices do too.</summary>
        public void AddSliced(ChunkRows rows, ReadOnlySpan<int> selected, ReadOnlySpan<int> numbers)
        {
            var starts = rows.Starts;
            var ends = rows.Ends;
            var durations = rows.Durations;
            var bytes = rows.Bytes;
            var flags = rows.Flags;
            var bounds = slices.Bounds;
            var keys = slices.Keys;
            var slice = slices.Find(Math.Max(starts[selected[0]], slices.From));
            for (var index = 0; index < selected.Length; index++)
            {
                var group = numbers[index];
                if (group < 0)
                    continue;
                var row = selected[index];
                var (start, end) = (starts[row], ends[row]);
                while (start >= bounds[slice + 1])
                    slice++;
                var isStart = start >= slices.From;
                for (var at = slice; at < keys.Length && (at == slice || end > bounds[at]); at++)
                {
                    var cell = cells.Of(group, keys[at]);
                    Reserve(cell + 1);
                    ref var sum = ref sums[cell];
                    sum.Open(start, end, bounds[at], bounds[at + 1], through);
                    if (isStart && at == slice)
                        sum.Start(durations[row], bytes[row], flags[row]);
                }
            }
        }

        public void AddTo(Sums[] byKey)
        {
            for (var key = 0; key < Math.Min(byKey.Length, sums.Length); key++)
                byKey[key].Add(sums[key]);
        }

        /// <summary>Adds what another thread has summed up.</summary>
        public void Add(State other)
        {
            for (var cell = 0; cell < other.CellCount; cell++)
            {
                if (other.sums[cell].Pieces == 0)
                    continue;
                var own = cells.Like(other.cells, cell);
                Reserve(own + 1);
                sums[own].Add(other.sums[cell]);
            }
        }

        /// <summary>All rows that a session touches.</summary>
        public IEnumerable<GroupTotals> Rows()
        {
            for (var cell = 0; cell < CellCount; cell++)
            {
                if (sums[cell].Pieces > 0)
                    yield return new GroupTotals(cells.Row(cell), sums[cell].ToTotals());
            }
        }

        private int CellCount => Math.Min(cells.Count, sums.Length);

        private void Reserve(int count)
        {
            if (sums.Length < count)
                Array.Resize(ref sums, Math.Max(count, 2 * sums.Length));
        }
    }

    private sealed class CodeState(TextColumn column, TimeSlices slices, uint through, int codes)
    {
        public Sums[] Sums { get; } = new Sums[codes];

        public void Add(ChunkRows rows, ReadOnlySpan<int> selected)
        {
            var starts = rows.Starts;
            var ends = rows.Ends;
            var durations = rows.Durations;
            var bytes = rows.Bytes;
            var flags = rows.Flags;
            var codes = rows.Codes(column);
            var (from, to) = (slices.From, slices.To);
            foreach (var row in selected)
            {
                ref var sum = ref Sums[codes[row]];
                sum.Open(starts[row], ends[row], from, to, through);
                if (starts[row] >= from)
                    sum.Start(durations[row], bytes[row], flags[row]);
            }
        }
    }
}
