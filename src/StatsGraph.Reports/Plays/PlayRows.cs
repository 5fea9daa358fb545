using Apache.Arrow;
using StatsGraph.Lake;

namespace StatsGraph.Reports.Plays;

/// <summary>A row of the table of plays, not rejected.</summary>
/// <param name="IsBreak">Nothing is known of what was played.</param>
/// <param name="Hash">Its identity, which breaks ties.</param>
/// <param name="StartedAt">Milliseconds: since 1970 where the offset is known, else of the clock on the wall as though it were UTC.</param>
/// <param name="IsLocal">Whether no offset is known.</param>
/// <param name="Duration">Milliseconds; null where none is told.</param>
/// <param name="Mount">Mount as it was told; null for every one.</param>
/// <param name="Track">What was played.</param>
internal sealed record PlayRow(bool IsBreak, long Hash, long StartedAt, bool IsLocal, long? Duration, string? Mount, Track Track);

/// <summary>Reads the rows of a site.</summary>
internal static class PlayRows
{
    private static readonly string Break = PlayClass.Break.Text();
    private static readonly string Rejected = PlayClass.Rejected.Text();

    /// <summary>All rows of some files that are not rejected, in no order.</summary>
    /// <param name="table">The table of plays.</param>
    /// <param name="files">Files of one site.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="LakeException">A file cannot be read.</exception>
    public static List<PlayRow> Read(LakeTable table, IEnumerable<LakeFile> files, CancellationToken cancellation)
    {
        var rows = new List<PlayRow>();
        foreach (var batch in files.SelectMany(file => table.ReadRows(file, cancellation)))
        {
            using (batch)
                Add(batch, rows);
        }

        return rows;
    }

    private static void Add(RecordBatch batch, List<PlayRow> rows)
    {
        var classes = Texts(batch, PlayColumns.Class);
        var hashes = (Int64Array)batch.Column(PlayColumns.LineHash);
        var starts = (TimestampArray)batch.Column(PlayColumns.StartedAt);
        var offsets = batch.Column(PlayColumns.UtcOffset);
        var durations = (Int64Array)batch.Column(PlayColumns.Duration);
        var (mounts, artists, titles) = (Texts(batch, PlayColumns.Mount), Texts(batch, PlayColumns.Artist), Texts(batch, PlayColumns.Title));
        var (albums, labels, isrcs) = (Texts(batch, PlayColumns.Album), Texts(batch, PlayColumns.Label), Texts(batch, PlayColumns.Isrc));
        for (var row = 0; row < batch.Length; row++)
        {
            if (classes(row) == Rejected || starts.IsNull(row))
                continue;
            rows.Add(new PlayRow(
                classes(row) == Break,
                hashes.Values[row],
                FloorMilliseconds(starts.Values[row]),
                offsets.IsNull(row),
                durations.IsNull(row) ? null : durations.Values[row],
                mounts(row),
                new Track(artists(row), titles(row), albums(row), labels(row), isrcs(row))));
        }
    }

    private static long FloorMilliseconds(long microseconds) => (long)Math.Floor(microseconds / 1_000m);

    /// <summary>The texts of a column, which is a dictionary; equal ones are one object.</summary>
    private static Func<int, string?> Texts(RecordBatch batch, string name)
    {
        var column = (DictionaryArray)batch.Column(name);
        var dictionary = (StringArray)column.Dictionary;
        var texts = Enumerable.Range(0, dictionary.Length).Select(index => dictionary.GetString(index)).ToArray();
        var indices = (Int32Array)column.Indices;
        return row => column.IsNull(row) || indices.IsNull(row) ? null : texts[indices.Values[row]];
    }
}
