namespace StatsGraph.Lake.Disk;

/// <summary>
/// Files that appear under their name with all of their content or not at all. Until then they are hidden in the same
/// folder; on every road, failures included, the hidden file is removed.
/// </summary>
internal static class AtomicFile
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
            FailPoint.Reach(path, "before-create");
            Write(hidden, path, content, mode);
            FailPoint.Reach(path, "flushed");
            var isNamed = TryNameOrFind(hidden, path, content);
            FailPoint.Reach(path, "named");
            return isNamed;
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
            FailPoint.Reach(path, "before-create");
            write(hidden);
            FailPoint.Reach(path, "written");
            Flush(hidden);
            FailPoint.Reach(path, "flushed");
            File.Move(hidden, path, overwrite: true);
            FailPoint.Reach(path, "named");
            Folder.Flush(Path.GetDirectoryName(path)!);
            FailPoint.Reach(path, "folder-flushed");
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

    private static string HiddenName(string path)
        => Path.Combine(Path.GetDirectoryName(path)!, FileNames.NewHidden(Path.GetFileName(path)));

    /// <summary>Writes in two halves, so that a test can see that a half does no harm.</summary>
    private static void Write(string hidden, string path, byte[] content, UnixFileMode? mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (mode is not null && !OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        using var file = new FileStream(hidden, options);
        FailPoint.Reach(path, "created");
        file.Write(content.AsSpan(0, content.Length / 2));
        FailPoint.Reach(path, "half-written");
        file.Write(content.AsSpan(content.Length / 2));
        FailPoint.Reach(path, "written");
        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Over a network a name can be given although the answer is lost: then the call fails, or its repetition finds the name taken. So the
    /// content under the name tells whose file it is.
    /// </summary>
    /// <exception cref="UncertainNameException">It cannot be told whose file it is, or whether there is one.</exception>
    private static bool TryNameOrFind(string hidden, string path, byte[] content)
    {
        try
        {
            return TryName(hidden, path) || Finds(path, content);
        }
        catch (UncertainNameException) when (File.Exists(path))
        {
            return Finds(path, content);
        }
    }

    private static bool Finds(string path, byte[] content)
    {
        try
        {
            return IsContent(path, content);
        }
        catch (Exception exception) when ((exception is IOException or UnauthorizedAccessException) && !Directory.Exists(path))
        {
            throw new UncertainNameException(exception);
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
}
