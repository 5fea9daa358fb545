namespace StatsGraph.Lake;

/// <summary>One version of the lake: the data files that are part of it, and nothing that came later.</summary>
/// <param name="Version">Delta version; -1 while nothing was ever committed.</param>
/// <param name="Files">Live data files in the order they were added.</param>
/// <param name="Transactions">Latest version of each <c>txn</c> action, by application id.</param>
public sealed record LakeSnapshot(
    long Version, IReadOnlyList<LakeFile> Files, IReadOnlyDictionary<string, long> Transactions)
{
    /// <summary>The lake before its first commit.</summary>
    public static readonly LakeSnapshot Empty = new(-1, [], new Dictionary<string, long>());

    /// <summary>Keys of the sites that have lines, in ordinal order.</summary>
    public IEnumerable<string> Sites => Files.Select(file => file.Site).Distinct().Order(StringComparer.Ordinal);
}

/// <summary>A Parquet file of the lake with what the log says of its content.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Site">Key of the site all of its lines belong to.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Rows">Number of lines.</param>
/// <param name="FirstEnd">Earliest <c>ended_at</c>; null when no line has one.</param>
/// <param name="LastEnd">Latest <c>ended_at</c>; null when no line has one.</param>
/// <param name="UndatedRows">Number of lines without <c>ended_at</c>.</param>
public sealed record LakeFile(
    string Path, string Site, long Size, long Rows, DateTimeOffset? FirstEnd, DateTimeOffset? LastEnd, long UndatedRows)
{
    /// <summary>Checksum of its bytes, in hexadecimal digits; null where its writer kept none in the log.</summary>
    public string? Checksum { get; init; }
}
