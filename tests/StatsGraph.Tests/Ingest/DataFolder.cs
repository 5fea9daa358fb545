using System.Globalization;
using DuckDB.NET.Data;
using StatsGraph.Ingest;
using StatsGraph.Lake;

namespace StatsGraph.Tests.Ingest;

/// <summary>A data folder of its own for a test, with logs beside it; gone when disposed of.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("statsgraph-ingest-").FullName;

    public string Data => Path.Combine(root, "data");

    public void Dispose() => Directory.Delete(root, recursive: true);

    /// <summary>The absolute path of a log of this folder.</summary>
    public string At(string name) => Path.Combine(root, name);

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    public IngestSummary Ingest(params string[] paths) => Ingest(new IngestOptions { DataFolder = Data, Site = "main" }, paths);

    public IngestSummary Ingest(IngestOptions options, IReadOnlyList<string> paths, byte[]? standardInput = null)
    {
        using var ingest = new LogIngest(LakeTable.Open(Data), options);
        return ingest.Run(paths, () => new MemoryStream(standardInput ?? []), progress: null, CancellationToken.None);
    }

    /// <summary>Rows of the lake, their columns joined by a bar, in the order that the query asks for.</summary>
    public IReadOnlyList<string> Query(string select) => Query(select, LakeTable.Open(Data).Snapshot().Files);

    /// <summary>The same of some of the lake's files.</summary>
    public static IReadOnlyList<string> Query(string select, IEnumerable<LakeFile> of) => Query("line", select, of);

    /// <summary>The same of the table of plays, as the relation <c>play</c>.</summary>
    public IReadOnlyList<string> Plays(string select) => Plays(select, LakeTable.OpenPlays(Data).Snapshot().Files);

    /// <summary>The same of some of its files.</summary>
    public static IReadOnlyList<string> Plays(string select, IEnumerable<LakeFile> of) => Query("play", select, of);

    /// <summary>Everything that identifies the set of plays and what is told of them.</summary>
    public string EveryPlay() => Plays("select md5(string_agg(play::varchar, '\n' order by line_hash, ordinal)) || count(*) from play").Single();

    private static List<string> Query(string name, string select, IEnumerable<LakeFile> of)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        var files = string.Join(',', of.Select(file => $"'{file.Path}'"));
        command.CommandText = $"set TimeZone='UTC'; with {name} as (from read_parquet([{files}])) {select}";
        using var reader = command.ExecuteReader();
        while (reader.FieldCount == 0 && reader.NextResult())
        {
        }

        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column
                => reader.IsDBNull(column) ? "" : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    /// <summary>Everything that identifies the set of lines and what is told of them.</summary>
    public string Everything() => Query("select md5(string_agg(line::varchar, '\n' order by line_hash, ordinal)) || count(*) from line").Single();
}
