using Apache.Arrow;
using StatsGraph.Ingest.Warnings;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Commits pieces to the lake in order, one at a time, while the next one is being collected.</summary>
internal sealed class PieceCommitter(LakeTable lake, IngestOptions options, CancellationToken cancellation)
{
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
        LineRows[] clusters = [piece.Listeners, piece.Machines, piece.Others];
        clusters = System.Array.FindAll(clusters, rows => rows.Count > 0);
        RecordBatch[] batches = [.. clusters.Select(rows => rows.ToBatch())];
        var result = dryRun?.Compare(batches, cancellation) ?? lake.Append(options.Site, batches, [.. piece.Sources], cancellation);
        for (var index = 0; index < clusters.Length; index++)
        {
            Tally.Count(clusters[index], result.Added[index]);
            Audience.Count(batches[index], result.Added[index]);
            if (clusters[index] == piece.Others)
                Tally.Count(piece.Rejected, result.Added[index]);
        }
    }
}
