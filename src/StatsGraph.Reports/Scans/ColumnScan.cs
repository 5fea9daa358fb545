using System.Collections.Concurrent;
using StatsGraph.Reports.Columns;

namespace StatsGraph.Reports.Scans;

/// <summary>Takes the rows of a chunk that are to be counted.</summary>
/// <typeparam name="TState">What one thread gathers.</typeparam>
/// <param name="state">The thread's state.</param>
/// <param name="rows">The chunk.</param>
/// <param name="selected">Numbers of the rows that pass and touch the time, ascending.</param>
internal delegate void RowVisitor<in TState>(TState state, ChunkRows rows, ReadOnlySpan<int> selected);

/// <summary>
/// Goes through the sessions that pass a filter and touch a time: those that started in it, or before it and ended after its beginning.
/// </summary>
/// <param name="columns">The sessions.</param>
/// <param name="lens">Their visits.</param>
/// <param name="filter">Which of them count.</param>
internal sealed class ColumnScan(SiteColumns columns, VisitLens lens, SessionFilter filter)
{
    private long rowsRead;

    /// <summary>The sessions.</summary>
    public SiteColumns Columns => columns;

    /// <summary>An object that stays the same for as long as a chunk and its visits do.</summary>
    public object Identity(int chunk) => lens.Identity(chunk);

    /// <summary>Rows that were looked at so far.</summary>
    public long RowsRead => Interlocked.Read(ref rowsRead);

    /// <summary>Visits all such rows on all cores, chunk by chunk in any order.</summary>
    /// <param name="from">First second.</param>
    /// <param name="to">Second after the last.</param>
    /// <param name="begin">Makes the state of a thread.</param>
    /// <param name="visit">Takes the rows of a chunk.</param>
    /// <param name="cancellation">Stops it after the chunk at hand.</param>
    /// <param name="leaveOut">Chunks, by their numbers, that are not visited.</param>
    /// <returns>The states.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public List<TState> Run<TState>(
        uint from, uint to, Func<TState> begin, RowVisitor<TState> visit, CancellationToken cancellation, Predicate<int>? leaveOut = null)
    {
        var chunks = Touching(from, to);
        if (leaveOut is not null)
            chunks.RemoveAll(leaveOut);
        var states = new List<TState>();
        cancellation.ThrowIfCancellationRequested();
        Parallel.For(
            0,
            chunks.Count,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (State: begin(), Buffers: RowBuffers.Rent()),
            (index, _, local) =>
            {
                Visit(chunks[index], from, to, local.State, local.Buffers, visit);
                return local;
            },
            local =>
            {
                local.Buffers.Return();
                lock (states)
                    states.Add(local.State);
            });
        return states;
    }

    /// <summary>Visits all such rows on this thread, in order.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void RunInOrder<TState>(uint from, uint to, TState state, RowVisitor<TState> visit, CancellationToken cancellation)
    {
        var buffers = RowBuffers.Rent();
        foreach (var chunk in Touching(from, to))
        {
            cancellation.ThrowIfCancellationRequested();
            Visit(chunk, from, to, state, buffers, visit);
        }

        buffers.Return();
    }

    /// <summary>Numbers of the chunks that can have sessions in a time.</summary>
    public List<int> Touching(uint from, uint to)
    {
        var touching = new List<int>();
        for (var index = 0; index < columns.Chunks.Count; index++)
        {
            var chunk = columns.Chunks[index];
            if (chunk.FirstStart >= to)
                break;
            if (chunk.LastStart >= from || chunk.LastEnd > from)
                touching.Add(index);
        }

        return touching;
    }

    private void Visit<TState>(int chunk, uint from, uint to, TState state, RowBuffers buffers, RowVisitor<TState> visit)
    {
        var source = columns.Chunks[chunk];
        var (inside, end) = (CountBefore(source.Starts, from), CountBefore(source.Starts, to));
        // Of what started before the time, most has ended before it.
        var first = source.Ends[..inside].IndexOfAnyInRange(from + 1, uint.MaxValue);
        if (first < 0)
            first = inside;
        Interlocked.Add(ref rowsRead, end - first);

        var rows = new ChunkRows(columns, lens, chunk, first..end, buffers.Numbers);
        var marks = buffers.Marks.AsSpan(0, end - first);
        filter.Mark(rows, marks, buffers.Scratch);
        var ends = rows.Ends;
        for (var row = 0; row < inside - first; row++)
            marks[row] &= ends[row] > from ? (byte)1 : (byte)0;

        var selected = buffers.Selected;
        var count = 0;
        for (var row = 0; row < marks.Length; row++)
        {
            selected[count] = row;
            count += marks[row];
        }

        if (count > 0)
            visit(state, rows, selected.AsSpan(0, count));
        // Spans of the columns were read: their memory must not go before this.
        GC.KeepAlive(columns);
    }

    /// <summary>Number of ascending values below a limit.</summary>
    private static int CountBefore(ReadOnlySpan<uint> values, uint limit)
    {
        var (low, high) = (0, values.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (values[middle] < limit)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private sealed class RowBuffers
    {
        private static readonly ConcurrentBag<RowBuffers> Idle = [];

        public byte[] Marks { get; } = new byte[SessionChunk.MaxRows];

        public int[] Selected { get; } = new int[SessionChunk.MaxRows + 1];

        public int[] Numbers { get; } = new int[SessionChunk.MaxRows];

        public MarkScratch Scratch { get; } = new();

        public static RowBuffers Rent() => Idle.TryTake(out var buffers) ? buffers : new RowBuffers();

        public void Return() => Idle.Add(this);
    }
}
