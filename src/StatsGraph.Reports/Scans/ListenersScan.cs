using System.Numerics;
using System.Runtime.InteropServices;
using StatsGraph.Reports.Figures;

namespace StatsGraph.Reports.Scans;

/// <summary>Distinct listeners of rows, as Figures/Listeners.sql defines them.</summary>
internal static class ListenersScan
{
    /// <summary>Most bytes of the sets of one thread.</summary>
    private const long MostSetBytes = 16 << 20;

    /// <summary>Distinct listeners of all rows that a session touches.</summary>
    /// <param name="scan">The sessions.</param>
    /// <param name="cut">The rows.</param>
    /// <param name="page">The only rows that are wanted; null for all.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="mostSetBytes">Bytes that a thread may use for sets of listeners; what needs more is counted in the order of time, or sorted.</param>
    public static Dictionary<RowKey, long> Run(
        ColumnScan scan, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation, long mostSetBytes = MostSetBytes)
    {
        var slices = new TimeSlices(cut.Times);
        if (slices.Count == 0)
            return [];
        var words = (scan.Columns.Listeners + 63) / 64;
        var isSmall = page is null ? cut.Values.Count == 0 && Fits(slices.KeyCount) : Fits((long)page.Count * slices.KeyCount);
        if (!isSmall && cut.Values.Count == 0 && slices.KeyCount == slices.Count)
            return InOrder(scan, slices, cancellation);
        var states = scan.Run(
            slices.From,
            slices.To,
            () => new State(new RowGroups(scan.Columns.Texts, cut, page), slices, isSmall ? words : 0),
            (state, rows, selected) => state.Add(rows, selected),
            cancellation);
        return isSmall ? Join(states) : Count(states, cancellation);

        bool Fits(long cells) => cells * words * sizeof(ulong) <= mostSetBytes;
    }

    /// <summary>
    /// Counts the listeners of many buckets without sets: a session that starts no earlier than another of its listener is the first in a bucket when
    /// none before it reached that far.
    /// </summary>
    private static Dictionary<RowKey, long> InOrder(ColumnScan scan, TimeSlices slices, CancellationToken cancellation)
    {
        var counts = new long[slices.Count];
        // For each listener the slice after the last that a session reached so far.
        var reached = new int[scan.Columns.Listeners];
        scan.RunInOrder(
            slices.From,
            slices.To,
            (counts, reached),
            (state, rows, selected) =>
            {
                var starts = rows.Starts;
                var ends = rows.Ends;
                var listeners = rows.Listeners;
                var bounds = slices.Bounds;
                var slice = slices.Find(Math.Max(starts[selected[0]], slices.From));
                foreach (var row in selected)
                {
                    while (starts[row] >= bounds[slice + 1])
                        slice++;
                    ref var next = ref state.reached[listeners[row]];
                    var at = slice;
                    do
                    {
                        if (at >= next)
                        {
                            state.counts[at]++;
                            next = at + 1;
                        }

                        at++;
                    }
                    while (at < state.counts.Length && ends[row] > bounds[at]);
                }
            },
            cancellation);
        var result = new Dictionary<RowKey, long>();
        for (var slice = 0; slice < counts.Length; slice++)
        {
            if (counts[slice] > 0)
                result[RowKey.OfTime(slices.Keys[slice])] = counts[slice];
        }

        return result;
    }

    private static Dictionary<RowKey, long> Join(List<State> states)
    {
        var sets = new Dictionary<RowKey, ulong[]>();
        foreach (var state in states)
        {
            foreach (var (row, set) in state.Sets())
            {
                if (!sets.TryAdd(row, set))
                {
                    var joined = sets[row];
                    for (var word = 0; word < set.Length; word++)
                        joined[word] |= set[word];
                }
            }
        }

        return sets.ToDictionary(
            pair => pair.Key,
            pair =>
            {
                long count = 0;
                foreach (var word in pair.Value)
                    count += BitOperations.PopCount(word);
                return count;
            });
    }

    private static Dictionary<RowKey, long> Count(List<State> states, CancellationToken cancellation)
    {
        var rows = new Dictionary<RowKey, int>();
        var pairs = new List<ulong>();
        foreach (var state in states)
        {
            cancellation.ThrowIfCancellationRequested();
            state.Collect(rows, pairs);
        }

        var sorted = CollectionsMarshal.AsSpan(pairs);
        sorted.Sort();
        cancellation.ThrowIfCancellationRequested();
        var counts = new long[rows.Count];
        for (var index = 0; index < sorted.Length; index++)
        {
            if (index == 0 || sorted[index] != sorted[index - 1])
                counts[(int)(sorted[index] >> 32)]++;
        }

        return rows.Where(pair => counts[pair.Value] > 0).ToDictionary(pair => pair.Key, pair => counts[pair.Value]);
    }

    /// <summary>What one thread saw: sets of listeners by cell, or pairs of cell and listener.</summary>
    private sealed class State(RowGroups groups, TimeSlices slices, int words)
    {
        private readonly Cells cells = new(groups, slices.KeyCount);
        private readonly List<ulong[]?> sets = [];
        private readonly List<ulong> pairs = [];

        public void Add(ChunkRows rows, ReadOnlySpan<int> selected)
        {
            var numbers = groups.Of(rows, selected);
            var starts = rows.Starts;
            var ends = rows.Ends;
            var listeners = rows.Listeners;
            var bounds = slices.Bounds;
            var keys = slices.Keys;
            if (groups.IsWhole && slices.IsWhole && words > 0)
            {
                var set = Set(0);
                foreach (var row in selected)
                    set[listeners[row] >> 6] |= 1UL << listeners[row];
                return;
            }

            var slice = slices.Find(Math.Max(starts[selected[0]], slices.From));
            for (var index = 0; index < selected.Length; index++)
            {
                if (numbers[index] < 0)
                    continue;
                var row = selected[index];
                while (starts[row] >= bounds[slice + 1])
                    slice++;
                for (var at = slice; at < keys.Length && (at == slice || ends[row] > bounds[at]); at++)
                    Add(cells.Of(numbers[index], keys[at]), listeners[row]);
            }
        }

        public IEnumerable<(RowKey Row, ulong[] Set)> Sets()
            => sets.Index().Where(cell => cell.Item is not null).Select(cell => (cells.Row(cell.Index), cell.Item!));

        /// <summary>Adds the pairs under numbers of the rows that hold for all threads.</summary>
        public void Collect(Dictionary<RowKey, int> rows, List<ulong> all)
        {
            var numberOf = new int[cells.Count];
            for (var cell = 0; cell < numberOf.Length; cell++)
            {
                var row = cells.Row(cell);
                if (!rows.TryGetValue(row, out numberOf[cell]))
                    rows.Add(row, numberOf[cell] = rows.Count);
            }

            foreach (var pair in pairs)
                all.Add(((ulong)numberOf[(int)(pair >> 32)] << 32) | (uint)pair);
        }

        private void Add(int cell, int listener)
        {
            if (words > 0)
                Set(cell)[listener >> 6] |= 1UL << listener;
            else
                pairs.Add(((ulong)cell << 32) | (uint)listener);
        }

        private ulong[] Set(int cell)
        {
            while (sets.Count <= cell)
                sets.Add(null);
            return sets[cell] ??= new ulong[words];
        }
    }
}
