using System.Runtime.InteropServices;
using StatsGraph.Reports.Figures;

namespace StatsGraph.Reports.Scans;

/// <summary>Quantiles of durations, as Figures/Quantile.sql defines them.</summary>
internal static class QuantileScan
{
    /// <summary>The quantile of all rows that a session started in.</summary>
    /// <param name="scan">The sessions.</param>
    /// <param name="cut">The rows.</param>
    /// <param name="page">The only rows that are wanted; null for all.</param>
    /// <param name="p">0 to 1.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Dictionary<RowKey, double> Run(
        ColumnScan scan, RowCut cut, IReadOnlyList<RowKey>? page, double p, CancellationToken cancellation)
    {
        var slices = new TimeSlices(cut.Times);
        if (slices.Count == 0)
            return [];
        var states = scan.Run(
            slices.From,
            slices.To,
            () => new State(new RowGroups(scan.Columns.Texts, cut, page), slices),
            (state, rows, selected) => state.Add(rows, selected),
            cancellation);
        var durations = new Dictionary<RowKey, List<uint>>();
        foreach (var (row, some) in states.SelectMany(state => state.Rows()))
        {
            if (!durations.TryAdd(row, some))
                durations[row].AddRange(some);
        }

        cancellation.ThrowIfCancellationRequested();
        return durations.ToDictionary(pair => pair.Key, pair => Quantile(CollectionsMarshal.AsSpan(pair.Value), p));
    }

    /// <summary>Linear between the closest ranks, at (n-1)p. Changes the order of the values.</summary>
    public static double Quantile(Span<uint> values, double p)
    {
        var rank = (values.Length - 1) * p;
        var (below, above) = ((int)Math.Floor(rank), (int)Math.Ceiling(rank));
        double low = Select(values, below);
        // What is above the rank was not sorted, but it is all there.
        double high = above == below ? low : Smallest(values[above..]);
        // Rounds as DuckDB's quantile_cont does.
        var part = rank - below;
        return (low * (1 - part)) + (high * part);
    }

    private static uint Smallest(ReadOnlySpan<uint> values)
    {
        var smallest = uint.MaxValue;
        foreach (var value in values)
            smallest = Math.Min(smallest, value);
        return smallest;
    }

    /// <summary>The value of a rank; before it are none that are larger, after it none that are smaller. Hoare's quickselect.</summary>
    private static uint Select(Span<uint> values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var (first, middle, last) = (values[low], values[(low + high) >>> 1], values[high]);
            var pivot = Math.Max(Math.Min(first, middle), Math.Min(Math.Max(first, middle), last));
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (values[left] < pivot)
                    left++;
                while (values[right] > pivot)
                    right--;
                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }

            if (rank <= right)
                high = right;
            else if (rank >= left)
                low = left;
            else
                break;
        }

        return values[rank];
    }

    /// <summary>The durations that one thread saw, by cell.</summary>
    private sealed class State(RowGroups groups, TimeSlices slices)
    {
        private readonly Cells cells = new(groups, slices.KeyCount);
        private readonly List<List<uint>?> durationsOf = [];

        public void Add(ChunkRows rows, ReadOnlySpan<int> selected)
        {
            if (groups.IsWhole && slices.IsWhole)
            {
                AddAll(rows, selected);
                return;
            }

            var numbers = groups.Of(rows, selected);
            var starts = rows.Starts;
            var durations = rows.Durations;
            var bounds = slices.Bounds;
            var keys = slices.Keys;
            var slice = slices.Find(Math.Max(starts[selected[0]], slices.From));
            for (var index = 0; index < selected.Length; index++)
            {
                var row = selected[index];
                if (numbers[index] < 0 || starts[row] < slices.From)
                    continue;
                while (starts[row] >= bounds[slice + 1])
                    slice++;
                DurationsOf(cells.Of(numbers[index], keys[slice])).Add(durations[row]);
            }
        }

        /// <summary>Adds rows to the one cell that there is.</summary>
        private void AddAll(ChunkRows rows, ReadOnlySpan<int> selected)
        {
            var starts = rows.Starts;
            var durations = rows.Durations;
            var all = DurationsOf(0);
            var count = all.Count;
            CollectionsMarshal.SetCount(all, count + selected.Length);
            var added = CollectionsMarshal.AsSpan(all);
            foreach (var row in selected)
            {
                if (starts[row] >= slices.From)
                    added[count++] = durations[row];
            }

            CollectionsMarshal.SetCount(all, count);
        }

        public IEnumerable<(RowKey Row, List<uint> Durations)> Rows()
            => durationsOf.Index().Where(cell => cell.Item is { Count: > 0 }).Select(cell => (cells.Row(cell.Index), cell.Item!));

        private List<uint> DurationsOf(int cell)
        {
            while (durationsOf.Count <= cell)
                durationsOf.Add(null);
            return durationsOf[cell] ??= [];
        }
    }
}
