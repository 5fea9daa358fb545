namespace StatsGraph.Reports.Columns;

/// <summary>Rows that follow one another, either in a chunk or in the order of the rows that come in.</summary>
/// <param name="Chunk">Which chunk, or <see cref="Incoming"/>.</param>
/// <param name="From">The first of them.</param>
/// <param name="Rows">How many.</param>
internal readonly record struct ChunkSegment(int Chunk, int From, int Rows)
{
    /// <summary>In place of a chunk: rows that come in.</summary>
    public const int Incoming = -1;
}

/// <summary>A chunk of the next version: one that stays as it is, or one to be put together.</summary>
/// <param name="Kept">The chunk that stays, or null.</param>
/// <param name="Segments">What is put together, in order.</param>
/// <param name="IncomingBefore">How many of the rows that come in lie before it.</param>
internal sealed record PlannedChunk(SessionChunk? Kept, IReadOnlyList<ChunkSegment> Segments, int IncomingBefore);

/// <summary>
/// Says of which rows each chunk of the next version consists. Neighbouring chunks that rows fall into are put together and cut anew: at the
/// end of all into full chunks and a rest, which grows with the next rows, elsewhere evenly, so that there is room for more. So every chunk
/// but the last stays at least half full.
/// </summary>
internal sealed class ChunkPlan
{
    private readonly IReadOnlyList<SessionChunk> chunks;
    private readonly SessionRows rows;
    private readonly int[] order;
    private readonly SessionKeyOrder keys;
    private readonly int maxRows;
    private readonly List<PlannedChunk> planned = [];
    private readonly Queue<int> sizes = new();
    private List<ChunkSegment> open = [];
    private int room;
    private int incoming;
    private int incomingBefore;

    private ChunkPlan(IReadOnlyList<SessionChunk> chunks, SessionRows rows, int[] order, SessionKeyOrder keys, int maxRows) =>
        (this.chunks, this.rows, this.order, this.keys, this.maxRows) = (chunks, rows, order, keys, maxRows);

    /// <summary>The chunks of the next version, in order.</summary>
    /// <param name="chunks">Those of this one.</param>
    /// <param name="rows">The rows that come in, at least one.</param>
    /// <param name="order">Their places, in order.</param>
    /// <param name="keys">The order of sessions.</param>
    /// <param name="maxRows">Most rows of a chunk.</param>
    public static IReadOnlyList<PlannedChunk> Make(
        IReadOnlyList<SessionChunk> chunks, SessionRows rows, int[] order, SessionKeyOrder keys, int maxRows)
    {
        var plan = new ChunkPlan(chunks, rows, order, keys, maxRows);
        plan.Make();
        return plan.planned;
    }

    private void Make()
    {
        var ends = IncomingEnds();
        if (ends.Length == 0)
        {
            Cut(order.Length, atEnd: true);
            Take(ChunkSegment.Incoming, 0, order.Length);
        }

        for (var chunk = 0; chunk < ends.Length;)
        {
            if (ends[chunk] == incoming)
            {
                planned.Add(new PlannedChunk(chunks[chunk++], [], incoming));
                continue;
            }

            var end = chunk + 1;
            while (end < ends.Length && ends[end] > ends[end - 1])
                end++;
            if (end == ends.Length - 1 && chunks[end].Rows < maxRows / 2)
                end++;
            var total = ends[end - 1] - incoming;
            for (var old = chunk; old < end; old++)
                total += chunks[old].Rows;
            Cut(total, atEnd: end == ends.Length);
            for (; chunk < end; chunk++)
                Merge(chunk, ends[chunk]);
        }
    }

    // For each chunk, how many rows come before the next one begins. What comes before all chunks falls into the first.
    private int[] IncomingEnds()
    {
        var ends = new int[chunks.Count];
        for (var chunk = 0; chunk < ends.Length; chunk++)
        {
            ends[chunk] = order.Length;
            if (chunk + 1 == ends.Length)
                break;
            var next = SessionKey.Of(chunks[chunk + 1], 0);
            var from = chunk == 0 ? 0 : ends[chunk - 1];
            while (from < ends[chunk])
            {
                var middle = from + ((ends[chunk] - from) / 2);
                if (keys.Compare(SessionKey.Of(rows, order[middle]), next) < 0)
                    from = middle + 1;
                else
                    ends[chunk] = middle;
            }
        }

        return ends;
    }

    private void Cut(int total, bool atEnd)
    {
        var pieces = (total + maxRows - 1) / maxRows;
        for (var piece = 0; piece < pieces; piece++)
            sizes.Enqueue(atEnd ? Math.Min(maxRows, total - (piece * maxRows)) : (total / pieces) + (piece < total % pieces ? 1 : 0));
        room = sizes.Dequeue();
    }

    private void Merge(int chunk, int end)
    {
        var (old, at) = (chunks[chunk], 0);
        while (incoming < end)
        {
            var place = Place(old, at, SessionKey.Of(rows, order[incoming]));
            Take(chunk, at, place - at);
            Take(ChunkSegment.Incoming, incoming, 1);
            at = place;
        }

        Take(chunk, at, old.Rows - at);
    }

    // The first row, from a row on, that is after a key. By leaps that double, since the next one is near where many rows come in.
    private int Place(SessionChunk chunk, int from, SessionKey key)
    {
        var leap = 1;
        while (from + leap <= chunk.Rows && IsBefore(chunk, from + leap - 1, key))
        {
            from += leap;
            leap *= 2;
        }

        var to = Math.Min(from + leap - 1, chunk.Rows);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            if (IsBefore(chunk, middle, key))
                from = middle + 1;
            else
                to = middle;
        }

        return from;
    }

    // Nearly always the starts tell, and the other columns are left alone.
    private bool IsBefore(SessionChunk chunk, int row, SessionKey key)
    {
        var start = chunk.Starts[row];
        return start != key.Start ? start < key.Start : keys.Compare(SessionKey.Of(chunk, row), key) < 0;
    }

    private void Take(int chunk, int from, int count)
    {
        while (count > 0)
        {
            var taken = Math.Min(count, room);
            if (open is [.., var last] && last.Chunk == chunk && last.From + last.Rows == from)
                open[^1] = last with { Rows = last.Rows + taken };
            else
                open.Add(new ChunkSegment(chunk, from, taken));
            if (chunk == ChunkSegment.Incoming)
                incoming += taken;
            (from, count, room) = (from + taken, count - taken, room - taken);
            if (room == 0)
                Close();
        }
    }

    private void Close()
    {
        planned.Add(open is [var only] && only.Chunk != ChunkSegment.Incoming && only.Rows == chunks[only.Chunk].Rows
            ? new PlannedChunk(chunks[only.Chunk], [], incomingBefore)
            : new PlannedChunk(null, open, incomingBefore));
        (open, incomingBefore) = ([], incoming);
        sizes.TryDequeue(out room);
    }
}
