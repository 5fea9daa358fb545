using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;

namespace StatsGraph.Tests.Lake;

/// <summary>
/// A reader of Delta tables that knows the protocol alone and nothing of the lake: it replays the log itself and lets DuckDB read
/// the data files.
/// </summary>
internal sealed class SpecDeltaReader
{
    private readonly string table;
    private readonly Dictionary<string, JsonElement> files = [];
    private readonly Dictionary<string, long> transactions = [];

    /// <summary>Reads the newest version of a table.</summary>
    /// <param name="table">The table's folder.</param>
    /// <param name="checkpoint">Version of the checkpoint to start from; null to replay every commit.</param>
    public SpecDeltaReader(string table, long? checkpoint = null)
    {
        this.table = table;
        Version = checkpoint ?? -1;
        if (checkpoint is { } start)
            ReadCheckpoint(start);
        while (File.Exists(LogFile(Version + 1, ".json")))
        {
            Version++;
            foreach (var line in File.ReadLines(LogFile(Version, ".json")))
                Apply(JsonDocument.Parse(line).RootElement);
        }
    }

    public long Version { get; private set; }

    public JsonElement Protocol { get; private set; }

    public JsonElement MetaData { get; private set; }

    public IReadOnlyDictionary<string, long> Transactions => transactions;

    /// <summary>The <c>add</c> actions that are live, by absolute path of their file.</summary>
    public IReadOnlyDictionary<string, JsonElement> Adds => files.ToDictionary(file => Path.Combine(table, file.Key), file => file.Value);

    /// <summary>Site, hash and ordinal of every row, in order.</summary>
    public List<(string Site, long Hash, int Ordinal)> Rows()
    {
        var sites = Adds.ToDictionary(add => add.Key, add => add.Value.GetProperty("partitionValues").GetProperty("site").GetString()!);
        return [.. QueryLines("select filename, line_hash, ordinal from lines").Select(row => (sites[(string)row[0]!], (long)row[1]!, (int)row[2]!)).Order()];
    }

    /// <summary>Runs SQL over the data files of the table, which are the view <c>lines</c>.</summary>
    public List<object?[]> QueryLines(string sql)
        => Query($"with lines as (select * from read_parquet([{string.Join(", ", Adds.Keys.Select(path => $"'{path}'"))}], hive_partitioning = false, filename = true)) {sql}");

    public static List<object?[]> Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    private void ReadCheckpoint(long version)
    {
        var rows = Query($"""
            select to_json({"{"}'add': add, 'txn': txn, 'remove': remove, 'metaData': metaData, 'protocol': protocol{"}"})::varchar
            from read_parquet('{LogFile(version, ".checkpoint.parquet")}')
            """);
        foreach (var row in rows)
            Apply(JsonDocument.Parse((string)row[0]!).RootElement);
    }

    private void Apply(JsonElement line)
    {
        foreach (var action in line.EnumerateObject().Where(action => action.Value.ValueKind != JsonValueKind.Null))
        {
            switch (action.Name)
            {
                case "protocol": Protocol = action.Value; break;
                case "metaData": MetaData = action.Value; break;
                case "add": files[DataPath(action.Value)] = action.Value; break;
                case "remove": files.Remove(DataPath(action.Value)); break;
                case "txn": transactions[action.Value.GetProperty("appId").GetString()!] = action.Value.GetProperty("version").GetInt64(); break;
            }
        }
    }

    private static string DataPath(JsonElement action) => Uri.UnescapeDataString(action.GetProperty("path").GetString()!);

    private string LogFile(long version, string suffix)
        => Path.Combine(table, "_delta_log", version.ToString("D20", CultureInfo.InvariantCulture) + suffix);
}
