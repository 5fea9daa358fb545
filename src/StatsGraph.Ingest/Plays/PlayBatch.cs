using Apache.Arrow;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Plays;

/// <summary>A row that waits for its commit.</summary>
/// <param name="Record">What it tells.</param>
/// <param name="Hash">Keyed hash of what identifies it.</param>
/// <param name="Ordinal">Equal rows before it in its source.</param>
/// <param name="Log">Name of its source.</param>
/// <param name="Line">1-based number of the line it begins in.</param>
/// <param name="Excerpt">Its beginning, where it is rejected.</param>
internal sealed record PlayRow(PlayRecord Record, long Hash, int Ordinal, string Log, long Line, string? Excerpt);

/// <summary>Rows as the table of plays wants them.</summary>
internal static class PlayBatch
{
    /// <summary>A batch of <see cref="PlayColumns.Schema"/>, the rows in their order.</summary>
    public static RecordBatch Of(IReadOnlyList<PlayRow> rows) => new(
        PlayColumns.Schema,
        [
            Texts(rows, row => row.Record.Class.Text()),
            new Int64Array.Builder().AppendRange(rows.Select(row => row.Hash)).Build(),
            new Int32Array.Builder().AppendRange(rows.Select(row => row.Ordinal)).Build(),
            Texts(rows, row => row.Record.Reason),
            Texts(rows, row => row.Excerpt),
            Times(rows),
            Offsets(rows),
            Durations(rows),
            Texts(rows, row => row.Record.Mount),
            Texts(rows, row => row.Record.Artist),
            Texts(rows, row => row.Record.Title),
            Texts(rows, row => row.Record.Album),
            Texts(rows, row => row.Record.Label),
            Texts(rows, row => row.Record.Isrc),
        ],
        rows.Count);

    private static StringArray Texts(IReadOnlyList<PlayRow> rows, Func<PlayRow, string?> text)
    {
        var builder = new StringArray.Builder();
        foreach (var row in rows)
            builder.Append(text(row));
        return builder.Build();
    }

    private static Int64Array Durations(IReadOnlyList<PlayRow> rows)
    {
        var builder = new Int64Array.Builder();
        foreach (var row in rows)
            builder.Append(row.Record.Duration);
        return builder.Build();
    }

    private static Int32Array Offsets(IReadOnlyList<PlayRow> rows)
    {
        var builder = new Int32Array.Builder();
        foreach (var row in rows)
            builder.Append(row.Record.Start?.Offset);
        return builder.Build();
    }

    private static TimestampArray Times(IReadOnlyList<PlayRow> rows)
    {
        var builder = new TimestampArray.Builder(LineColumns.Timestamp);
        foreach (var row in rows)
        {
            if (row.Record.Start is { } start)
                builder.Append(DateTimeOffset.UnixEpoch.AddTicks(start.Microseconds * TimeSpan.TicksPerMicrosecond));
            else
                builder.AppendNull();
        }

        return builder.Build();
    }
}
