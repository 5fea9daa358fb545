namespace StatsGraph.Lake.Log;

/// <summary>An action of the Delta log that changes the state of the table. Names and units are the protocol's.</summary>
internal abstract record LogAction;

/// <summary>The versions of the protocol that readers and writers of the table must know.</summary>
internal sealed record ProtocolAction(int MinReaderVersion, int MinWriterVersion) : LogAction;

/// <summary>What the table is.</summary>
/// <param name="CreatedTime">Milliseconds since 1970.</param>
internal sealed record MetaDataAction(
    string Id,
    string? Name,
    string? Description,
    string Provider,
    IReadOnlyDictionary<string, string?> Options,
    string SchemaString,
    IReadOnlyList<string> PartitionColumns,
    long? CreatedTime,
    IReadOnlyDictionary<string, string?> Configuration) : LogAction;

/// <summary>A data file is part of the table.</summary>
/// <param name="Path">URI, relative to the table's folder or absolute.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModificationTime">Milliseconds since 1970.</param>
/// <param name="Stats">JSON; null where the writer kept none.</param>
internal sealed record AddAction(
    string Path,
    IReadOnlyDictionary<string, string?> PartitionValues,
    long Size,
    long ModificationTime,
    bool DataChange,
    string? Stats,
    IReadOnlyDictionary<string, string?>? Tags) : LogAction;

/// <summary>A data file is no longer part of the table.</summary>
/// <param name="Path">As in the <see cref="AddAction"/>.</param>
/// <param name="DeletionTimestamp">Milliseconds since 1970.</param>
internal sealed record RemoveAction(string Path, long? DeletionTimestamp, bool DataChange) : LogAction;

/// <summary>How far an application is.</summary>
/// <param name="LastUpdated">Milliseconds since 1970.</param>
internal sealed record TxnAction(string AppId, long Version, long? LastUpdated) : LogAction;
