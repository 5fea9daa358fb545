using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StatsGraph.Lake.Log;

/// <summary>Writes the content of a commit: one JSON object with one action a line, the provenance last.</summary>
internal static class CommitWriter
{
    private static readonly string EngineInfo = $"StatsGraph/{typeof(CommitWriter).Assembly.GetName().Version!.ToString(3)}";

    // The file is UTF-8 and no part of a page: only what JSON itself reserves is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The content of a commit.</summary>
    /// <param name="actions">Its actions, in order.</param>
    /// <param name="operation">What was done, for people who read the history.</param>
    /// <param name="instant">When.</param>
    public static byte[] Write(IEnumerable<LogAction> actions, string operation, DateTimeOffset instant)
    {
        var content = new ArrayBufferWriter<byte>();
        foreach (var action in actions)
            WriteLine(content, Name(action), writer => WriteFields(writer, action));
        WriteLine(content, "commitInfo", writer =>
        {
            writer.WriteNumber("timestamp", instant.ToUnixTimeMilliseconds());
            writer.WriteString("operation", operation);
            writer.WriteString("engineInfo", EngineInfo);
            // No two commits have the same content: it tells whose commit a version is.
            writer.WriteString("txnId", Guid.NewGuid());
        });
        return content.WrittenSpan.ToArray();
    }

    private static void WriteLine(ArrayBufferWriter<byte> content, string name, Action<Utf8JsonWriter> fields)
    {
        using (var writer = new Utf8JsonWriter(content, Options))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(name);
            fields(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        content.Write("\n"u8);
    }

    private static string Name(LogAction action) => action switch
    {
        ProtocolAction => "protocol",
        MetaDataAction => "metaData",
        AddAction => "add",
        RemoveAction => "remove",
        TxnAction => "txn",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "expected an action of the Delta log"),
    };

    private static void WriteFields(Utf8JsonWriter writer, LogAction action)
    {
        switch (action)
        {
            case ProtocolAction protocol:
                writer.WriteNumber("minReaderVersion", protocol.MinReaderVersion);
                writer.WriteNumber("minWriterVersion", protocol.MinWriterVersion);
                break;
            case MetaDataAction metaData:
                WriteMetaData(writer, metaData);
                break;
            case AddAction add:
                writer.WriteString("path", add.Path);
                WriteMap(writer, "partitionValues", add.PartitionValues);
                writer.WriteNumber("size", add.Size);
                writer.WriteNumber("modificationTime", add.ModificationTime);
                writer.WriteBoolean("dataChange", add.DataChange);
                WriteOptional(writer, "stats", add.Stats);
                if (add.Tags is not null)
                    WriteMap(writer, "tags", add.Tags);
                break;
            case RemoveAction remove:
                writer.WriteString("path", remove.Path);
                WriteOptional(writer, "deletionTimestamp", remove.DeletionTimestamp);
                writer.WriteBoolean("dataChange", remove.DataChange);
                break;
            case TxnAction txn:
                writer.WriteString("appId", txn.AppId);
                writer.WriteNumber("version", txn.Version);
                WriteOptional(writer, "lastUpdated", txn.LastUpdated);
                break;
        }
    }

    private static void WriteMetaData(Utf8JsonWriter writer, MetaDataAction metaData)
    {
        writer.WriteString("id", metaData.Id);
        WriteOptional(writer, "name", metaData.Name);
        WriteOptional(writer, "description", metaData.Description);
        writer.WriteStartObject("format");
        writer.WriteString("provider", metaData.Provider);
        WriteMap(writer, "options", metaData.Options);
        writer.WriteEndObject();
        writer.WriteString("schemaString", metaData.SchemaString);
        writer.WriteStartArray("partitionColumns");
        foreach (var column in metaData.PartitionColumns)
            writer.WriteStringValue(column);
        writer.WriteEndArray();
        WriteOptional(writer, "createdTime", metaData.CreatedTime);
        WriteMap(writer, "configuration", metaData.Configuration);
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string?> map)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in map)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }
}
