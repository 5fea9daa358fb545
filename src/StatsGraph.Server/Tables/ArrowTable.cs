using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace StatsGraph.Server.Tables;

/// <summary>Writes tables as a stream of Apache Arrow's IPC format, one batch of typed columns, that pandas, DuckDB and R read.</summary>
public static class ArrowTable
{
    // Parquet knows no whole seconds.
    private static readonly TimestampType Instants = new(TimeUnit.Millisecond, "UTC");

    /// <summary>Writes a table; the stream stays open.</summary>
    public static void Write(FlatTable table, Stream output)
    {
        using var batch = Batch(table);
        using var writer = new ArrowStreamWriter(output, batch.Schema, leaveOpen: true);
        writer.WriteRecordBatch(batch);
        writer.WriteEnd();
    }

    /// <summary>A table as one batch, which belongs to the caller.</summary>
    internal static RecordBatch Batch(FlatTable table) => new(
        new Schema(table.Columns.Select(column => new Field(column.Name, TypeOf(column.Kind), nullable: true)), metadata: null),
        table.Columns.Select((column, index) => Column(column.Kind, table.Rows.Select(row => row[index]))),
        table.Rows.Count);

    private static ArrowType TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Whole => Int64Type.Default,
        ColumnKind.Number => DoubleType.Default,
        ColumnKind.Flag => BooleanType.Default,
        ColumnKind.Instant => Instants,
        _ => StringType.Default,
    };

    private static IArrowArray Column(ColumnKind kind, IEnumerable<object?> values)
    {
        switch (kind)
        {
            case ColumnKind.Whole:
                var wholes = new Int64Array.Builder();
                foreach (var value in values)
                    wholes.Append((long?)value);
                return wholes.Build();
            case ColumnKind.Number:
                var numbers = new DoubleArray.Builder();
                foreach (var value in values)
                    numbers.Append((double?)value);
                return numbers.Build();
            case ColumnKind.Flag:
                var flags = new BooleanArray.Builder();
                foreach (var value in values)
                    _ = value is bool flag ? flags.Append(flag) : flags.AppendNull();
                return flags.Build();
            case ColumnKind.Instant:
                var instants = new TimestampArray.Builder(Instants);
                foreach (var value in values)
                    _ = value is DateTimeOffset instant ? instants.Append(instant) : instants.AppendNull();
                return instants.Build();
            default:
                var texts = new StringArray.Builder();
                foreach (var value in values)
                    texts.Append((string?)value);
                return texts.Build();
        }
    }
}
