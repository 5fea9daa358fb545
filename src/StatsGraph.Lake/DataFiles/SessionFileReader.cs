using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ParquetSharp;
using ParquetSharp.Arrow;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.DataFiles;

/// <summary>
/// Reads the columns of <see cref="SessionColumns"/> out of a data file of whatever writer, a row group at a time. They are found by their
/// names; one that the file does not have is null in all rows.
/// </summary>
internal sealed class SessionFileReader : IDisposable
{
    private const string CouldNotRead = "the data file could not be read";

    private static readonly string[] SessionClasses = [.. new[] { LineClass.Listener, LineClass.Relay, LineClass.Bot }.Select(LineClassNames.Text)];

    private readonly string path;
    private readonly int[] columns;
    private readonly FileReader reader;

    private SessionFileReader(string path, int[] columns, IReadOnlyList<int> rowGroups, FileReader reader)
        => (this.path, this.columns, RowGroups, this.reader) = (path, columns, rowGroups, reader);

    /// <summary>Numbers of the row groups that can hold sessions.</summary>
    public IReadOnlyList<int> RowGroups { get; }

    /// <summary>Opens a data file.</summary>
    /// <exception cref="LakeException">It cannot be read.</exception>
    public static SessionFileReader Open(string path) => Fault.Naming(path, CouldNotRead, () =>
    {
        using var file = new ParquetFileReader(path);
        var columns = SessionColumns.Schema.FieldsList.Select(field => (Field: field, Index: file.FileMetaData.Schema.ColumnIndex(field.Name)))
            .Where(column => column.Index >= 0).ToList();

        using var properties = ArrowReaderProperties.GetDefault();
        properties.UseThreads = false;
        properties.PreBuffer = false;
        properties.BatchSize = DataFiles.RowGroups.MaxRows;
        foreach (var column in columns)
            properties.SetReadDictionary(column.Index, column.Field.DataType is DictionaryType);
        var reader = new FileReader(path, arrowProperties: properties);
        try
        {
            var groups = Enumerable.Range(0, file.FileMetaData.NumRowGroups).Where(group => CanHoldSessions(file, group, reader)).ToList();
            return new SessionFileReader(path, [.. columns.Select(column => column.Index)], groups, reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    });

    /// <summary>All rows of a row group, in order.</summary>
    /// <returns>Batches of <see cref="SessionColumns.Schema"/>; they belong to the caller.</returns>
    /// <exception cref="LakeException">It cannot be read, or a column is none of the lake's.</exception>
    public IEnumerable<RecordBatch> Read(int rowGroup)
    {
        using var batches = Fault.Naming(path, CouldNotRead, () => reader.GetRecordBatchReader([rowGroup], columns));
        while (Fault.Naming(path, CouldNotRead, () => Next(batches)) is { } batch)
            yield return Converted(batch);
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private RecordBatch Converted(RecordBatch batch)
    {
        try
        {
            return SessionColumnTypes.Convert(batch);
        }
        catch (FormatException exception)
        {
            batch.Dispose();
            throw new LakeException($"{path}: the data file has other columns than the lake: {exception.Message}", exception);
        }
    }

    /// <summary>The reader works on a local file: its tasks are complete when it returns them.</summary>
    private static RecordBatch? Next(IArrowArrayStream batches) => batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>
    /// Whether a row group holds lines of a class that sessions have, or of none that is known. The smallest and the largest of its classes
    /// tell it where they are one; else the texts of the column do, which is small.
    /// </summary>
    private static bool CanHoldSessions(ParquetFileReader file, int rowGroup, FileReader reader)
    {
        using var group = file.RowGroup(rowGroup);
        var column = group.MetaData.Schema.ColumnIndex(LineColumns.Class);
        if (column < 0)
            return true;
        using var chunk = group.MetaData.GetColumnChunkMetaData(column);
        using var statistics = chunk.Statistics as Statistics<ByteArray>;
        if (statistics is { HasMinMax: true } && (Text(statistics.Min), Text(statistics.Max)) is var (min, max))
        {
            if (!SessionClasses.Any(text => string.CompareOrdinal(min, text) <= 0 && string.CompareOrdinal(text, max) <= 0))
                return false;
            if (min == max)
                return true;
        }

        using var batches = reader.GetRecordBatchReader([rowGroup], [column]);
        while (Next(batches) is { } batch)
        {
            using (batch)
            {
                if (batch.Column(0) is not DictionaryArray { Dictionary: StringArray classes }
                    || Enumerable.Range(0, classes.Length).Any(index => SessionClasses.Contains(classes.GetString(index))))
                    return true;
            }
        }
        return false;
    }

    private static string Text(ByteArray text) => Marshal.PtrToStringUTF8(text.Pointer, text.Length);
}
