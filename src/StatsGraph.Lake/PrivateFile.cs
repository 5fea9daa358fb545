using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake;

/// <summary>
/// Small files beside the lake that only their owner may read (mode 0600, in folders of mode 0700). Each appears whole or not at all, and is on
/// disk when a call returns. Any number of processes and machines may write at once.
/// </summary>
public static class PrivateFile
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>Creates a file, and its folder where that is missing.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="content">All of its content.</param>
    /// <returns>False when there is a file of that name.</returns>
    /// <exception cref="LakeException">The disk fails.</exception>
    public static bool TryCreate(string path, byte[] content) => Fault.Naming(path, "the file could not be written", () =>
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        return TryWrite(path, content, hidden => OperatingSystem.IsWindows() ? TryMove(hidden, path) : Posix.TryLink(hidden, path));
    });

    /// <summary>Puts a file in place of the one of that name.</summary>
    /// <param name="path">Absolute path; its folder exists.</param>
    /// <param name="content">All of its content.</param>
    /// <exception cref="LakeException">The disk fails.</exception>
    public static void Replace(string path, byte[] content) => Fault.Naming(path, "the file could not be written", () => TryWrite(path, content, hidden =>
    {
        File.Move(hidden, path, overwrite: true);
        return true;
    }));

    private static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(path)!;
        Folder.Create(parent);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnersFolder);
        Folder.Flush(parent);
    }

    /// <summary>Writes under a hidden name, which is gone at the end whatever happens.</summary>
    private static bool TryWrite(string path, byte[] content, Func<string, bool> tryName)
    {
        var folder = Path.GetDirectoryName(path)!;
        var hidden = Path.Combine(folder, FileNames.NewHidden(Path.GetFileName(path)));
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnersFile;
            using (var file = new FileStream(hidden, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            var isNamed = tryName(hidden);
            Folder.Flush(folder);
            return isNamed;
        }
        finally
        {
            AtomicFile.Discard(hidden);
        }
    }

    private static bool TryMove(string hidden, string path)
    {
        try
        {
            File.Move(hidden, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }
}
