namespace StatsGraph.Lake.Log;

/// <summary>
/// An action of the Delta log that changes the state of the table. Names and units are the protocol's: sizes in bytes, times in
/// milliseconds since 1970, paths as URIs that are relative to the table's folder or absolute.
/// </summary>
internal abstract record LogAction;

/// <summary>The versions of the protocol that readers and writers of the table must know.</summary>
internal sealed record ProtocolAction(int MinReaderVersion, int MinWriterVersion) : LogAction;

/// <summary>What the table is.</summary>
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

/// <summary>A data file is part of the table; its statistics are JSON, or null where the writer kept none.</summary>
internal sealed record AddAction(
    string Path,
    IReadOnlyDictionary<string, string?> PartitionValues,
    long Size,
    long ModificationTime,
    bool DataChange,
    string? Stats,
    IReadOnlyDictionary<string, string?>? Tags) : LogAction;

/// <summary>A data file is no longer part of the table.</summary>
internal sealed record RemoveAction(string Path, long? DeletionTimestamp, bool DataChange) : LogAction;

/// <summary>How far an application is.</summary>
internal sealed record TxnAction(string AppId, long Version, long? LastUpdated) : LogAction;
