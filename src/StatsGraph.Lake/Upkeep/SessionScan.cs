using ParquetSharp;
using StatsGraph.Lake.DataFiles;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.Upkeep;

/// <summary>Which sessions are looked for: half-open ranges of microseconds since 1970.</summary>
internal readonly record struct SessionRange(long StartFrom, long StartUntil, long EndFrom, long EndUntil)
{
    /// <summary>Whether a session is in it.</summary>
    public bool Holds(long start, long end) => start >= StartFrom && start < StartUntil && end >= EndFrom && end < EndUntil;
}

/// <summary>Finds the sessions of a data file that start and end in given ranges. Reads only row groups that can hold some.</summary>
internal static class SessionScan
{
    /// <summary>Hands every such session to a visitor.</summary>
    /// <exception cref="LakeException">The file cannot be read, or is not what the log says.</exception>
    public static void Read(
        LakeFile file, SessionRange range, Action<SessionOwner, long, long> visit, IntactFiles intact, CancellationToken cancellation)
    {
        var groups = Groups(file.Path, range);
        if (groups.Count == 0)
            return;

        intact.Check(file, cancellation);
        using var reader = DataFileReader.Open(file.Path, TableLayout.Lines);
        foreach (var group in groups)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var batch in reader.ReadSessions(group))
            {
                using (batch)
                    Visit(new SessionRows(batch), range, visit);
            }
        }
    }

    /// <summary>Whether a file can hold such a session, by what it says of itself.</summary>
    /// <exception cref="LakeException">The file cannot be read.</exception>
    public static bool CanHold(string path, SessionRange range) => Groups(path, range).Count > 0;

    private static void Visit(SessionRows rows, SessionRange range, Action<SessionOwner, long, long> visit)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows.TrySession(row, out var owner, out var start, out var end) && range.Holds(start, end))
                visit(owner, start, end);
        }
    }

    private static List<int> Groups(string path, SessionRange range) => Fault.Naming(path, "the data file could not be read", () =>
    {
        using var file = new ParquetFileReader(path);
        return Enumerable.Range(0, file.FileMetaData.NumRowGroups).Where(index =>
        {
            using var group = file.RowGroup(index);
            return Overlaps(group.MetaData, LineColumns.StartedAt, range.StartFrom, range.StartUntil)
                && Overlaps(group.MetaData, LineColumns.EndedAt, range.EndFrom, range.EndUntil);
        }).ToList();
    });

    /// <summary>What has no statistics may hold anything; a column of nulls holds no session.</summary>
    private static bool Overlaps(RowGroupMetaData group, string column, long from, long until)
    {
        using var chunk = group.GetColumnChunkMetaData(group.Schema.ColumnIndex(column));
        using var statistics = chunk.Statistics as Statistics<long>;
        return statistics is null ? true
            : statistics.HasMinMax ? statistics.Min < until && statistics.Max >= from
            : statistics.NullCount < group.NumRows;
    }
}
