using StatsGraph.Lake.Disk;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Verification;

/// <summary>
/// Finds the files of the lake's own naming that are no part of it. One that is younger than a file may wait for its commit is as good as one
/// that is being written, which is nothing to tell: if it is not, it is told when it is older.
/// </summary>
internal static class Orphans
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    private static readonly EnumerationOptions OneFolder = new() { AttributesToSkip = FileAttributes.None };

    public static void Find(LakeFolder folder, LogState state, FindingList findings)
    {
        var young = TimeProvider.System.GetUtcNow().UtcDateTime - DeltaLog.LongestWait;
        var known = state.Adds.Select(file => file.Path).Concat(state.Removed).Concat(Kept(folder, findings)).ToHashSet(StringComparer.Ordinal);
        var files = Files(folder.Data, OneFolder).Concat(Files(folder.Table, Everything)).Order(StringComparer.Ordinal);
        foreach (var path in files.Where(path => !known.Contains(path) && IsOlder(path, young)))
        {
            if (FileNames.KindOf(path) == FileKind.Data)
                findings.AddWarning(path, "no part of the lake: a crash left this data file behind, or it left the lake long ago; it counts nowhere");
            else if (FileNames.KindOf(path) == FileKind.Hidden)
                findings.AddWarning(path, "no part of the lake: a crash left this hidden file behind; it counts nowhere");
        }
    }

    /// <summary>Data files of versions that are kept to be read again.</summary>
    private static IEnumerable<string> Kept(LakeFolder folder, FindingList findings)
    {
        var archive = new VersionArchive(folder);
        return archive.Files
            .SelectMany(file => findings.Try(file.Path, () => archive.Find(file.Version) ?? LogState.Empty)?.Adds.Select(add => add.Path) ?? []);
    }

    /// <summary>A file that is not there any more, since its writer named or removed it, is not told either.</summary>
    private static bool IsOlder(string path, DateTime instant) => new FileInfo(path) is { Exists: true } file && file.LastWriteTimeUtc < instant;

    private static IEnumerable<string> Files(string folder, EnumerationOptions options)
        => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", options) : [];
}
