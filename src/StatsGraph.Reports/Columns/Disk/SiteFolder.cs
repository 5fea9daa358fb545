using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StatsGraph.Reports.Columns.Disk;

/// <summary>
/// The columns of one site on disk: a manifest and the files that it names, which never change. Whatever is wrong with them, they are not
/// used. For one thread of the process that owns the folder.
/// </summary>
/// <param name="path">The folder; it need not exist.</param>
internal sealed class SiteFolder(string path)
{
    /// <summary>The files of the chunks that were read from here or written to here, for as long as anybody has those chunks.</summary>
    private readonly ConditionalWeakTable<SessionChunk, StoredFile> files = [];

    /// <summary>What the folder holds; null where it holds nothing. Checksums are compared on all cores.</summary>
    /// <param name="aliases">Digest of what the site's configuration contributes.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="UnusableColumnsException">It cannot be used; the message says why.</exception>
    public StoredColumns? Load(string aliases, CancellationToken cancellation)
    {
        if (ColumnManifest.Read(path) is not { } manifest)
            return null;
        if (manifest.Aliases != aliases)
            throw new UnusableColumnsException("the site's mount aliases were others");
        var texts = TextsFile.Read(manifest.Texts.Read(path));
        var listeners = MemoryMarshal.Cast<byte, long>(manifest.Listeners.Read(path)).ToArray();
        var chunks = MapAll(manifest.Chunks, cancellation);
        return new StoredColumns(
            manifest.Version, manifest.Mark, manifest.LakeFiles, new SiteColumns(texts, chunks, listeners.Length), listeners);
    }

    /// <summary>
    /// Writes chunks that have no file yet, and gives those that are in files instead of those in memory: the very same rows.
    /// </summary>
    /// <exception cref="IOException">One cannot be written; then all of them are what they were.</exception>
    public IReadOnlyList<SessionChunk> Keep(IEnumerable<SessionChunk> chunks) => Undoing(written => Keep(chunks, written));

    /// <summary>
    /// Writes down the columns of a version, in place of what the folder holds. Chunks that have a file already are not written again.
    /// </summary>
    /// <returns>The same columns, of chunks in files.</returns>
    /// <exception cref="IOException">Something cannot be written; the folder holds what it held before.</exception>
    public SiteColumns Save(StoredColumns state, string aliases) => Undoing(written =>
    {
        var columns = state.Columns with { Chunks = Keep(state.Columns.Chunks, written) };
        var (texts, count) = TextsFile.Write(columns.Texts);
        var manifest = new ColumnManifest
        {
            Format = ColumnManifest.CurrentFormat,
            IsLittleEndian = BitConverter.IsLittleEndian,
            Aliases = aliases,
            Version = state.Version,
            Mark = state.Mark,
            LakeFiles = state.LakeFiles,
            Chunks = [.. columns.Chunks.Select(FileOf)],
            Texts = Write("texts", count, texts, written),
            Listeners = Write("listeners", state.Listeners.Length, MemoryMarshal.AsBytes(state.Listeners.Span), written),
        };
        manifest.Write(path);
        Sweep(manifest);
        return columns;
    });

    /// <summary>Deletes what the manifest does not name; all of it where there is no manifest that can be used.</summary>
    public void Sweep()
    {
        try
        {
            Sweep(ColumnManifest.Read(path));
        }
        catch (UnusableColumnsException)
        {
            Sweep(manifest: null);
        }
    }

    private void Sweep(ColumnManifest? manifest)
    {
        var named = manifest?.Files.ToHashSet(StringComparer.Ordinal) ?? [];
        try
        {
            foreach (var file in Directory.GetFiles(path, "*" + StoredFile.Extension).Where(file => !named.Contains(Path.GetFileName(file))))
                StoredFile.Discard(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is no folder yet, or it cannot be listed: what is in it does no harm.
        }
    }

    private SessionChunk[] MapAll(IReadOnlyList<StoredFile> stored, CancellationToken cancellation)
    {
        var chunks = new SessionChunk[stored.Count];
        try
        {
            Parallel.For(0, stored.Count, new ParallelOptions { CancellationToken = cancellation }, place =>
            {
                chunks[place] = stored[place].Map(path);
                files.Add(chunks[place], stored[place]);
            });
        }
        catch (AggregateException exception) when (exception.InnerExceptions.OfType<UnusableColumnsException>().FirstOrDefault() is { } unusable)
        {
            throw new UnusableColumnsException(unusable.Message, exception);
        }

        return chunks;
    }

    /// <summary>Does work that writes files; where it fails they are deleted, so that a disk that is full is no fuller for it.</summary>
    private T Undoing<T>(Func<List<StoredFile>, T> work)
    {
        var written = new List<StoredFile>();
        try
        {
            Directory.CreateDirectory(path);
            return work(written);
        }
        catch
        {
            written.ForEach(file => StoredFile.Discard(Path.Combine(path, file.Name)));
            throw;
        }
    }

    private StoredFile Write(string kind, int rows, ReadOnlySpan<byte> content, List<StoredFile> written)
    {
        var file = StoredFile.Write(path, kind, rows, content);
        written.Add(file);
        return file;
    }

    private List<SessionChunk> Keep(IEnumerable<SessionChunk> chunks, List<StoredFile> written) =>
        [.. chunks.Select(chunk => IsKept(chunk) ? chunk : Keep(chunk, written))];

    private SessionChunk Keep(SessionChunk chunk, List<StoredFile> written)
    {
        var stored = Write("chunk", chunk.Rows, chunk.Memory.Span, written);
        GC.KeepAlive(chunk);
        var twin = new SessionChunk(chunk.Rows, MappedFile.Open(Path.Combine(path, stored.Name), chunk.Memory.Length));
        files.Add(twin, stored);
        return twin;
    }

    /// <summary>Somebody may have deleted the file: then the chunk is written again, from what is mapped.</summary>
    private bool IsKept(SessionChunk chunk) => files.TryGetValue(chunk, out var stored) && File.Exists(Path.Combine(path, stored.Name));

    private StoredFile FileOf(SessionChunk chunk) => files.TryGetValue(chunk, out var stored) ? stored
        : throw new InvalidOperationException("A chunk that was just written has no file.");
}
