using StatsGraph.Lake;

namespace StatsGraph.Reports.Columns.Disk;

/// <summary>
/// The folder <c>columns</c> of a data folder, with a folder for each site: derived from the lake, to be deleted at any time. One process
/// owns it, by a lock that the system drops with the process.
/// </summary>
/// <param name="data">The data folder.</param>
internal sealed class ColumnFolder(string data) : IDisposable
{
    private const string LockName = "in-use";

    private readonly string path = LakeTable.DerivedFolder(data);
    private FileStream? mark;

    /// <summary>Makes the folder this process's own where it is not. It may have been deleted since the last time, the lock with it.</summary>
    /// <exception cref="IOException">It is another process's, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public void Own()
    {
        var name = Path.Combine(path, LockName);
        if (mark is not null && File.Exists(name))
            return;
        Dispose();
        Directory.CreateDirectory(path);
        mark = new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>The folder of a site.</summary>
    public SiteFolder Site(string key) => new(Path.Combine(path, key));

    /// <summary>Deletes the folders of all sites but these. What cannot be deleted stays and does no harm.</summary>
    public void Sweep(IReadOnlyCollection<string> sites)
    {
        try
        {
            foreach (var folder in new DirectoryInfo(path).GetDirectories().Where(folder => !sites.Contains(folder.Name)))
                folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start tries again.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        mark?.Dispose();
        mark = null;
    }
}
