using Apache.Arrow;
using StatsGraph.Lake;

namespace StatsGraph.Reports.Columns;

/// <summary>
/// Reads the sessions of a site out of files of the lake, as Sessions/Sessions.sql does without a minimum duration; of the visits it knows
/// nothing. The next row group is decoded while the last one is taken apart. For one thread at a time.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="texts">The texts of the site: gets those of the sessions, also where the reading fails later.</param>
/// <param name="aliases">Mounts of the log that count as other mounts.</param>
internal sealed class SessionReader(LakeTable lake, SiteTexts texts, IReadOnlyDictionary<string, string> aliases)
{
    private readonly Dictionary<long, int> networkCodes = [];

    /// <summary>The sessions of files: in the order of the files, and in that of their rows.</summary>
    /// <param name="files">Files of the site.</param>
    /// <param name="rowsPerBatch">Rows of each batch but the last, which has at least one and may have less.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Batches, read as they are asked for; each is the caller's.</returns>
    /// <exception cref="LakeException">A file is not what the log says, or cannot be read; the message names it.</exception>
    /// <exception cref="UnfitSessionException">A session has a value that the columns cannot hold.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public IEnumerable<SessionRows> Read(IReadOnlyList<LakeFile> files, int rowsPerBatch, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsPerBatch, 1);
        var left = files.Sum(file => file.Rows);
        SessionRows? rows = null;
        foreach (var part in ReadAhead.Of(token => Parts(files, token), most: 1, cancellation))
        {
            using (part)
            {
                var sessions = new SessionBatch(part.File, part.Batch, texts, aliases, networkCodes);
                for (var hasMore = true; hasMore;)
                {
                    rows ??= new SessionRows(left > 0 ? (int)Math.Min(left, rowsPerBatch) : rowsPerBatch);
                    hasMore = sessions.Fill(rows);
                    if (rows.Count < rows.Capacity)
                        continue;
                    left -= rows.Count;
                    yield return rows;
                    rows = null;
                }
            }
        }
        if (rows is { Count: > 0 })
            yield return rows;
    }

    private IEnumerable<Part> Parts(IReadOnlyList<LakeFile> files, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            foreach (var batch in lake.ReadSessions(file, cancellation))
                yield return new Part(file, batch);
        }
    }

    /// <summary>A batch of a file.</summary>
    private readonly record struct Part(LakeFile File, RecordBatch Batch) : IDisposable
    {
        public void Dispose() => Batch.Dispose();
    }
}
