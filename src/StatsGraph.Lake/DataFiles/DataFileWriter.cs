using Apache.Arrow;
using ParquetSharp;
using ParquetSharp.Arrow;
using ParquetSharp.IO;
using StatsGraph.Lake.Disk;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.DataFiles;

/// <summary>Writes the data file of an append. It is no part of the lake before a commit says so.</summary>
internal sealed class DataFileWriter(LakeFolder folder, string site, TimeProvider time)
{
    /// <summary>Values that are encoded at once.</summary>
    private const int BatchSize = 16_384;

    /// <summary>Writes the new rows of batches to a file of its own and flushes it to disk.</summary>
    /// <returns>The action that adds it to the table.</returns>
    /// <exception cref="LakeException">The disk fails; no file is left.</exception>
    public AddAction Write(IReadOnlyList<RecordBatch> batches, AppendedLines lines, CancellationToken cancellation)
    {
        var groups = new RowGroups(batches, folder.Layout);
        return Write(groups.Schema, batches.SelectMany((batch, i) => groups.Cut(batch, lines.Added(i))), cancellation);
    }

    /// <summary>Writes batches to a file of their own, each as one row group, and flushes it to disk.</summary>
    /// <param name="schema">
    /// The table's schema, or that with dictionaries of texts; the batches have the same columns.
    /// </param>
    /// <param name="rowGroups">The batches; each is asked for when the one before is written, and disposed by the caller.</param>
    /// <param name="cancellation">Ends the writing; no file is left.</param>
    /// <returns>The action that adds it to the table.</returns>
    /// <exception cref="LakeException">The disk fails; no file is left.</exception>
    public AddAction Write(Schema schema, IEnumerable<RecordBatch> rowGroups, CancellationToken cancellation)
    {
        var name = Path.Combine($"{TableLayout.Site}={site}", FileNames.NewDataFile());
        var path = Path.Combine(folder.Table, name);
        try
        {
            Fault.Naming(path, "the data file could not be written", () =>
            {
                // By this order a lake that has no commit yet can be told from one whose log was lost.
                Folder.Create(folder.Log);
                Folder.Create(Path.GetDirectoryName(path)!);
                FailPoint.Reach(path, "before-create");
                WriteParquet(path, schema, rowGroups, cancellation);
                FailPoint.Reach(path, "written");
                AtomicFile.Flush(path);
                FailPoint.Reach(path, "flushed");
                Folder.Flush(Path.GetDirectoryName(path)!);
                FailPoint.Reach(path, "folder-flushed");
            });
            return Add(name, path);
        }
        catch
        {
            AtomicFile.Discard(path);
            throw;
        }
    }

    /// <summary>Writes batches of lines to nowhere, so that what takes long at its first use only was used before it is waited for.</summary>
    public static void Rehearse(IReadOnlyList<RecordBatch> batches)
    {
        using var lines = new AppendedLines(batches, TableLayout.Lines);
        var groups = new RowGroups(batches, TableLayout.Lines);
        using var properties = Properties(TableLayout.Lines);
        using var arrowProperties = ArrowProperties();
        using var nowhere = new ManagedOutputStream(Stream.Null);
        using var writer = new FileWriter(nowhere, groups.Schema, properties, arrowProperties);
        Write(writer, batches.SelectMany((batch, i) => groups.Cut(batch, lines.Added(i))), _ => { }, CancellationToken.None);
    }

    /// <summary>Removes a file that no commit names.</summary>
    public void Delete(AddAction file) => AtomicFile.Discard(FilePath.Decode(folder.Table, file.Path));

    private AddAction Add(string name, string path) => new(
        FilePath.Encode(name),
        new Dictionary<string, string?> { [TableLayout.Site] = site },
        new FileInfo(path).Length,
        time.GetUtcNow().ToUnixTimeMilliseconds(),
        DataChange: true,
        FileStatistics.Read(path, folder.Layout).ToJson(),
        Tags(path));

    /// <summary>What the log says of a file beside its statistics.</summary>
    private Dictionary<string, string?> Tags(string path)
        => new(UndatedLines.Tags(path, folder.Layout) ?? []) { [Checksum.Tag] = Checksum.Of(path, CancellationToken.None) };

    private void WriteParquet(string path, Schema schema, IEnumerable<RecordBatch> rowGroups, CancellationToken cancellation)
    {
        using var properties = Properties(folder.Layout);
        using var arrowProperties = ArrowProperties();
        using var writer = new FileWriter(path, schema, properties, arrowProperties);
        FailPoint.Reach(path, "created");
        Write(writer, rowGroups, point => FailPoint.Reach(path, point), cancellation);
    }

    private static void Write(FileWriter writer, IEnumerable<RecordBatch> rowGroups, Action<string> reached, CancellationToken cancellation)
    {
        foreach (var group in rowGroups)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.NewBufferedRowGroup();
            writer.WriteBufferedRecordBatch(group);
            reached("group-written");
        }

        writer.Close();
    }

    /// <summary>The columns of a row group are encoded on all cores.</summary>
    private static ArrowWriterProperties ArrowProperties()
    {
        using var builder = new ArrowWriterPropertiesBuilder();
        builder.UseThreads(true);
        return builder.Build();
    }

    private static WriterProperties Properties(TableLayout layout)
    {
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(Compression.Zstd);
        foreach (var column in layout.WithoutDictionary)
            builder.DisableDictionary(column);
        foreach (var column in layout.Rising)
            builder.DisableDictionary(column).Encoding(column, Encoding.DeltaBinaryPacked);
        foreach (var field in layout.Schema.FieldsList.Where(field => !layout.Statistics.Contains(field.Name)))
            builder.DisableStatistics(field.Name);
        builder.WriteBatchSize(BatchSize);
        // The default one gives memory back after each file, only to ask for it anew for the next.
        builder.MemoryPool(MemoryPool.SystemMemoryPool());
        return builder.Build();
    }
}
