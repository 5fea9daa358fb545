using System.IO.Enumeration;

namespace StatsGraph.Ingest.Logs;

/// <summary>
/// Expands globs as a shell would, for callers that have none: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders.
/// Hidden files match only where the pattern's name begins with a dot too.
/// </summary>
internal static class Glob
{
    private const string AnyFolders = "**";

    /// <summary>Whether a path holds a wildcard.</summary>
    public static bool IsGlob(string path) => path.AsSpan().ContainsAny('*', '?');

    /// <summary>The files and folders that match, in ordinal order. Folders that cannot be listed match nothing.</summary>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Expand(pattern.StartsWith('/') ? "/" : "", parts, found);
        return [.. found];
    }

    private static void Expand(string folder, ReadOnlySpan<string> parts, SortedSet<string> found)
    {
        var part = parts[0];
        var rest = parts[1..];
        if (part == AnyFolders)
        {
            ExpandAnyFolders(folder, rest, found);
            return;
        }

        if (!IsGlob(part))
        {
            Descend(Path.Combine(folder, part), rest, found);
            return;
        }

        foreach (var entry in Entries(folder))
        {
            if (FileSystemName.MatchesSimpleExpression(part, entry.Name, ignoreCase: false)
                && (!entry.Name.StartsWith('.') || part.StartsWith('.')))
                Descend(Path.Combine(folder, entry.Name), rest, found);
        }
    }

    private static void ExpandAnyFolders(string folder, ReadOnlySpan<string> rest, SortedSet<string> found)
    {
        if (!rest.IsEmpty)
            Expand(folder, rest, found);
        foreach (var entry in Entries(folder))
        {
            var path = Path.Combine(folder, entry.Name);
            if (entry.Name.StartsWith('.'))
                continue;
            if (entry is DirectoryInfo { LinkTarget: null })
                ExpandAnyFolders(path, rest, found);
            else if (rest.IsEmpty)
                found.Add(path);
        }
    }

    private static void Descend(string path, ReadOnlySpan<string> rest, SortedSet<string> found)
    {
        if (!rest.IsEmpty)
            Expand(path, rest, found);
        else if (Path.Exists(path))
            found.Add(path);
    }

    private static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(folder.Length == 0 ? "." : folder).GetFileSystemInfos();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
