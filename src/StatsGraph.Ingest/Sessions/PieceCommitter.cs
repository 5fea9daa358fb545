using Apache.Arrow;
using StatsGraph.Ingest.Warnings;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Commits pieces to the lake in order, one at a time, while the next one is being collected.</summary>
internal sealed class PieceCommitter(LakeTable lake, IngestOptions options, CancellationToken cancellation)
{
    /// <summary>One for each cluster of a piece: the batches of a commit are needed at the same time.</summary>
    private readonly LineBatch[] batches = [new(), new(), new()];

    private readonly DryAppend? dryRun = options.DryRun ? new DryAppend(lake, options.Site) : null;
    private Task pending = Task.CompletedTask;
    private Piece other = new();

    /// <summary>What became of the lines; of use behind <see cref="Finish"/>.</summary>
    public CommitTally Tally { get; } = new();

    /// <summary>What the new lines tell about listeners; of use behind <see cref="Finish"/>.</summary>
    public AudienceSigns Audience { get; } = new(options.Clock.GetUtcNow());

    /// <summary>
    /// Begins to commit a piece, which then belongs to the committer, once the one before is committed. Gives that one back
    /// for the lines to come.
    /// </summary>
    /// <exception cref="LakeException">The piece before could not be committed.</exception>
    public Piece Commit(Piece piece)
    {
        Finish();
        if (piece.Count > 0 || piece.Sources.Count > 0)
            pending = Task.Run(() => Append(piece), CancellationToken.None);
        (var free, other) = (other, piece);
        free.Clear();
        return free;
    }

    /// <summary>Waits until everything is committed.</summary>
    /// <exception cref="LakeException">The last piece could not be committed.</exception>
    public void Finish() => pending.GetAwaiter().GetResult();

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

    /// <summary>Adds the rows of a piece to the batches of their clusters.</summary>
    private void Gather(Piece piece)
    {
        for (var cluster = 0; cluster < LineClusters.Count; cluster++)
            batches[cluster].Begin(piece.CountOf(cluster));
        foreach (var part in piece.Parts)
        {
            for (var index = part.Start; index < part.Start + part.Length; index++)
            {
                ref readonly var row = ref part.Block[index];
                batches[LineClusters.Of(row.Class)].Add(row);
            }
        }
    }
}
