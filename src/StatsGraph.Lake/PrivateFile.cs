using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake;

/// <summary>
/// Small files beside the lake that only their owner may read (mode 0600, in folders of mode 0700). Each appears whole or not at all, and is on
/// disk when a call returns. Any number of processes and machines may write at once.
/// </summary>
public static class PrivateFile
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a file, and its folder where that is missing.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="content">All of its content.</param>
    /// <returns>False when there is a file of that name with other content.</returns>
    /// <exception cref="LakeException">The disk fails.</exception>
    public static bool TryCreate(string path, byte[] content) => Fault.Naming(path, "the file could not be written", () =>
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var isCreated = AtomicFile.TryCreate(path, content, FileMode);
        Folder.Flush(Path.GetDirectoryName(path)!);
        return isCreated;
    });

    /// <summary>Puts a file in place of the one of that name.</summary>
    /// <param name="path">Absolute path; its folder exists.</param>
    /// <param name="content">All of its content.</param>
    /// <exception cref="LakeException">The disk fails.</exception>
    public static void Replace(string path, byte[] content) => Fault.Naming(
        path, "the file could not be written", () => AtomicFile.Replace(path, hidden => Write(hidden, content)));

    private static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(path)!;
        Folder.Create(parent);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, FileMode | UnixFileMode.UserExecute);
        Folder.Flush(parent);
    }

    private static void Write(string path, byte[] content)
    {
        var options = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode;
        using var file = new FileStream(path, options);
        file.Write(content);
    }
}
