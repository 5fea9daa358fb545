using System.Diagnostics;
using System.Text.Json;
using DuckDB.NET.Data;
using StatsGraph.Benchmarks.Measuring;

namespace StatsGraph.Benchmarks.Rivals;

/// <summary>
/// DuckDB at the same work, in a process of its own. Only its statements are measured, so that it does not pay for the start of .NET.
/// </summary>
internal static class DuckDbRival
{
    /// <summary>First argument of the process that a rival runs in.</summary>
    public const string Role = "rival";

    /// <summary>The script <c>ingest.sql</c> on a log.</summary>
    public static Usage Script(string log, string parquet) => Elsewhere("script", log, parquet);

    /// <summary>
    /// Copies the rows of a lake, loaded into memory beforehand, to one zstd Parquet file: the floor of whatever writes these rows.
    /// </summary>
    public static Usage BareCopy(string files, string parquet) => Elsewhere("copy", files, parquet);

    /// <summary>What the process does that was started for it.</summary>
    public static void Run(string what, string source, string parquet)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        if (what == "copy")
            Run(connection, $"CREATE TABLE lines AS FROM read_parquet({Quoted(source)}, hive_partitioning = false)");
        var statement = what == "copy" ? $"COPY lines TO {Quoted(parquet)} (FORMAT parquet, COMPRESSION zstd)"
            : File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rivals", "ingest.sql"))
                .Replace("{log}", Quoted(source), StringComparison.Ordinal).Replace("{parquet}", Quoted(parquet), StringComparison.Ordinal);
        using var self = Process.GetCurrentProcess();
        var (cpu, started) = (self.TotalProcessorTime, Stopwatch.GetTimestamp());
        Run(connection, statement);
        var wall = Stopwatch.GetElapsedTime(started);
        self.Refresh();
        Console.WriteLine(JsonSerializer.Serialize(new Usage(wall.TotalSeconds, (self.TotalProcessorTime - cpu).TotalSeconds, 0)));
    }

    private static Usage Elsewhere(string what, string source, string parquet)
    {
        MeasuredProcess.Run(Environment.ProcessPath!, [Role, what, source, parquet], out var output);
        return JsonSerializer.Deserialize<Usage>(output)!;
    }

    private static void Run(DuckDBConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}
