using Apache.Arrow;
using Apache.Arrow.Types;
using ParquetSharp;
using ParquetSharp.Arrow;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.Log;

/// <summary>Reads classic checkpoints, also those of other writers, whose further columns are ignored.</summary>
internal static class CheckpointReader
{
    /// <summary>All actions of a checkpoint.</summary>
    /// <exception cref="LakeException">The file cannot be read or is no checkpoint.</exception>
    public static List<LogAction> Read(string path) => Fault.Naming(path, "the checkpoint could not be read", () =>
    {
        try
        {
            return ReadAll(path);
        }
        catch (Exception exception) when (exception is not LakeException and not IOException and not ParquetException)
        {
            throw new LakeException($"{path}: not a checkpoint of the Delta log: {exception.Message}", exception);
        }
    });

    private static List<LogAction> ReadAll(string path)
    {
        var actions = new List<LogAction>();
        using var file = new FileReader(path);
        using var batches = file.GetRecordBatchReader();
        // The reader works on a local file: its tasks are complete when it returns them.
        while (batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
        {
            using (batch)
                Read(batch, actions);
        }
        return actions;
    }

    private static void Read(RecordBatch batch, List<LogAction> actions)
    {
        var (txn, add, remove) = (Column(batch, "txn"), Column(batch, "add"), Column(batch, "remove"));
        var (metaData, protocol) = (Column(batch, "metaData"), Column(batch, "protocol"));
        for (var row = 0; row < batch.Length; row++)
        {
            if (add.Has(row))
                actions.Add(Add(add, row));
            else if (txn.Has(row))
                actions.Add(new TxnAction(txn.RequiredText("appId", row), txn.RequiredLong("version", row), txn.Long("lastUpdated", row)));
            else if (remove.Has(row))
                actions.Add(Remove(remove, row));
            else if (metaData.Has(row))
                actions.Add(MetaData(metaData, row));
            else if (protocol.Has(row))
                actions.Add(Protocol(protocol, row));
        }
    }

    private static AddAction Add(ActionStruct add, int row) => new(
        add.RequiredText("path", row),
        add.Map("partitionValues", row) ?? [],
        add.RequiredLong("size", row),
        add.RequiredLong("modificationTime", row),
        add.Boolean("dataChange", row),
        add.Text("stats", row),
        add.Map("tags", row));

    private static RemoveAction Remove(ActionStruct remove, int row)
        => new(remove.RequiredText("path", row), remove.Long("deletionTimestamp", row), remove.Boolean("dataChange", row));

    private static ProtocolAction Protocol(ActionStruct protocol, int row)
        => new(protocol.RequiredInteger("minReaderVersion", row), protocol.RequiredInteger("minWriterVersion", row));

    private static MetaDataAction MetaData(ActionStruct metaData, int row)
    {
        var format = metaData.Struct("format");
        return new MetaDataAction(
            metaData.RequiredText("id", row),
            metaData.Text("name", row),
            metaData.Text("description", row),
            format.RequiredText("provider", row),
            format.Map("options", row) ?? [],
            metaData.RequiredText("schemaString", row),
            metaData.Texts("partitionColumns", row),
            metaData.Long("createdTime", row),
            metaData.Map("configuration", row) ?? []);
    }

    private static ActionStruct Column(RecordBatch batch, string name)
        => new(name, batch.Schema.GetFieldIndex(name) is var index and >= 0 ? (StructArray)batch.Column(index) : null);

    /// <summary>The column of one action; all of its rows are null where the file has no such column.</summary>
    private readonly struct ActionStruct(string name, StructArray? column)
    {
        public bool Has(int row) => column is not null && column.IsValid(row);

        public string? Text(string child, int row) => ((StringArray?)Child(child))?.GetString(row);

        public string RequiredText(string child, int row) => Text(child, row) ?? throw Missing(child, row);

        public long? Long(string child, int row) => ((Int64Array?)Child(child))?.GetValue(row);

        public long RequiredLong(string child, int row) => Long(child, row) ?? throw Missing(child, row);

        public int RequiredInteger(string child, int row) => ((Int32Array?)Child(child))?.GetValue(row) ?? throw Missing(child, row);

        public bool Boolean(string child, int row) => ((BooleanArray?)Child(child))?.GetValue(row) ?? false;

        public ActionStruct Struct(string child) => new($"{name}.{child}", (StructArray?)Child(child));

        public Dictionary<string, string?>? Map(string child, int row)
        {
            if (Child(child) is not MapArray map || map.IsNull(row))
                return null;

            var (keys, values) = ((StringArray)map.Keys, (StringArray)map.Values);
            var entries = new Dictionary<string, string?>();
            for (var i = map.ValueOffsets[row]; i < map.ValueOffsets[row + 1]; i++)
                entries.Add(keys.GetString(i), values.GetString(i));
            return entries;
        }

        public List<string> Texts(string child, int row)
        {
            var list = (ListArray?)Child(child) ?? throw Missing(child, row);
            var values = (StringArray)list.Values;
            return [.. Enumerable.Range(list.ValueOffsets[row], list.GetValueLength(row)).Select(i => values.GetString(i))];
        }

        private IArrowArray? Child(string child)
        {
            var index = column is null ? -1 : ((StructType)column.Data.DataType).GetFieldIndex(child);
            return index >= 0 ? column!.Fields[index] : null;
        }

        private FormatException Missing(string child, int row) => new($"row {row + 1} has no {name}.{child}");
    }
}
