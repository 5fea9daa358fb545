namespace StatsGraph.Reports.Columns;

/// <summary>
/// The visits of a site's sessions under a minimum duration: shorter sessions are dropped, and visits are formed of what is left. Without a
/// minimum it is what the chunks themselves say.
/// </summary>
internal sealed class VisitLens
{
    private readonly IReadOnlyList<SessionChunk> chunks;
    private readonly SessionFlags[][]? flags;
    private readonly int[]?[]? entryMounts;

    /// <summary>The visits of all sessions.</summary>
    public VisitLens(IReadOnlyList<SessionChunk> chunks) => this.chunks = chunks;

    /// <param name="chunks">The chunks.</param>
    /// <param name="flags">For each chunk the flags of its rows, those of dropped ones <see cref="SessionFlags.Dropped"/> and their kind.</param>
    /// <param name="entryMounts">For each chunk the codes of the entry mounts of its rows, of dropped ones anything; null where the chunk itself has them.</param>
    private VisitLens(IReadOnlyList<SessionChunk> chunks, SessionFlags[][] flags, int[]?[] entryMounts)
        : this(chunks) => (this.flags, this.entryMounts) = (flags, entryMounts);

    /// <summary>Forms the visits of the sessions that are not shorter than a minimum duration.</summary>
    /// <param name="columns">The sessions.</param>
    /// <param name="minDuration">Seconds; 0 drops none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static VisitLens Form(SiteColumns columns, long minDuration, CancellationToken cancellation)
    {
        var chunks = columns.Chunks;
        if (minDuration <= 0)
            return new VisitLens(chunks);
        var (flags, entryMounts) = (new SessionFlags[chunks.Count][], new int[]?[chunks.Count]);
        // By kind and listener. Listeners are mostly of one kind, so most sites have no room for the others.
        VisitState[][] states = [[], [], [], []];
        var mounts = new int[chunks.Count == 0 ? 0 : chunks.Max(chunk => chunk.Rows)];
        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            cancellation.ThrowIfCancellationRequested();
            flags[chunk] = GC.AllocateUninitializedArray<SessionFlags>(chunks[chunk].Rows);
            var formed = mounts.AsSpan(0, chunks[chunk].Rows);
            Form(chunks[chunk], minDuration, states, columns.Listeners, flags[chunk], formed);
            // Few visits begin on another mount because shorter sessions are dropped.
            entryMounts[chunk] = formed.SequenceEqual(chunks[chunk].Codes(TextColumn.EntryMount)) ? null : formed.ToArray();
        }

        GC.KeepAlive(columns);
        return new VisitLens(chunks, flags, entryMounts);
    }

    /// <summary>
    /// The same lens, with the memory of an earlier one for the chunks that it says the same of: so that what was made of these chunks can be
    /// told to hold, by <see cref="Identity"/>.
    /// </summary>
    /// <param name="earlier">A lens of the same minimum duration over an earlier version of the columns.</param>
    public VisitLens Sharing(VisitLens earlier)
    {
        if (flags is null || entryMounts is null || earlier.flags is null || earlier.entryMounts is null)
            return this;
        var places = new Dictionary<SessionChunk, int>();
        foreach (var (place, chunk) in earlier.chunks.Index())
            places.Add(chunk, place);
        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            if (places.TryGetValue(chunks[chunk], out var place)
                && flags[chunk].AsSpan().SequenceEqual(earlier.flags[place])
                && entryMounts[chunk] is null == earlier.entryMounts[place] is null
                && entryMounts[chunk].AsSpan().SequenceEqual(earlier.entryMounts[place]))
            {
                (flags[chunk], entryMounts[chunk]) = (earlier.flags[place], earlier.entryMounts[place]);
            }
        }

        return this;
    }

    /// <summary>An object that two lenses have in common for a chunk of which they say the same.</summary>
    public object Identity(int chunk) => flags is null ? chunks[chunk] : flags[chunk];

    /// <summary>Flags of the rows of a chunk.</summary>
    public ReadOnlySpan<SessionFlags> Flags(int chunk) => flags is null ? chunks[chunk].Flags : flags[chunk];

    /// <summary>Codes of a column of the rows of a chunk.</summary>
    public ReadOnlySpan<int> Codes(int chunk, TextColumn column) =>
        column == TextColumn.EntryMount && entryMounts?[chunk] is { } own ? own : chunks[chunk].Codes(column);

    private static void Form(
        SessionChunk chunk, long minDuration, VisitState[][] states, int listeners, Span<SessionFlags> flags, Span<int> entryMounts)
    {
        ReadOnlySpan<uint> starts = chunk.Starts, ends = chunk.Ends, durations = chunk.Durations;
        ReadOnlySpan<int> numbers = chunk.Listeners, mounts = chunk.Codes(TextColumn.Mount), before = chunk.Codes(TextColumn.EntryMount);
        var known = chunk.Flags;
        for (var row = 0; row < flags.Length; row++)
        {
            var kind = known[row] & SessionFlags.Kinds;
            if (durations[row] < minDuration)
            {
                flags[row] = kind | SessionFlags.Dropped;
                entryMounts[row] = before[row];
                continue;
            }

            ref var ofKind = ref states[(int)kind];
            if (ofKind.Length == 0)
                ofKind = new VisitState[listeners];
            ref var state = ref ofKind[numbers[row]];
            flags[row] = kind | (state.Take(starts[row], ends[row], mounts[row]) ? SessionFlags.First : SessionFlags.None);
            entryMounts[row] = state.EntryMount;
        }
    }
}
