using System.Collections.Concurrent;
using Apache.Arrow;
using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Warnings;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Commits pieces to the lake in order, one at a time, while further ones are being collected.</summary>
internal sealed class PieceCommitter(LakeTable lake, IngestOptions options, FactList<Place> places, CancellationToken cancellation)
{
    /// <summary>Pieces that are committed or wait for it at most: one that waits keeps a core busy that would wait itself.</summary>
    private const int MostFlying = 2;

    /// <summary>Batches that no piece has, one for each cluster.</summary>
    private readonly ConcurrentStack<LineBatch[]> free = new();

    private readonly DryAppend? dryRun = options.DryRun ? new DryAppend(lake, options.Site) : null;
    private readonly Queue<(Task Committed, Piece Piece)> flying = new();
    private readonly Stack<Piece> freePieces = new();
    private Task last = Task.CompletedTask;

    /// <summary>What became of the lines; of use behind <see cref="Finish"/>.</summary>
    public CommitTally Tally { get; } = new();

    /// <summary>What the new lines tell about listeners; of use behind <see cref="Finish"/>.</summary>
    public AudienceSigns Audience { get; } = new(options.Clock.GetUtcNow());

    /// <summary>Makes a batch of one line and writes it to nowhere: the first piece need not wait for what is loaded and compiled only once.</summary>
    public static void Rehearse()
    {
        var block = new ParsedBlock(capacity: 1);
        BlockParser.Unread(ref block.Add(), LineClass.Blank, endedAt: null);
        var batch = new LineBatch(new FactList<Place>());
        batch.Begin(1);
        batch.Add(new BlockPart(block, 0, 1), LineClusters.Of(LineClass.Blank));
        batch.End([]);
        LakeTable.Rehearse([batch.Columns!]);
    }

    /// <summary>
    /// Begins to commit a piece, which then belongs to the committer, once those before are committed. Gives another one for the lines to come.
    /// </summary>
    /// <exception cref="LakeException">A piece before could not be committed; neither is any after it.</exception>
    public Piece Commit(Piece piece)
    {
        if (flying.Count == MostFlying)
            Land();
        if (piece.Count > 0 || piece.Sources.Count > 0)
            last = AppendAfterAsync(last, piece, OnThreadOfItsOwn(() => Gather(piece)));
        flying.Enqueue((last, piece));
        return freePieces.TryPop(out var next) ? next : new Piece();
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
        freePieces.Push(piece);
    }

    /// <summary>How far a source is tells of all lines before too: where those were not committed, this piece must not be.</summary>
    private async Task AppendAfterAsync(Task before, Piece piece, Task<LineBatch[]> gathering)
    {
        await before.ConfigureAwait(false);
        var batches = await gathering.ConfigureAwait(false);
        free.Push(await OnThreadOfItsOwn(() => Append(piece, batches)).ConfigureAwait(false));
    }

    /// <summary>A commit waits for the disk now and then; the pool's threads, as many as there are cores, have lines to parse meanwhile.</summary>
    private static Task<T> OnThreadOfItsOwn<T>(Func<T> work)
        => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default);

    private LineBatch[] Append(Piece piece, LineBatch[] batches)
    {
        int[] filled = [.. Enumerable.Range(0, LineClusters.Count).Where(cluster => batches[cluster].Count > 0)];
        RecordBatch[] made = [.. filled.Select(cluster => batches[cluster].Columns!)];
        var result = dryRun?.Compare(made, cancellation) ?? lake.Append(options.Site, made, [.. piece.Sources], cancellation);
        for (var index = 0; index < filled.Length; index++)
        {
            Tally.Count(batches[filled[index]].Classes, result.Added[index]);
            Audience.Count(batches[filled[index]], result.Added[index]);
            if (filled[index] == LineClusters.OfRejected)
                Tally.Count(piece.Rejected, result.Added[index]);
        }

        return batches;
    }

    /// <summary>Makes the batches of a piece, whose rows are not needed any more then.</summary>
    private LineBatch[] Gather(Piece piece)
    {
        if (!free.TryPop(out var batches))
            batches = [.. Enumerable.Range(0, LineClusters.Count).Select(_ => new LineBatch(places))];
        for (var cluster = 0; cluster < LineClusters.Count; cluster++)
        {
            batches[cluster].Begin(piece.CountOf(cluster));
            foreach (var part in piece.Parts)
                batches[cluster].Add(part, cluster);
            batches[cluster].End(cluster == LineClusters.OfRejected ? [.. piece.Rejected.Select(line => line.Excerpt)] : []);
        }

        piece.ReleaseRows();
        return batches;
    }
}
