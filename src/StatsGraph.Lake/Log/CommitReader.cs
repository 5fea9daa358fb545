using System.Text.Json;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.Log;

/// <summary>
/// Reads commits: one JSON object with one action a line. Actions and fields that are not known are ignored, as the protocol asks.
/// </summary>
internal static class CommitReader
{
    private static readonly Dictionary<string, string?> NoEntries = [];

    /// <summary>The actions of a commit, in its order.</summary>
    /// <exception cref="LakeException">The file cannot be read, or is no commit; the message names the line.</exception>
    public static List<LogAction> Read(string path)
        => Parse(path, Fault.Naming(path, "the commit could not be read", () => File.ReadAllBytes(path)));

    /// <summary>The actions of a commit that may be cleaned up at this moment.</summary>
    /// <returns>False when it is gone: a vacuum deletes the oldest first.</returns>
    /// <exception cref="LakeException">The file cannot be read, or is no commit; the message names the line.</exception>
    public static bool TryRead(string path, out List<LogAction> actions)
    {
        actions = [];
        if (!File.Exists(path))
            return false;
        try
        {
            actions = Read(path);
            return true;
        }
        catch (LakeException) when (!File.Exists(path))
        {
            return false;
        }
    }

    private static List<LogAction> Parse(string path, byte[] content)
    {
        var actions = new List<LogAction>();
        var (number, objects) = (0, 0);
        foreach (var range in ((ReadOnlySpan<byte>)content).Split((byte)'\n'))
        {
            number++;
            var line = content.AsMemory(range);
            if (line.Span.Trim(" \r\t"u8).IsEmpty)
                continue;
            ParseLine(path, number, line, actions);
            objects++;
        }
        return objects > 0 ? actions : throw new LakeException($"{path}: the commit is empty, expected one JSON action a line");
    }

    private static void ParseLine(string path, int number, ReadOnlyMemory<byte> line, List<LogAction> actions)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (Action(property.Name, property.Value) is { } action)
                    actions.Add(action);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new LakeException($"{path}: line {number} is no action of the Delta log: {exception.Message}", exception);
        }
    }

    private static LogAction? Action(string name, JsonElement value) => name switch
    {
        "protocol" => new ProtocolAction(
            Required(value, "minReaderVersion").GetInt32(),
            Required(value, "minWriterVersion").GetInt32()),
        "metaData" => MetaData(value),
        "add" => new AddAction(
            Required(value, "path").GetString()!,
            Map(value, "partitionValues") ?? NoEntries,
            Required(value, "size").GetInt64(),
            Required(value, "modificationTime").GetInt64(),
            Required(value, "dataChange").GetBoolean(),
            Text(value, "stats"),
            Map(value, "tags")),
        "remove" => new RemoveAction(
            Required(value, "path").GetString()!,
            Number(value, "deletionTimestamp"),
            Required(value, "dataChange").GetBoolean()),
        "txn" => new TxnAction(
            Required(value, "appId").GetString()!,
            Required(value, "version").GetInt64(),
            Number(value, "lastUpdated")),
        _ => null,
    };

    private static MetaDataAction MetaData(JsonElement value)
    {
        var format = Required(value, "format");
        return new MetaDataAction(
            Required(value, "id").GetString()!,
            Text(value, "name"),
            Text(value, "description"),
            Required(format, "provider").GetString()!,
            Map(format, "options") ?? NoEntries,
            Required(value, "schemaString").GetString()!,
            [.. Required(value, "partitionColumns").EnumerateArray().Select(column => column.GetString()!)],
            Number(value, "createdTime"),
            Map(value, "configuration") ?? NoEntries);
    }

    private static JsonElement Required(JsonElement value, string name)
        => Optional(value, name) ?? throw new FormatException($"'{name}' is missing");

    private static JsonElement? Optional(JsonElement value, string name)
        => value.TryGetProperty(name, out var property) && property.ValueKind != JsonValueKind.Null ? property : null;

    private static string? Text(JsonElement value, string name) => Optional(value, name)?.GetString();

    private static long? Number(JsonElement value, string name) => Optional(value, name)?.GetInt64();

    private static Dictionary<string, string?>? Map(JsonElement value, string name)
        => Optional(value, name)?.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString());
}
