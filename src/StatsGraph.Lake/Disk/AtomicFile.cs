using System.Text.RegularExpressions;

namespace StatsGraph.Lake.Disk;

/// <summary>
/// Files that appear under their name with all of their content or not at all. Until then they are hidden in the same
/// folder; on every road, failures included, the hidden file is removed.
/// </summary>
internal static partial class AtomicFile
{
    /// <summary>
    /// Creates a file, its content flushed to disk, unless there is one of that name. Its name is on disk once the folder is flushed.
    /// </summary>
    /// <param name="path">The file's name; its folder exists.</param>
    /// <param name="content">All of its content.</param>
    /// <param name="mode">Permissions on Unix; null for the process's default.</param>
    /// <returns>False when another's file has the name.</returns>
    public static bool TryCreate(string path, byte[] content, UnixFileMode? mode = null)
    {
        var hidden = HiddenName(path);
        try
        {
            Write(hidden, content, mode);
            return TryNameOrFind(hidden, path, content);
        }
        finally
        {
            Discard(hidden);
        }
    }

    /// <summary>Puts a file in place of the one of that name, if there is one.</summary>
    /// <param name="path">The file's name; its folder exists.</param>
    /// <param name="write">Writes the content to the path it is given.</param>
    public static void Replace(string path, Action<string> write)
    {
        var hidden = HiddenName(path);
        try
        {
            write(hidden);
            Flush(hidden);
            File.Move(hidden, path, overwrite: true);
            Folder.Flush(Path.GetDirectoryName(path)!);
        }
        finally
        {
            Discard(hidden);
        }
    }

    /// <summary>
    /// Removes a file that nothing refers to. If that fails it does no harm, and what led here is what the caller must hear of.
    /// </summary>
    public static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It stays behind, hidden or in no commit.
        }
    }

    /// <summary>Flushes a written file's content to disk.</summary>
    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Whether a name is that of a file which is not in place yet, or was left behind by a process that was killed.</summary>
    public static bool IsHidden(string name) => Hidden().IsMatch(name);

    private static string HiddenName(string path)
        => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");

    private static void Write(string path, byte[] content, UnixFileMode? mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (mode is not null && !OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        using var file = new FileStream(path, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Over a network a name can be given although the answer is lost: then the call fails, or its repetition finds the name taken. So the
    /// content under the name tells whose file it is.
    /// </summary>
    private static bool TryNameOrFind(string hidden, string path, byte[] content)
    {
        try
        {
            return TryName(hidden, path) || IsContent(path, content);
        }
        catch (IOException) when (File.Exists(path))
        {
            return IsContent(path, content);
        }
    }

    private static bool IsContent(string path, byte[] content) => File.ReadAllBytes(path).AsSpan().SequenceEqual(content);

    private static bool TryName(string hidden, string path)
    {
        if (!OperatingSystem.IsWindows())
            return Posix.TryLink(hidden, path);

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

    [GeneratedRegex(@"\A\..+\.[0-9a-f]{32}\.tmp\z")]
    private static partial Regex Hidden();
}
