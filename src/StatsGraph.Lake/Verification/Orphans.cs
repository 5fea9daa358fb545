using StatsGraph.Lake.Disk;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Verification;

/// <summary>Finds the files of the lake's own naming that are no part of it.</summary>
internal static class Orphans
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    private static readonly EnumerationOptions OneFolder = new() { AttributesToSkip = FileAttributes.None };

    public static void Find(LakeFolder folder, LogState state, FindingList findings)
    {
        var known = state.Adds.Select(file => file.Path).Concat(state.Removed).ToHashSet(StringComparer.Ordinal);
        var files = Files(folder.Data, OneFolder).Concat(Files(folder.Table, Everything)).Order(StringComparer.Ordinal);
        foreach (var path in files.Where(path => !known.Contains(path)))
        {
            if (FileNames.KindOf(path) == FileKind.Data)
                findings.AddWarning(path, "no commit names this data file: a crash left it behind, or it is being written; it counts nowhere");
            else if (FileNames.KindOf(path) == FileKind.Hidden)
                findings.AddWarning(path, "a hidden file that a crash left behind, or that is being written; it counts nowhere");
        }
    }

    private static IEnumerable<string> Files(string folder, EnumerationOptions options)
        => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", options) : [];
}
