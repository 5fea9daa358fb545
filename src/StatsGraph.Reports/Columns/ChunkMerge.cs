namespace StatsGraph.Reports.Columns;

/// <summary>Puts the columns of planned chunks together. Safe for any number of threads.</summary>
/// <param name="chunks">The chunks that old rows are in.</param>
/// <param name="rows">The rows that come in.</param>
/// <param name="order">Their places, in order.</param>
/// <param name="listeners">The numbers of their listeners.</param>
internal sealed class ChunkMerge(IReadOnlyList<SessionChunk> chunks, SessionRows rows, int[] order, int[] listeners)
{
    /// <summary>In place of an entry mount: the row came in, and its visit is not known yet.</summary>
    public const int NoVisit = -1;

    /// <summary>
    /// The chunk of some segments. Old rows have the visits that they had, those that came in have <see cref="NoVisit"/>.
    /// </summary>
    public ChunkDraft Fill(IReadOnlyList<ChunkSegment> segments)
    {
        var draft = ChunkDraft.Allocate(segments.Sum(segment => segment.Rows));
        Fill(draft.Starts, segments, static chunk => chunk.Starts, rows.Starts);
        Fill(draft.Ends, segments, static chunk => chunk.Ends, rows.Ends);
        Fill(draft.Flags, segments, static chunk => chunk.Flags, rows.Kinds);
        Fill(draft.Durations, segments, static chunk => chunk.Durations, rows.Durations);
        Fill(draft.Bytes, segments, static chunk => chunk.Bytes, rows.Bytes);
        Fill(draft.Listeners, segments, static chunk => chunk.Listeners, listeners);
        Fill(draft.LineHashes, segments, static chunk => chunk.LineHashes, rows.LineHashes);
        Fill(draft.Ordinals, segments, static chunk => chunk.Ordinals, rows.Ordinals);
        foreach (var column in SiteTexts.Columns)
            Fill(draft.Codes(column), segments, chunk => chunk.Codes(column), rows.Codes(column));
        draft.Codes(TextColumn.EntryMount).Fill(NoVisit);
        Fill(draft.Codes(TextColumn.EntryMount), segments, static chunk => chunk.Codes(TextColumn.EntryMount), null);
        return draft;
    }

    private void Fill<T>(
        Span<T> target, IReadOnlyList<ChunkSegment> segments, Func<SessionChunk, ReadOnlySpan<T>> old, T[]? incoming)
    {
        foreach (var segment in segments)
        {
            var part = target[..segment.Rows];
            target = target[segment.Rows..];
            if (segment.Chunk != ChunkSegment.Incoming)
                old(chunks[segment.Chunk]).Slice(segment.From, segment.Rows).CopyTo(part);
            else if (incoming is not null)
                Pick(part, order.AsSpan(segment.From, segment.Rows), incoming);
        }
    }

    private static void Pick<T>(Span<T> target, ReadOnlySpan<int> places, T[] values)
    {
        for (var row = 0; row < target.Length; row++)
            target[row] = values[places[row]];
    }
}
