using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.Log;

/// <summary>
/// Older versions of the table that somebody wants to read again, in <c>versions/TABLE/MARK/{20 digits}.checkpoint.parquet</c> of the data
/// folder: each a checkpoint that needs no log, under the name of the table's folder and what tells it from a version of the same number in another lake.
/// They stand outside of the log, in which a commit without those after it would be taken for the newest.
/// </summary>
internal sealed class VersionArchive(LakeFolder folder)
{
    /// <summary>Stands for the mark of a version whose commit was gone.</summary>
    private const string NoMark = "none";

    private readonly string root = Path.Combine(folder.Data, DataFolderNames.Versions, Path.GetFileName(folder.Table));

    /// <summary>Its files by version, in no order.</summary>
    public IReadOnlyList<(long Version, string Path)> Files =>
        [.. All.Select(path => (LakeFolder.VersionOf(Path.GetFileName(path)), path)).Where(file => file.Item1 is not null).Select(file => (file.Item1!.Value, file.path))];

    /// <summary>What a crash left beside them.</summary>
    public IReadOnlyList<string> Leftovers => [.. All.Where(path => FileNames.KindOf(path) == FileKind.Hidden)];

    private IEnumerable<string> All => Directory.Exists(root) ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories) : [];

    /// <summary>A version that is kept; null where it is not.</summary>
    /// <exception cref="LakeException">Its file is damaged.</exception>
    public LogState? Find(long version) => PathOf(version) is { } path ? LogState.Empty.After(folder, [(version, path, CheckpointReader.Read(path))]) : null;

    /// <summary>What tells the version from one of the same number in another lake; null where it is not known.</summary>
    public string? MarkOf(long version)
        => PathOf(version) is { } path && Path.GetFileName(Path.GetDirectoryName(path)) is not NoMark and var mark ? mark : null;

    /// <summary>Keeps a version, in place of any other of its number.</summary>
    /// <exception cref="LakeException">The disk fails.</exception>
    public void Add(LogState state, string? mark)
    {
        var path = Path.Combine(root, mark ?? NoMark, Path.GetFileName(folder.Checkpoint(state.Version)));
        if (File.Exists(path))
            return;
        Fault.Naming(path, "the version could not be kept", () =>
        {
            Folder.Create(Path.GetDirectoryName(path)!);
            CheckpointWriter.WriteAlone(path, state);
            foreach (var (version, other) in Files)
            {
                if (version == state.Version && other != path)
                    File.Delete(other);
            }
        });
    }

    private string? PathOf(long version) => Files.FirstOrDefault(file => file.Version == version).Path;
}
