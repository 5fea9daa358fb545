using Apache.Arrow;
using StatsGraph.Lake.DataFiles;

namespace StatsGraph.Lake.Upkeep;

/// <summary>
/// Which rows of a data file are old: those with a stamp before the cut-off that belong to no visit that goes on after it. A row
/// without a stamp is old when its whole file is.
/// </summary>
internal sealed class OldRows(VisitFrontier frontier, long cutoff)
{
    /// <summary>Counts the rows that are old, and the sessions that stay for their visit.</summary>
    /// <param name="path">The data file.</param>
    /// <param name="undatedAreOld">Whether rows without a stamp are.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="LakeException">The file cannot be read.</exception>
    public (long Old, long KeptForVisits) Count(string path, bool undatedAreOld, CancellationToken cancellation)
    {
        var (old, kept) = (0L, 0L);
        using var reader = DataFileReader.Open(path, TableLayout.Lines);
        for (var group = 0; group < reader.RowGroups; group++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var batch in reader.ReadSessions(group))
            {
                using (batch)
                {
                    var rows = new SessionRows(batch);
                    for (var row = 0; row < rows.Count; row++)
                    {
                        var isOld = IsOld(rows, row, undatedAreOld, out var isKept);
                        (old, kept) = (old + (isOld ? 1 : 0), kept + (isKept ? 1 : 0));
                    }
                }
            }
        }

        return (old, kept);
    }

    /// <summary>The rows of a file that are not old, as row groups; each is to be used before the next one is asked for.</summary>
    /// <exception cref="LakeException">The file cannot be read.</exception>
    public IEnumerable<RecordBatch> Others(string path, bool undatedAreOld)
    {
        using var reader = DataFileReader.Open(path, TableLayout.Lines);
        for (var group = 0; group < reader.RowGroups; group++)
        {
            foreach (var batch in reader.Read(group))
            {
                using (batch)
                {
                    var runs = Runs(new SessionRows(batch), undatedAreOld, out var count);
                    if (count == 0)
                        continue;
                    using var others = new RecordBatch(
                        FileMerge.SchemaOf(TableLayout.Lines),
                        Enumerable.Range(0, batch.ColumnCount).Select(column => ColumnMerge.Merge([batch.Column(column)], runs, count)),
                        count);
                    yield return others;
                }
            }
        }
    }

    private List<SourceRun> Runs(SessionRows rows, bool undatedAreOld, out int count)
    {
        var runs = new List<SourceRun>();
        count = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var start = row;
            while (row < rows.Count && !IsOld(rows, row, undatedAreOld, out _))
                row++;
            if (row > start)
                runs.Add(new SourceRun(0, start, row - start));
            count += row - start;
        }

        return runs;
    }

    private bool IsOld(SessionRows rows, int row, bool undatedAreOld, out bool isKeptForVisit)
    {
        isKeptForVisit = false;
        if (rows.End(row) is not { } end)
            return undatedAreOld;
        if (end >= cutoff)
            return false;
        isKeptForVisit = rows.TrySession(row, out var owner, out _, out _) && frontier.Holds(owner, end);
        return !isKeptForVisit;
    }
}
