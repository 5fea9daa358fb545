using DuckDB.NET.Data;
using StatsGraph.Benchmarks.Measuring;

namespace StatsGraph.Benchmarks.Rivals;

/// <summary>DuckDB at the same work. Runs in a process of its own; only its statements are measured, not the start of the process.</summary>
internal static class DuckDbRival
{
    /// <summary>Runs the script <c>ingest.sql</c> on a log.</summary>
    public static Usage Script(string log, string parquet)
    {
        var script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rivals", "ingest.sql"))
            .Replace("{log}", Quoted(log), StringComparison.Ordinal).Replace("{parquet}", Quoted(parquet), StringComparison.Ordinal);
        using var connection = Open();
        return Usage.Of(() => Run(connection, script));
    }

    /// <summary>Copies the rows of Parquet files, loaded beforehand, to one zstd Parquet file: the floor of any ingest that writes these rows.</summary>
    public static Usage BareCopy(string files, string parquet)
    {
        using var connection = Open();
        Run(connection, $"CREATE TABLE lines AS FROM read_parquet({Quoted(files)}, hive_partitioning = false)");
        return Usage.Of(() => Run(connection, $"COPY lines TO {Quoted(parquet)} (FORMAT parquet, COMPRESSION zstd)"));
    }

    private static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        return connection;
    }

    private static void Run(DuckDBConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}
