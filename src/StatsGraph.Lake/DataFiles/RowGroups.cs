using System.Collections;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Lake.DataFiles;

/// <summary>
/// Cuts batches into the row groups of one data file: each batch apart, in pieces of a readable size, known rows left out.
/// </summary>
internal sealed class RowGroups
{
    /// <summary>Rows of a row group at most.</summary>
    public const int MaxRows = 250_000;

    private static readonly DictionaryType Dictionary = new(Int32Type.Default, StringType.Default, ordered: false);

    /// <summary>Takes batches whose columns were checked.</summary>
    public RowGroups(IReadOnlyList<RecordBatch> batches, TableLayout layout)
    {
        var fields = layout.Schema.FieldsList;
        Schema = new Schema(fields.Select((field, i) => new Field(field.Name, FileType(field, i, batches), field.IsNullable)), metadata: null);
    }

    /// <summary>The columns of the file. A text column is a dictionary when it is one in every batch.</summary>
    public Schema Schema { get; }

    /// <summary>Checks that a batch has the columns of a table.</summary>
    /// <exception cref="ArgumentException">A column is missing, has another type, or holds nulls where it must not.</exception>
    public static void Check(RecordBatch batch, TableLayout layout)
    {
        var fields = layout.Schema.FieldsList;
        if (batch.ColumnCount != fields.Count)
            throw new ArgumentException($"A batch has {batch.ColumnCount} columns, expected {fields.Count}", nameof(batch));

        for (var i = 0; i < fields.Count; i++)
        {
            var (found, expected) = (batch.Schema.GetFieldByIndex(i), fields[i]);
            if (found.Name != expected.Name || !Matches(found.DataType, expected.DataType))
                throw new ArgumentException($"Column {i + 1} of a batch is {Describe(found)}, expected {Describe(expected)}", nameof(batch));
            var nulls = batch.Column(i).NullCount;
            if (!expected.IsNullable && nulls > 0)
                throw new ArgumentException($"Column '{found.Name}' of a batch holds {nulls} nulls, expected none", nameof(batch));
        }
    }

    /// <summary>The row groups of a batch; none when none of its rows is new.</summary>
    public IEnumerable<RecordBatch> Cut(RecordBatch batch, BitArray isNew)
    {
        var (runs, rows) = (new List<Run>(), 0);
        foreach (var run in Runs(isNew))
        {
            for (var (start, left) = (run.Start, run.Length); left > 0;)
            {
                var length = Math.Min(left, MaxRows - rows);
                runs.Add(new Run(start, length));
                (start, left, rows) = (start + length, left - length, rows + length);
                if (rows < MaxRows)
                    continue;
                yield return Gather(batch, runs, rows);
                (runs, rows) = ([], 0);
            }
        }
        if (rows > 0)
            yield return Gather(batch, runs, rows);
    }

    private RecordBatch Gather(RecordBatch batch, List<Run> runs, int rows)
        => new(Schema, Schema.FieldsList.Select((field, i) => ColumnGather.Gather(batch.Column(i), runs, field.DataType)), rows);

    /// <summary>A column in words.</summary>
    public static string Describe(Field field) => $"'{field.Name}' of type {field.DataType.Name}";

    private static IEnumerable<Run> Runs(BitArray isNew)
    {
        if (isNew.HasAllSet())
        {
            yield return new Run(0, isNew.Length);
            yield break;
        }

        for (var row = 0; row < isNew.Length; row++)
        {
            if (!isNew[row])
                continue;
            var start = row;
            while (row < isNew.Length && isNew[row])
                row++;
            yield return new Run(start, row - start);
        }
    }

    private static IArrowType FileType(Field field, int column, IReadOnlyList<RecordBatch> batches)
        => field.DataType is StringType && batches.All(batch => batch.Column(column) is DictionaryArray) ? Dictionary : field.DataType;

    /// <summary>Whether a column of a type can be one of the lake's.</summary>
    public static bool Matches(IArrowType found, IArrowType expected) => (found, expected) switch
    {
        (DictionaryType dictionary, StringType) => dictionary.IndexType is Int32Type && dictionary.ValueType is StringType,
        (TimestampType timestamp, TimestampType wanted) => timestamp.Unit == wanted.Unit && timestamp.Timezone == wanted.Timezone,
        (Decimal128Type number, Decimal128Type wanted) => number.Precision == wanted.Precision && number.Scale == wanted.Scale,
        _ => found.TypeId == expected.TypeId,
    };
}
