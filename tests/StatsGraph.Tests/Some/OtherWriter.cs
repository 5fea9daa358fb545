using StatsGraph.Lake;
using StatsGraph.Tests.Lake;

namespace StatsGraph.Tests.Some;

/// <summary>Data files as DuckDB writes them, with whatever columns a test wants.</summary>
internal static class OtherWriter
{
    /// <summary>The columns of a session and what they hold unless a test says otherwise, in SQL; <c>i</c> is the number of the row.</summary>
    private static readonly IReadOnlyDictionary<string, string> Columns = new Dictionary<string, string>
    {
        [LineColumns.Class] = "'listener'",
        [LineColumns.LineHash] = "(100 + i)::bigint",
        [LineColumns.Ordinal] = "0::integer",
        [LineColumns.StartedAt] = "make_timestamptz(1764000000000000 + i * 1000000)",
        [LineColumns.EndedAt] = "make_timestamptz(1764000060000000 + i * 1000000)",
        [LineColumns.Duration] = "60::bigint",
        [LineColumns.Bytes] = "(1000 * i)::decimal(20, 0)",
        [LineColumns.Mount] = "'/live'",
        [LineColumns.Listener] = "(7 * i)::bigint",
        [LineColumns.UserAgent] = "'agent ' || i % 3",
        [LineColumns.Player] = "null::varchar",
        [LineColumns.Referrer] = "null::varchar",
        [LineColumns.Country] = "'GB'",
        [LineColumns.Region] = "null::varchar",
        [LineColumns.City] = "null::varchar",
        [LineColumns.Asn] = "64500::bigint",
        [LineColumns.Network] = "'Some Net'",
    };

    /// <summary>Writes a file of sessions.</summary>
    /// <param name="path">Where.</param>
    /// <param name="rows">How many.</param>
    /// <param name="instead">Columns that hold something else; one that holds null is left out.</param>
    /// <returns>The file as a log would describe it.</returns>
    public static LakeFile Write(string path, int rows, params IReadOnlyList<(string Column, string? Sql)> instead)
    {
        var others = instead.ToDictionary(column => column.Column, column => column.Sql);
        var columns = Columns.Select(column => (Name: column.Key, Sql: others.GetValueOrDefault(column.Key, column.Value)))
            .Where(column => column.Sql is not null)
            .Select(column => $"{column.Sql} as {column.Name}");
        SpecDeltaReader.Query($"copy (select {string.Join(", ", columns)} from range({rows}) as row(i) order by i) to '{path}' (format parquet)");
        return new LakeFile(path, "radio", new FileInfo(path).Length, rows, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 0);
    }
}
