using Apache.Arrow;
using ParquetSharp;
using ParquetSharp.Arrow;
using StatsGraph.Lake.DataFiles;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.Verification;

/// <summary>
/// Checks one data file: its bytes against the log's size and checksum, its footer, its columns, and every value of every row, decoded.
/// </summary>
internal sealed class DataFileCheck(LakeFile file, string? stats, TableLayout layout, FindingList findings)
{
    private readonly HashSet<string> classNames = [.. layout.Classes];
    private readonly RowStatistics statistics = new(layout);
    private readonly HashSet<string> complaints = [];
    private long rows;

    /// <summary>Whether the file can be read and its rows are those the log tells.</summary>
    public bool Run(CancellationToken cancellation)
    {
        var isWhole = findings.Try(file.Path, () =>
        {
            // Bytes that were changed are not worth decoding: what they say is said by chance.
            new IntactFiles().Check(file, cancellation);
            Fault.Naming(file.Path, "the data file could not be read", () => ReadRows(cancellation));
            return this;
        }) is not null;
        if (!isWhole)
            return false;

        if (complaints.Count == 0 && rows != file.Rows)
            Complain($"it has {rows} rows, expected {file.Rows} by the log");
        if (complaints.Count == 0 && stats is not null)
            statistics.Compare(stats, Complain);
        foreach (var complaint in complaints)
            findings.AddDamage(file.Path, complaint);
        return complaints.Count == 0;
    }

    private void ReadRows(CancellationToken cancellation)
    {
        using var properties = ArrowReaderProperties.GetDefault();
        properties.UseThreads = false;
        properties.BatchSize = 1 << 16;
        using var reader = new FileReader(file.Path, ReaderProperties.GetDefaultReaderProperties(), properties);
        if (!HasColumns(reader.Schema))
            return;

        using var batches = reader.GetRecordBatchReader();
        // The reader works on a local file: its tasks are complete when it returns them.
        while (batches.ReadNextRecordBatchAsync(cancellation).AsTask().GetAwaiter().GetResult() is { } batch)
        {
            using (batch)
                CheckRows(batch);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private bool HasColumns(Schema found)
    {
        var expected = layout.Schema.FieldsList;
        for (var i = 0; i < Math.Max(found.FieldsList.Count, expected.Count); i++)
        {
            var (column, wanted) = (found.FieldsList.ElementAtOrDefault(i), expected.ElementAtOrDefault(i));
            if (column is null || wanted is null || column.Name != wanted.Name || !RowGroups.Matches(column.DataType, wanted.DataType))
            {
                Complain($"column {i + 1} is {Describe(column)}, expected {Describe(wanted)}");
                return false;
            }
        }
        return true;
    }

    private static string Describe(Field? field) => field is null ? "missing" : RowGroups.Describe(field);

    private void CheckRows(RecordBatch batch)
    {
        rows += batch.Length;
        foreach (var field in layout.Schema.FieldsList)
        {
            var column = batch.Column(field.Name);
            if (!field.IsNullable && column.NullCount > 0)
                Complain($"column '{field.Name}' holds nulls, expected none");
            if (column is StringArray texts && !System.Text.Unicode.Utf8.IsValid(texts.Values))
                Complain($"column '{field.Name}' holds texts that are no UTF-8");
        }

        var classes = (StringArray)batch.Column(TableLayout.Class);
        for (var row = 0; row < classes.Length; row++)
        {
            if (classes.GetString(row) is { } text && !classNames.Contains(text))
                Complain($"row {rows - batch.Length + row + 1} is of the class '{text}', expected one of {string.Join(", ", layout.Classes)}");
        }

        if (((Int32Array)batch.Column(TableLayout.Ordinal)).Values.ContainsAnyInRange(int.MinValue, -1))
            Complain("an ordinal is negative, expected 0 or more");
        statistics.Add(batch);
    }

    /// <summary>A file that is wrong throughout is not worth a line a row.</summary>
    private void Complain(string complaint)
    {
        if (complaints.Count < 10)
            complaints.Add(complaint);
    }
}
