using System.Collections.Concurrent;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.DataFiles;

/// <summary>
/// The data files that were found to be what the log says of them. Each is read once, and again when its size or its time of change is
/// another. Safe for any number of threads.
/// </summary>
internal sealed class IntactFiles
{
    private readonly ConcurrentDictionary<string, (long Size, DateTime Changed)> found = new(StringComparer.Ordinal);

    /// <summary>Checks a file: that it is there, has its size and, where the log keeps one, its checksum.</summary>
    /// <exception cref="LakeException">It is not what the log says; the message names it and tells both.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Check(LakeFile file, CancellationToken cancellation)
    {
        var info = new FileInfo(file.Path);
        var isThere = Fault.Naming(file.Path, "the data file could not be read", () => info.Exists);
        if (!isThere)
            throw Unlike(file, $"it is missing, expected {file.Size} bytes");
        if (info.Length != file.Size)
            throw Unlike(file, $"it has {info.Length} bytes, expected {file.Size}");

        var state = (info.Length, info.LastWriteTimeUtc);
        if (found.TryGetValue(file.Path, out var known) && known == state)
            return;
        if (file.Checksum is { } expected && Checksum.Of(file.Path, cancellation) is var checksum && checksum != expected)
            throw Unlike(file, $"it is damaged: its checksum is {checksum}, expected {expected}");
        found[file.Path] = state;
    }

    /// <summary>Notes that a file is what the log says: its checksum was just taken.</summary>
    public void Add(string path)
    {
        var info = new FileInfo(path);
        if (info.Exists)
            found[path] = (info.Length, info.LastWriteTimeUtc);
    }

    private static LakeException Unlike(LakeFile file, string difference) => new($"{file.Path}: the data file could not be read: {difference}");
}
