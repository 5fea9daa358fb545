using Apache.Arrow;
using Apache.Arrow.Types;
using ParquetSharp.Arrow;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.DataFiles;

/// <summary>Reads a data file that the lake wrote, a row group at a time, texts as dictionaries.</summary>
internal sealed class DataFileReader : IDisposable
{
    private readonly string path;
    private readonly TableLayout layout;
    private readonly FileReader reader;

    private DataFileReader(string path, TableLayout layout, FileReader reader) => (this.path, this.layout, this.reader) = (path, layout, reader);

    /// <summary>Number of row groups.</summary>
    public int RowGroups => reader.NumRowGroups;

    /// <summary>Opens a data file.</summary>
    /// <exception cref="LakeException">It cannot be read.</exception>
    public static DataFileReader Open(string path, TableLayout layout) => Fault.Naming(path, "the data file could not be read", () =>
    {
        using var properties = ArrowReaderProperties.GetDefault();
        properties.UseThreads = false;
        // What is read ahead of a local file is only kept in memory until the file is closed.
        properties.PreBuffer = false;
        // A row group in as few batches as can be: one, unless its dictionary outgrew a page.
        properties.BatchSize = DataFiles.RowGroups.MaxRows;
        for (var i = 0; i < layout.Schema.FieldsList.Count; i++)
            properties.SetReadDictionary(i, layout.Schema.GetFieldByIndex(i).DataType is StringType);
        return new DataFileReader(path, layout, new FileReader(path, arrowProperties: properties));
    });

    /// <summary>All rows of a row group, in order.</summary>
    /// <param name="rowGroup">Its number, from 0.</param>
    /// <returns>Batches of the table's schema, whose texts are dictionaries; they belong to the caller.</returns>
    /// <exception cref="LakeException">It cannot be read, or has other columns than the lake.</exception>
    public List<RecordBatch> Read(int rowGroup)
    {
        var batches = Read(rowGroup, columns: null);
        try
        {
            batches.ForEach(batch => DataFiles.RowGroups.Check(batch, layout));
            return batches;
        }
        catch (ArgumentException exception)
        {
            batches.ForEach(batch => batch.Dispose());
            throw new LakeException($"{path}: the data file has other columns than the lake: {exception.Message}", exception);
        }
    }

    /// <summary>Class and time of all rows of a row group, in order.</summary>
    /// <param name="rowGroup">Its number, from 0.</param>
    /// <returns>Batches of the class, as dictionary, and the layout's time; they belong to the caller.</returns>
    /// <exception cref="LakeException">It cannot be read.</exception>
    public List<RecordBatch> ReadOrder(int rowGroup)
        => Read(rowGroup, [layout.Schema.GetFieldIndex(TableLayout.Class), layout.Schema.GetFieldIndex(layout.Time)]);

    /// <summary>What decides on the visit of all rows of a row group of lines, in order.</summary>
    /// <param name="rowGroup">Its number, from 0.</param>
    /// <returns>Batches of class, as dictionary, start, end and listener; they belong to the caller.</returns>
    /// <exception cref="LakeException">It cannot be read.</exception>
    public List<RecordBatch> ReadSessions(int rowGroup)
        => Read(rowGroup, [.. new[] { LineColumns.Class, LineColumns.StartedAt, LineColumns.EndedAt, LineColumns.Listener }
            .Select(column => LineColumns.Schema.GetFieldIndex(column))]);

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private List<RecordBatch> Read(int rowGroup, int[]? columns) => Fault.Naming(path, "the data file could not be read", () =>
    {
        var found = new List<RecordBatch>();
        using var batches = reader.GetRecordBatchReader([rowGroup], columns);
        // The reader works on a local file: its tasks are complete when it returns them.
        while (batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
            found.Add(batch);
        return found;
    });
}
