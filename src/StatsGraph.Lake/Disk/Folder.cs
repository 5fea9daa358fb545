namespace StatsGraph.Lake.Disk;

/// <summary>Folders whose names are on disk when a call returns.</summary>
internal static class Folder
{
    /// <summary>Makes a folder and those above it where they are missing.</summary>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
            return;

        var parent = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(parent))
            Create(parent);
        Directory.CreateDirectory(path);
        if (!string.IsNullOrEmpty(parent))
            Flush(parent);
    }

    /// <summary>Flushes the names in a folder. Windows keeps them by itself and has no call for it.</summary>
    public static void Flush(string path)
    {
        if (!OperatingSystem.IsWindows())
            Posix.FlushFolder(path);
    }
}
