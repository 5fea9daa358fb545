namespace StatsGraph.Lake;

/// <summary>What a prune did, or would do.</summary>
/// <param name="Lines">Lines that left the lake.</param>
/// <param name="KeptForVisits">Sessions from before the cut-off that stayed, because their visit goes on at or after it.</param>
/// <param name="FilesDropped">Data files that held nothing else.</param>
/// <param name="FilesRewritten">Data files that were written anew without them.</param>
/// <param name="Bytes">Bytes that the next vacuum sets free, less those that were written.</param>
public sealed record PruneResult(long Lines, long KeptForVisits, int FilesDropped, int FilesRewritten, long Bytes)
{
    /// <summary>There was nothing so old.</summary>
    public static readonly PruneResult Nothing = new(0, 0, 0, 0, 0);
}
