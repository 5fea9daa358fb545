using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Warnings;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Commits pieces to the lake in order, one at a time, while the data file of the next one is being written and further ones are collected.
/// </summary>
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
        batch.Add(block[0]);
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
            last = CommitAfterAsync(last, piece, Task.Run(() => Prepare(piece)));
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

    /// <summary>Waits for the commits that are under way. Those that fail are lost.</summary>
    public void Abandon()
    {
        while (flying.Count > 0)
        {
            try
            {
                Land();
            }
            catch (Exception exception) when (exception is OperationCanceledException or LakeException)
            {
                // The run ends with the exception that made it give up.
            }
        }
    }

    private void Land()
    {
        var (committed, piece) = flying.Dequeue();
        committed.GetAwaiter().GetResult();
        piece.Clear();
        freePieces.Push(piece);
    }

    /// <summary>How far a source is tells of all lines before too: where those were not committed, this piece must not be.</summary>
    private async Task CommitAfterAsync(Task before, Piece piece, Task<PreparedPiece> preparing)
    {
        using var prepared = await preparing.ConfigureAwait(false);
        await before.ConfigureAwait(false);
        await Task.Run(() => Commit(piece, prepared), CancellationToken.None).ConfigureAwait(false);
        free.Push(prepared.Batches);
    }

    private void Commit(Piece piece, PreparedPiece prepared)
    {
        var result = dryRun?.Compare(prepared.Filled, cancellation) ?? prepared.Append!.Commit(cancellation);
        for (var (cluster, index) = (0, 0); cluster < LineClusters.Count; cluster++)
        {
            var batch = prepared.Batches[cluster];
            if (batch.Count == 0)
                continue;
            var added = result.Added[index++];
            Tally.Count(batch.Classes, added);
            Audience.Count(batch, added);
            if (cluster == LineClusters.OfRejected)
                Tally.Count(piece.Rejected, added);
        }
    }

    private PreparedPiece Prepare(Piece piece)
    {
        var batches = Gather(piece);
        RecordBatch[] filled = [.. batches.Where(batch => batch.Count > 0).Select(batch => batch.Columns!)];
        if (options.DryRun)
            return new PreparedPiece(batches, filled, Append: null);
        var append = lake.Begin(options.Site, filled, [.. piece.Sources]);
        try
        {
            append.Prepare(cancellation);
            return new PreparedPiece(batches, filled, append);
        }
        catch
        {
            append.Dispose();
            throw;
        }
    }

    /// <summary>Makes the batches of a piece, whose rows are not needed any more then.</summary>
    private LineBatch[] Gather(Piece piece)
    {
        if (!free.TryPop(out var batches))
            batches = [.. Enumerable.Range(0, LineClusters.Count).Select(_ => new LineBatch(places))];
        for (var cluster = 0; cluster < LineClusters.Count; cluster++)
            batches[cluster].Begin(piece.CountOf(cluster));
        foreach (var part in piece.Parts)
            Add(part, batches);
        for (var cluster = 0; cluster < LineClusters.Count; cluster++)
            batches[cluster].End(cluster == LineClusters.OfRejected ? [.. piece.Rejected.Select(line => line.Excerpt)] : []);
        piece.ReleaseRows();
        return batches;
    }

    [MethodImpl(PerLine.Code)]
    private static void Add(BlockPart part, LineBatch[] batches)
    {
        foreach (var batch in batches)
            batch.Use(part.Block.Facts);
        foreach (ref readonly var row in part.Rows)
            batches[LineClusters.Of(row.Class)].Add(row);
    }

    /// <summary>A piece whose data file waits for its commit.</summary>
    /// <param name="Batches">Its rows by cluster.</param>
    /// <param name="Filled">Those that are not empty, as the lake wants them.</param>
    /// <param name="Append">Its way into the lake; null when nothing is written.</param>
    private sealed record PreparedPiece(LineBatch[] Batches, IReadOnlyList<RecordBatch> Filled, LakeAppend? Append) : IDisposable
    {
        public void Dispose() => Append?.Dispose();
    }
}
