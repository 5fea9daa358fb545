namespace StatsGraph.Reports.Columns;

/// <summary>
/// The visits of a site's sessions under a minimum duration: shorter sessions are dropped, and visits are formed of what is left. Without a
/// minimum it is what the chunks themselves say.
/// </summary>
internal sealed class VisitLens
{
    private readonly IReadOnlyList<SessionChunk> chunks;
    private readonly SessionFlags[][]? flags;
    private readonly int[][]? entryMounts;

    /// <summary>The visits of all sessions.</summary>
    public VisitLens(IReadOnlyList<SessionChunk> chunks) => this.chunks = chunks;

    /// <param name="chunks">The chunks.</param>
    /// <param name="flags">For each chunk the flags of its rows, those of dropped ones <see cref="SessionFlags.Dropped"/> and their kind.</param>
    /// <param name="entryMounts">For each chunk the codes of the entry mounts of its rows; of dropped ones anything.</param>
    public VisitLens(IReadOnlyList<SessionChunk> chunks, SessionFlags[][] flags, int[][] entryMounts)
        : this(chunks) => (this.flags, this.entryMounts) = (flags, entryMounts);

    /// <summary>Flags of the rows of a chunk.</summary>
    public ReadOnlySpan<SessionFlags> Flags(int chunk) => flags is null ? chunks[chunk].Flags : flags[chunk];

    /// <summary>Codes of a column of the rows of a chunk.</summary>
    public ReadOnlySpan<int> Codes(int chunk, TextColumn column) =>
        column == TextColumn.EntryMount && entryMounts is not null ? entryMounts[chunk] : chunks[chunk].Codes(column);
}
