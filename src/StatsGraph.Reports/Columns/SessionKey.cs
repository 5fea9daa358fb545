namespace StatsGraph.Reports.Columns;

/// <summary>What sessions are ordered by. No two sessions of a site have the same.</summary>
internal readonly record struct SessionKey(uint Start, uint End, int Mount, long LineHash, int Ordinal)
{
    /// <summary>The key of a row on its way in.</summary>
    public static SessionKey Of(SessionRows rows, int row) =>
        new(rows.Starts[row], rows.Ends[row], rows.Codes(TextColumn.Mount)[row], rows.LineHashes[row], rows.Ordinals[row]);

    /// <summary>The key of a row of a chunk.</summary>
    public static SessionKey Of(SessionChunk chunk, int row) =>
        new(chunk.Starts[row], chunk.Ends[row], chunk.Codes(TextColumn.Mount)[row], chunk.LineHashes[row], chunk.Ordinals[row]);
}

/// <summary>The order of all sessions: by start, end, mount (its UTF-8 bytes, null last), line hash and ordinal.</summary>
/// <param name="mounts">The texts of the mounts.</param>
internal sealed class SessionKeyOrder(TextDictionary mounts) : IComparer<SessionKey>
{
    /// <inheritdoc/>
    public int Compare(SessionKey x, SessionKey y)
    {
        if (x.Start != y.Start)
            return x.Start.CompareTo(y.Start);
        if (x.End != y.End)
            return x.End.CompareTo(y.End);
        if (x.Mount != y.Mount)
            return CompareMounts(mounts[x.Mount], mounts[y.Mount]);
        return x.LineHash != y.LineHash ? x.LineHash.CompareTo(y.LineHash) : x.Ordinal.CompareTo(y.Ordinal);
    }

    private static int CompareMounts(string? x, string? y) =>
        x is null ? 1 : y is null ? -1 : SortOrder.CompareTexts(x, y);
}
