using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using StatsGraph.Benchmarks.Measuring;
using StatsGraph.Lake;

namespace StatsGraph.Benchmarks.Rivals;

/// <summary>
/// DuckDB at the figures of a report, straight from the Parquet files of the lake that can hold sessions of the period: what one would do
/// without this program. It is in this process, so that it pays neither for a start nor for HTTP, and may use all cores.
/// </summary>
internal sealed class LakeRival : IDisposable
{
    /// <summary>No generated session is longer; so far past the period its sessions may be logged.</summary>
    private static readonly TimeSpan LongestSession = TimeSpan.FromDays(1);

    /// <summary>A session that ended so long before the period may have a visit that goes on in it.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(30);

    private readonly DuckDBConnection connection = new("DataSource=:memory:");
    private readonly LakeSnapshot lake;
    private readonly string site;
    private readonly string zone;

    /// <summary>Opens the lake as it is.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="site">Key of the site.</param>
    /// <param name="zone">Its time zone.</param>
    /// <param name="scratch">Folder for what does not fit in memory.</param>
    public LakeRival(string dataFolder, string site, string zone, string scratch)
    {
        (lake, this.site, this.zone) = (LakeTable.Open(dataFolder).Snapshot(), site, zone);
        connection.Open();
        Query($"SET temp_directory = '{scratch}'", _ => { });
        Query("SET preserve_insertion_order = false", _ => { });
    }

    /// <summary>Computes a figure.</summary>
    /// <param name="figure">Name of its file.</param>
    /// <param name="from">First instant of the period.</param>
    /// <param name="to">First instant after it.</param>
    public (double Milliseconds, IReadOnlyList<FigureRow> Rows) Compute(string figure, DateTimeOffset from, DateTimeOffset to)
    {
        var files = lake.Files
            .Where(file => file.Site == site && file.LastEnd > from - Silence && file.FirstEnd < to + LongestSession)
            .Select(file => $"'{file.Path}'");
        var statement = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rivals", "Figures", figure + ".sql"))
            .Replace("{lines}", $"read_parquet([{string.Join(", ", files)}], hive_partitioning = false)", StringComparison.Ordinal)
            .Replace("{from}", Instant(from), StringComparison.Ordinal)
            .Replace("{to}", Instant(to), StringComparison.Ordinal)
            .Replace("{zone}", zone, StringComparison.Ordinal);
        var rows = new List<FigureRow>();
        var began = Stopwatch.GetTimestamp();
        Query(statement, reader => rows.Add(Row(reader)));
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, rows);
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private void Query(string statement, Action<DbDataReader> eachRow)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            eachRow(reader);
    }

    private static FigureRow Row(DbDataReader reader)
    {
        var key = reader.IsDBNull(0) ? "" : Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!;
        return new FigureRow(key, [.. Enumerable.Range(1, reader.FieldCount - 1).Select(column => Number(reader, column))]);
    }

    private static double Number(DbDataReader reader, int column)
        => reader.IsDBNull(column) ? 0 : reader.GetValue(column) is System.Numerics.BigInteger big ? (double)big
            : Convert.ToDouble(reader.GetValue(column), CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset instant)
        => string.Create(CultureInfo.InvariantCulture, $"to_timestamp({instant.ToUnixTimeSeconds()})");
}
