namespace StatsGraph.Reports.Columns;

/// <summary>
/// Keeps the columns of a site up to date: takes sessions in any order, puts them in their places and forms the visits. Costs what comes in and
/// the chunks that change. For one thread at a time.
/// </summary>
internal sealed class SiteColumnsWriter
{
    private readonly ListenerNumbers listeners;
    private readonly int maxRows;

    /// <summary>Begins with a site without sessions.</summary>
    /// <param name="texts">The texts that the codes of the rows will stand for.</param>
    /// <param name="maxRows">Most rows of a chunk.</param>
    public SiteColumnsWriter(SiteTexts texts, int maxRows = SessionChunk.MaxRows)
        : this(new SiteColumns(texts, [], 0), [], maxRows)
    {
    }

    private SiteColumnsWriter(SiteColumns columns, ReadOnlySpan<long> listeners, int maxRows) =>
        (Columns, this.listeners, this.maxRows) = (columns, new ListenerNumbers(listeners), maxRows);

    /// <summary>The newest version.</summary>
    public SiteColumns Columns { get; private set; }

    /// <summary>The hashes of the listeners, in order of number. Holds until rows are added.</summary>
    public ReadOnlySpan<long> Listeners => listeners.Hashes;

    /// <summary>Goes on where another writer was.</summary>
    /// <param name="columns">Its newest version.</param>
    /// <param name="listeners">Its listeners, in order of number.</param>
    /// <param name="maxRows">Most rows of a chunk that is written from now on.</param>
    public static SiteColumnsWriter Restore(
        SiteColumns columns, ReadOnlySpan<long> listeners, int maxRows = SessionChunk.MaxRows) => new(columns, listeners, maxRows);

    /// <summary>
    /// Adds sessions and returns the version with them, which is the newest from now on. Earlier versions stay as they are. Where it fails or
    /// is cancelled, the newest version stays what it was; listeners may have got their numbers.
    /// </summary>
    /// <param name="rows">Sessions that are in no version yet.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SiteColumns Add(SessionRows rows, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (rows.Count == 0)
            return Columns;

        var before = Columns;
        var keys = new SessionKeyOrder(before.Texts[TextColumn.Mount]);
        int[] numbers = [], order = [];
        Parallel.Invoke(() => numbers = Number(rows), () => order = RowOrder.Sort(rows, keys));
        var plan = ChunkPlan.Make(before.Chunks, rows, order, keys, maxRows);
        cancellation.ThrowIfCancellationRequested();

        var drafts = Merge(plan, new ChunkMerge(before.Chunks, rows, order, numbers), cancellation);
        var chunks = Chain(plan, drafts, new VisitChains(rows, order, numbers, listeners.Count), cancellation);
        // Whoever reads a chunk keeps it alive.
        GC.KeepAlive(before);
        return Columns = new SiteColumns(before.Texts, chunks, listeners.Count);
    }

    /// <summary>Takes chunks of the very same rows in place of those of the newest version, such as chunks in files for chunks in memory.</summary>
    public void Adopt(IReadOnlyList<SessionChunk> chunks) => Columns = Columns with { Chunks = chunks };

    private int[] Number(SessionRows rows)
    {
        var numbers = new int[rows.Count];
        for (var row = 0; row < numbers.Length; row++)
            numbers[row] = listeners.Number(rows.Listeners[row]);
        return numbers;
    }

    private static ChunkDraft?[] Merge(IReadOnlyList<PlannedChunk> plan, ChunkMerge merge, CancellationToken cancellation)
    {
        var drafts = new ChunkDraft?[plan.Count];
        Parallel.For(0, plan.Count, new ParallelOptions { CancellationToken = cancellation }, chunk =>
        {
            if (plan[chunk].Kept is null)
                drafts[chunk] = merge.Fill(plan[chunk].Segments);
        });
        return drafts;
    }

    private static SessionChunk[] Chain(
        IReadOnlyList<PlannedChunk> plan, ChunkDraft?[] drafts, VisitChains chains, CancellationToken cancellation)
    {
        var chunks = new SessionChunk[plan.Count];
        for (var chunk = 0; chunk < chunks.Length; chunk++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (drafts[chunk] is { } draft)
                chains.Pass(draft);
            if (plan[chunk].Kept is { } kept)
                chunks[chunk] = chains.Pass(kept, plan[chunk].IncomingBefore);
        }

        Parallel.For(0, plan.Count, chunk => chunks[chunk] ??= drafts[chunk]!.Finish());
        return chunks;
    }
}
