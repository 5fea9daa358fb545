using StatsGraph.Lake;

namespace StatsGraph.Ingest.Logs;

/// <summary>Which logs a list of paths names: files, folders, globs and <c>-</c>, each log once, in the order given.</summary>
internal sealed class LogSelection
{
    /// <summary>Logs that servers write beside their access logs.</summary>
    private static readonly string[] OtherLogs = ["error.log", "usage.log"];

    private readonly List<LogFile> logs = [];
    private readonly List<IngestProblem> problems = [];
    private readonly List<string> notes = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>The logs, in the order in which they are to be read.</summary>
    public IReadOnlyList<LogFile> Logs => logs;

    /// <summary>Paths that name nothing.</summary>
    public IReadOnlyList<IngestProblem> Problems => problems;

    /// <summary>What was left out on purpose.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Finds the logs that paths name.</summary>
    /// <param name="paths">The paths.</param>
    public static LogSelection Of(IEnumerable<string> paths)
    {
        var selection = new LogSelection();
        foreach (var path in paths)
            selection.AddPath(path);
        return selection;
    }

    private void AddPath(string path)
    {
        if (path == LogFile.StandardInput)
            Add(new LogFile(path, null), path);
        else if (Directory.Exists(path))
            AddNamedFolder(path);
        else if (File.Exists(path))
            AddFile(path);
        else if (Glob.IsGlob(path))
            AddGlob(path);
        else
            problems.Add(new IngestProblem(path, "no such file or folder"));
    }

    private void AddGlob(string pattern)
    {
        var found = Glob.Expand(pattern);
        if (found.Count == 0)
            problems.Add(new IngestProblem(pattern, "no file matches"));
        foreach (var path in found)
        {
            if (Directory.Exists(path))
                AddNamedFolder(path);
            else if (FileType.IsSpecial(path))
                notes.Add($"{path}: skipped, a pipe, socket or device");
            else
                AddFile(path);
        }
    }

    private void AddNamedFolder(string folder)
    {
        try
        {
            if (!AddFolder(folder))
                problems.Add(new IngestProblem(folder, "the folder holds no log"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new IngestProblem(folder, $"the folder cannot be listed: {exception.Message}"));
        }
    }

    /// <summary>Adds the logs of a folder and the folders in it; false when there is none. Links to folders are not followed.</summary>
    private bool AddFolder(string folder)
    {
        var any = false;
        foreach (var entry in Entries(folder))
        {
            var path = System.IO.Path.Combine(folder, entry.Name);
            if (LakeTable.Owns(path))
            {
                notes.Add($"{path}: skipped, part of a data folder");
            }
            else if (entry is DirectoryInfo directory)
            {
                if (directory.LinkTarget is null)
                    any |= AddFolder(path);
                else
                    notes.Add($"{path}: skipped, a link to a folder");
            }
            else if (Array.Find(OtherLogs, other => entry.Name.StartsWith(other, StringComparison.OrdinalIgnoreCase)) is { } kind)
            {
                notes.Add($"{path}: skipped, named like a server's {kind}");
            }
            else if (FileType.IsSpecial(path))
            {
                notes.Add($"{path}: skipped, a pipe, socket or device");
            }
            else
            {
                AddFile(path);
                any = true;
            }
        }

        return any;
    }

    private static IEnumerable<FileSystemInfo> Entries(string folder)
        => new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .Where(entry => !entry.Name.StartsWith('.'))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private void AddFile(string path)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? System.IO.Path.GetFullPath(path);
        Add(new LogFile(path, path), target);
    }

    private void Add(LogFile log, string identity)
    {
        if (seen.Add(identity))
            logs.Add(log);
    }
}
