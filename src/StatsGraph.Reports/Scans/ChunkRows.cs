using StatsGraph.Reports.Columns;

namespace StatsGraph.Reports.Scans;

/// <summary>Some rows of a chunk that follow each other, with the visits of a lens.</summary>
internal readonly ref struct ChunkRows(SiteColumns columns, VisitLens lens, int chunk, Range range, int[] numbers)
{
    private readonly SessionChunk source = columns.Chunks[chunk];

    /// <inheritdoc cref="SessionChunk.Starts"/>
    public ReadOnlySpan<uint> Starts => source.Starts[range];

    /// <inheritdoc cref="SessionChunk.Ends"/>
    public ReadOnlySpan<uint> Ends => source.Ends[range];

    /// <inheritdoc cref="SessionChunk.Durations"/>
    public ReadOnlySpan<uint> Durations => source.Durations[range];

    public ReadOnlySpan<ulong> Bytes => source.Bytes[range];

    /// <inheritdoc cref="SessionChunk.Listeners"/>
    public ReadOnlySpan<int> Listeners => source.Listeners[range];

    /// <inheritdoc cref="VisitLens.Flags"/>
    public ReadOnlySpan<SessionFlags> Flags => lens.Flags(chunk)[range];

    /// <summary>Room for a number for each selected row, which is the visitor's until it has seen the chunk.</summary>
    public Span<int> Numbers => numbers;

    /// <inheritdoc cref="VisitLens.Codes"/>
    public ReadOnlySpan<int> Codes(TextColumn column) => lens.Codes(chunk, column)[range];
}
