using Apache.Arrow;
using ParquetSharp;
using ParquetSharp.Arrow;
using StatsGraph.Lake.Disk;
using ArrowField = Apache.Arrow.Field;
using ArrowSchema = Apache.Arrow.Schema;

namespace StatsGraph.Lake.Log;

/// <summary>
/// Writes classic checkpoints: one Parquet file with all actions that still count, so that nobody must replay the commits before.
/// </summary>
internal static class CheckpointWriter
{
    /// <summary>The protocol's default for how long tombstones are kept.</summary>
    public static readonly TimeSpan TombstoneRetention = TimeSpan.FromDays(7);

    /// <summary>Writes the checkpoint of a version and points <c>_last_checkpoint</c> at it.</summary>
    /// <exception cref="LakeException">The disk fails.</exception>
    public static void Write(LakeFolder folder, LogState state, DateTimeOffset instant)
    {
        var actions = state.Actions(removedSince: instant - TombstoneRetention).ToList();
        var path = folder.Checkpoint(state.Version);
        Fault.Naming(path, "the checkpoint could not be written",
            () => AtomicFile.Replace(path, hidden => WriteParquet(hidden, Batch(actions))));
        var pointer = $$"""{"version":{{state.Version}},"size":{{actions.Count}}}""";
        Fault.Naming(folder.LastCheckpoint, "the pointer at the checkpoint could not be written",
            () => AtomicFile.Replace(folder.LastCheckpoint, hidden => File.WriteAllText(hidden, pointer)));
    }

    /// <summary>Writes a version to a file that nothing points at, without the removals.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public static void WriteAlone(string path, LogState state)
        => AtomicFile.Replace(path, hidden => WriteParquet(hidden, Batch([.. state.Actions(removedSince: DateTimeOffset.MaxValue)])));

    private static RecordBatch Batch(List<LogAction> actions)
    {
        var rows = new ActionColumns(actions);
        (string Name, IArrowArray Values)[] columns =
        [
            ("txn", rows.Struct<TxnAction>(
                ("appId", rows.Texts<TxnAction>(txn => txn.AppId)),
                ("version", rows.Longs<TxnAction>(txn => txn.Version)),
                ("lastUpdated", rows.Longs<TxnAction>(txn => txn.LastUpdated)))),
            ("add", rows.Struct<AddAction>(
                ("path", rows.Texts<AddAction>(add => add.Path)),
                ("partitionValues", rows.Maps<AddAction>(add => add.PartitionValues)),
                ("size", rows.Longs<AddAction>(add => add.Size)),
                ("modificationTime", rows.Longs<AddAction>(add => add.ModificationTime)),
                ("dataChange", rows.Booleans<AddAction>(add => add.DataChange)),
                ("stats", rows.Texts<AddAction>(add => add.Stats)),
                ("tags", rows.Maps<AddAction>(add => add.Tags)))),
            ("remove", rows.Struct<RemoveAction>(
                ("path", rows.Texts<RemoveAction>(remove => remove.Path)),
                ("deletionTimestamp", rows.Longs<RemoveAction>(remove => remove.DeletionTimestamp)),
                ("dataChange", rows.Booleans<RemoveAction>(remove => remove.DataChange)))),
            ("metaData", MetaData(rows)),
            ("protocol", rows.Struct<ProtocolAction>(
                ("minReaderVersion", rows.Integers<ProtocolAction>(protocol => protocol.MinReaderVersion)),
                ("minWriterVersion", rows.Integers<ProtocolAction>(protocol => protocol.MinWriterVersion)))),
        ];
        var fields = columns.Select(column => new ArrowField(column.Name, column.Values.Data.DataType, nullable: true));
        return new RecordBatch(new ArrowSchema(fields, metadata: null), columns.Select(column => column.Values), actions.Count);
    }

    private static IArrowArray MetaData(ActionColumns rows) => rows.Struct<MetaDataAction>(
        ("id", rows.Texts<MetaDataAction>(metaData => metaData.Id)),
        ("name", rows.Texts<MetaDataAction>(metaData => metaData.Name)),
        ("description", rows.Texts<MetaDataAction>(metaData => metaData.Description)),
        ("format", rows.Struct<MetaDataAction>(
            ("provider", rows.Texts<MetaDataAction>(metaData => metaData.Provider)),
            ("options", rows.Maps<MetaDataAction>(metaData => metaData.Options)))),
        ("schemaString", rows.Texts<MetaDataAction>(metaData => metaData.SchemaString)),
        ("partitionColumns", rows.Lists<MetaDataAction>(metaData => metaData.PartitionColumns)),
        ("createdTime", rows.Longs<MetaDataAction>(metaData => metaData.CreatedTime)),
        ("configuration", rows.Maps<MetaDataAction>(metaData => metaData.Configuration)));

    private static void WriteParquet(string path, RecordBatch batch)
    {
        using var builder = new WriterPropertiesBuilder();
        using var properties = builder.Compression(Compression.Zstd).Build();
        using var writer = new FileWriter(path, batch.Schema, properties);
        writer.WriteRecordBatch(batch);
        writer.Close();
    }
}
