using Apache.Arrow;
using StatsGraph.Lake.DataFiles;

namespace StatsGraph.Lake.Upkeep;

/// <summary>
/// The rows of several data files in the lake's order, as row groups. First only what the order depends on is read; then each source's row
/// group when it is needed, and it is forgotten after its last row. So files that follow one another in time are never in memory
/// all at once.
/// </summary>
internal sealed class FileMerge : IDisposable
{
    private readonly List<DataFileReader> files = [];
    private readonly List<(int File, int RowGroup)> sources = [];
    private readonly Dictionary<int, List<RecordBatch>> loaded = [];
    private readonly List<ReadOnlyMemory<RowPlace>> rowGroups;
    private readonly TableLayout layout;
    private readonly Schema schema;

    /// <summary>Opens files and finds the order of their rows.</summary>
    /// <param name="paths">Data files that the lake wrote.</param>
    /// <param name="layout">Their table.</param>
    /// <param name="expectedRows">How many rows they should hold.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="LakeException">A file cannot be read.</exception>
    public FileMerge(IEnumerable<string> paths, TableLayout layout, long expectedRows, CancellationToken cancellation)
    {
        (this.layout, schema) = (layout, SchemaOf(layout));
        var order = new RowOrder(expectedRows, layout.Cluster);
        try
        {
            foreach (var path in paths)
            {
                cancellation.ThrowIfCancellationRequested();
                Open(path, order);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
        rowGroups = [.. order.RowGroups()];
        Rows = order.Rows;
    }

    /// <summary>Number of rows.</summary>
    public long Rows { get; }

    /// <summary>The columns of <see cref="RowGroups"/>: the table's, texts as dictionaries.</summary>
    public static Schema SchemaOf(TableLayout layout) => new DataFiles.RowGroups([], layout).Schema;

    /// <summary>The row groups, one after the other; each is let go when the next one is asked for.</summary>
    /// <exception cref="LakeException">A file cannot be read, or has other columns than the lake.</exception>
    public IEnumerable<RecordBatch> RowGroups()
    {
        var lastUse = new Dictionary<int, int>();
        for (var i = 0; i < rowGroups.Count; i++)
        {
            foreach (var place in rowGroups[i].Span)
                lastUse[place.Group] = i;
        }

        for (var i = 0; i < rowGroups.Count; i++)
        {
            using var batch = Gather(rowGroups[i].Span);
            yield return batch;
            foreach (var group in loaded.Keys.Where(group => lastUse[group] == i).ToList())
                Forget(group);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var group in loaded.Keys.ToList())
            Forget(group);
        files.ForEach(file => file.Dispose());
        files.Clear();
    }

    private void Open(string path, RowOrder order)
    {
        var file = DataFileReader.Open(path, layout);
        files.Add(file);
        for (var i = 0; i < file.RowGroups; i++)
        {
            var batches = file.ReadOrder(i);
            order.Add(sources.Count, batches);
            batches.ForEach(batch => batch.Dispose());
            sources.Add((files.Count - 1, i));
        }
    }

    private RecordBatch Gather(ReadOnlySpan<RowPlace> places)
    {
        var (batches, runs) = (new List<RecordBatch>(), new List<SourceRun>());
        var numbers = new Dictionary<int, int>();
        foreach (var place in places)
        {
            if (!numbers.TryGetValue(place.Group, out var first))
            {
                numbers.Add(place.Group, first = batches.Count);
                batches.AddRange(Load(place.Group));
            }
            Append(runs, batches, first, place.Row);
        }
        var rows = places.Length;
        return new RecordBatch(schema, Enumerable.Range(0, schema.FieldsList.Count)
            .Select(column => ColumnMerge.Merge([.. batches.Select(batch => batch.Column(column))], runs, rows)), rows);
    }

    /// <summary>Adds a row to the last run where it follows it, else as a run of its own.</summary>
    private static void Append(List<SourceRun> runs, List<RecordBatch> batches, int batch, int row)
    {
        while (row >= batches[batch].Length)
            row -= batches[batch++].Length;
        if (runs.Count > 0 && runs[^1] is var last && last.Source == batch && last.Start + last.Length == row)
            runs[^1] = last with { Length = last.Length + 1 };
        else
            runs.Add(new SourceRun(batch, row, 1));
    }

    private List<RecordBatch> Load(int group)
    {
        if (!loaded.TryGetValue(group, out var batches))
            loaded.Add(group, batches = files[sources[group].File].Read(sources[group].RowGroup));
        return batches;
    }

    private void Forget(int group)
    {
        loaded[group].ForEach(batch => batch.Dispose());
        loaded.Remove(group);
    }
}
