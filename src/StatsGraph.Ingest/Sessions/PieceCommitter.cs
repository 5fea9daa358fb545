using Apache.Arrow;
using StatsGraph.Ingest.Warnings;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Commits pieces to the lake in order, one at a time, while further ones are being collected.</summary>
internal sealed class PieceCommitter(LakeTable lake, IngestOptions options, CancellationToken cancellation)
{
    /// <summary>Pieces that are committed or wait for it at most: one that waits keeps a core busy that would wait itself.</summary>
    private const int MostFlying = 2;

    /// <summary>One for each cluster of a piece: the batches of a commit are needed at the same time.</summary>
    private readonly LineBatch[] batches = [new(), new(), new()];

    private readonly DryAppend? dryRun = options.DryRun ? new DryAppend(lake, options.Site) : null;
    private readonly Queue<(Task Committed, Piece Piece)> flying = new();
    private readonly Stack<Piece> free = new();
    private Task last = Task.CompletedTask;

    /// <summary>What became of the lines; of use behind <see cref="Finish"/>.</summary>
    public CommitTally Tally { get; } = new();

    /// <summary>What the new lines tell about listeners; of use behind <see cref="Finish"/>.</summary>
    public AudienceSigns Audience { get; } = new(options.Clock.GetUtcNow());

    /// <summary>
    /// Begins to commit a piece, which then belongs to the committer, once those before are committed. Gives another one for the lines to come.
    /// </summary>
    /// <exception cref="LakeException">A piece before could not be committed; neither is any after it.</exception>
    public Piece Commit(Piece piece)
    {
        if (flying.Count == MostFlying)
            Land();
        if (piece.Count > 0 || piece.Sources.Count > 0)
            last = AppendAfterAsync(last, piece);
        flying.Enqueue((last, piece));
        return free.TryPop(out var next) ? next : new Piece();
    }

    /// <summary>Waits until everything is committed.</summary>
    /// <exception cref="LakeException">A piece could not be committed; neither is any after it.</exception>
    public void Finish()
    {
        while (flying.Count > 0)
            Land();
        last.GetAwaiter().GetResult();
    }

    private void Land()
    {
        var (committed, piece) = flying.Dequeue();
        committed.GetAwaiter().GetResult();
        piece.Clear();
        free.Push(piece);
    }

    /// <summary>How far a source is tells of all lines before too: where those were not committed, this piece must not be.</summary>
    private async Task AppendAfterAsync(Task before, Piece piece)
    {
        await before.ConfigureAwait(false);
        await Task.Run(() => Append(piece), CancellationToken.None).ConfigureAwait(false);
    }

    private void Append(Piece piece)
    {
        Gather(piece);
        var excerpts = piece.Rejected.Select(line => line.Excerpt).ToList();
        int[] filled = [.. Enumerable.Range(0, LineClusters.Count).Where(cluster => piece.CountOf(cluster) > 0)];
        RecordBatch[] made = [.. filled.Select(cluster => batches[cluster].ToBatch(cluster == LineClusters.OfRejected ? excerpts : []))];
        var result = dryRun?.Compare(made, cancellation) ?? lake.Append(options.Site, made, [.. piece.Sources], cancellation);
        for (var index = 0; index < filled.Length; index++)
        {
            Tally.Count(batches[filled[index]].Classes, result.Added[index]);
            Audience.Count(batches[filled[index]], result.Added[index]);
            if (filled[index] == LineClusters.OfRejected)
                Tally.Count(piece.Rejected, result.Added[index]);
        }
    }

    /// <summary>Adds the rows of a piece to the batches of their clusters, one cluster after the other: a fact has one number at a time.</summary>
    private void Gather(Piece piece)
    {
        for (var cluster = 0; cluster < LineClusters.Count; cluster++)
        {
            var batch = batches[cluster];
            batch.Begin(piece.CountOf(cluster));
            foreach (var part in piece.Parts)
                Gather(part, cluster, batch);
        }
    }

    private static void Gather(BlockPart part, int cluster, LineBatch batch)
    {
        for (var index = part.Start; index < part.Start + part.Length; index++)
        {
            ref readonly var row = ref part.Block[index];
            if (LineClusters.Of(row.Class) == cluster)
                batch.Add(row);
        }
    }
}
