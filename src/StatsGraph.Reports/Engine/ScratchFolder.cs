namespace StatsGraph.Reports.Engine;

/// <summary>
/// A folder for what can be made again. It goes when it is disposed; one that a killed process left behind goes when the next one is made.
/// A lock on a file in it, which the system drops with the process, tells those in use.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "statsgraph-scratch-";
    private const string LockName = "in-use";
    private const int Attempts = 20;

    private readonly DirectoryInfo folder;
    private readonly FileStream mark;

    /// <summary>Makes a folder of its own among the system's temporary files.</summary>
    public ScratchFolder()
    {
        RemoveOrphans();
        for (var attempt = 1; ; attempt++)
        {
            folder = Directory.CreateTempSubdirectory(Prefix);
            try
            {
                mark = Lock(folder, FileMode.CreateNew);
                if (File.Exists(mark.Name))
                    return;

                // Another process took the new folder for an orphan, and had it removed between the making of the file and the lock on it.
                mark.Dispose();
            }
            catch (IOException) when (attempt < Attempts)
            {
                // The same, while it was being removed.
            }
        }
    }

    /// <summary>Absolute path.</summary>
    public string Path => folder.FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Something else cleaned up before, or holds a file: the next process tries again.
        }

        mark.Dispose();
    }

    private static FileStream Lock(DirectoryInfo folder, FileMode mode) =>
        new(System.IO.Path.Combine(folder.FullName, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    private static void RemoveOrphans()
    {
        foreach (var other in new DirectoryInfo(System.IO.Path.GetTempPath()).EnumerateDirectories(Prefix + "*"))
        {
            try
            {
                using var orphan = Lock(other, FileMode.Open);
                other.Delete(recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // In use, just being made, gone already, or another user's: not ours to remove.
            }
        }
    }
}
