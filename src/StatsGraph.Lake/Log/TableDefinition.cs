using System.Text;
using System.Text.Json;
using Apache.Arrow.Types;

namespace StatsGraph.Lake.Log;

/// <summary>What the lake is as a Delta table, and the check that a table found on disk is that.</summary>
internal static class TableDefinition
{
    /// <summary>The newest reader version that is understood here, and the one that the lake asks of others.</summary>
    private const int ReaderVersion = 1;

    /// <summary>The newest writer version that is understood here, and the one that the lake asks of others.</summary>
    private const int WriterVersion = 2;

    private const string Provider = "parquet";

    /// <summary>The actions that make the table, for its first commit.</summary>
    /// <param name="layout">The table.</param>
    /// <param name="instant">Now.</param>
    /// <param name="configuration">The configuration of the table.</param>
    public static IEnumerable<LogAction> FirstActions(
        TableLayout layout, DateTimeOffset instant, IReadOnlyDictionary<string, string?> configuration) =>
    [
        new ProtocolAction(ReaderVersion, WriterVersion),
        new MetaDataAction(
            Guid.NewGuid().ToString(), layout.Name, layout.Description, Provider, new Dictionary<string, string?>(),
            SchemaString(layout), [TableLayout.Site], instant.ToUnixTimeMilliseconds(), configuration),
    ];

    /// <summary>Checks that the table can be read.</summary>
    /// <param name="protocol">The protocol that a file of the log states.</param>
    /// <param name="file">That file.</param>
    /// <exception cref="LakeException">It asks for a newer reader.</exception>
    public static void CheckReadable(ProtocolAction protocol, string file)
    {
        if (protocol.MinReaderVersion > ReaderVersion)
            throw WrongVersion(file, "reader", protocol.MinReaderVersion, ReaderVersion);
    }

    /// <summary>Checks that the table may be written.</summary>
    /// <param name="protocol">The protocol of the newest version.</param>
    /// <param name="log">Folder of the log.</param>
    /// <exception cref="LakeException">It asks for a newer writer.</exception>
    public static void CheckWritable(ProtocolAction protocol, string log)
    {
        if (protocol.MinWriterVersion > WriterVersion)
            throw WrongVersion(log, "writer", protocol.MinWriterVersion, WriterVersion);
    }

    /// <summary>Checks that a table has the layout that it should have.</summary>
    /// <param name="metaData">What a file of the log says of the table.</param>
    /// <param name="layout">How it should be laid out.</param>
    /// <param name="file">That file.</param>
    /// <exception cref="LakeException">Other columns, another partitioning or another format.</exception>
    public static void Check(MetaDataAction metaData, TableLayout layout, string file)
    {
        if (metaData.Provider != Provider)
            throw new LakeException($"{file}: the table's format is '{metaData.Provider}', expected '{Provider}'");
        var partitioning = string.Join(", ", metaData.PartitionColumns);
        if (partitioning != TableLayout.Site)
            throw new LakeException($"{file}: the table is partitioned by '{partitioning}', expected '{TableLayout.Site}'");

        var (columns, wanted) = (ParseSchema(metaData.SchemaString, file), Columns(layout));
        for (var i = 0; i < Math.Max(columns.Count, wanted.Count); i++)
        {
            var (found, expected) = (columns.ElementAtOrDefault(i), wanted.ElementAtOrDefault(i));
            if (found != expected)
                throw new LakeException($"{file}: column {i + 1} of the table is {Describe(found)}, expected {Describe(expected)}");
        }
    }

    private static LakeException WrongVersion(string file, string role, int asked, int known)
        => new($"{file}: the table asks for Delta {role} version {asked}, expected at most {known}");

    private static string SchemaString(TableLayout layout)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "struct");
            writer.WriteStartArray("fields");
            foreach (var column in Columns(layout))
            {
                writer.WriteStartObject();
                writer.WriteString("name", column.Name);
                writer.WriteString("type", column.Type);
                writer.WriteBoolean("nullable", column.Nullable);
                writer.WriteStartObject("metadata");
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static List<Column> Columns(TableLayout layout) =>
    [
        new(TableLayout.Site, "string", Nullable: false),
        .. layout.Schema.FieldsList.Select(field => new Column(field.Name, TypeName(field.DataType), field.IsNullable)),
    ];

    private static List<Column> ParseSchema(string schemaString, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(schemaString);
            return [.. document.RootElement.GetProperty("fields").EnumerateArray().Select(field => new Column(
                field.GetProperty("name").GetString()!,
                field.GetProperty("type").ToString(),
                field.GetProperty("nullable").GetBoolean()))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new LakeException($"{file}: the table's schemaString is no Delta schema: {exception.Message}", exception);
        }
    }

    private static string TypeName(IArrowType type) => type switch
    {
        StringType => "string",
        Int64Type => "long",
        Int32Type => "integer",
        DoubleType => "double",
        TimestampType => "timestamp",
        Decimal128Type number => $"decimal({number.Precision},{number.Scale})",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Name, "expected a type that the lake has columns of"),
    };

    private static string Describe(Column? column)
        => column is null ? "missing" : $"'{column.Name}' of type {column.Type}{(column.Nullable ? "" : ", never null")}";

    private sealed record Column(string Name, string Type, bool Nullable);
}
