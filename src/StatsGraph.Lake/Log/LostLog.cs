using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.Log;

/// <summary>
/// Tells a lake whose log was lost from one that has no commit yet, which is what a first ingest leaves that was killed. The folder of the log
/// is made before any data file: however many first ingests were killed, their data files lie beside an empty folder. And a checkpoint's
/// pointer is only where commits were, as is the mark of a vacuum that is younger than a data file.
/// </summary>
internal static class LostLog
{
    /// <summary>Whether there are data files and were commits, but are none any more.</summary>
    public static bool IsIn(LakeFolder folder)
        => DataFiles(folder) is [_, ..] files && HadCommits(folder, files)
            // Asked last: another process may have made the first commit meanwhile, which comes before pointers and marks.
            && !folder.Commits().Any() && !folder.Checkpoints().Any();

    /// <summary>What everything has to say that asks for such a lake: else all that it holds would be forgotten, and deleted in time.</summary>
    public static LakeException Exception(LakeFolder folder) => new(
        $"{folder.Log}: the log of the lake is lost, expected the commits that its data files came with; "
        + "restore the folder from a backup, or ingest all logs into a new data folder");

    private static List<string> DataFiles(LakeFolder folder)
        => Directory.Exists(folder.Table)
            ? [.. Directory.EnumerateFiles(folder.Table, "*", SearchOption.AllDirectories).Where(path => FileNames.KindOf(path) == FileKind.Data)]
            : [];

    private static bool HadCommits(LakeFolder folder, List<string> files)
        => !Directory.Exists(folder.Log) || File.Exists(folder.LastCheckpoint)
            || (File.Exists(folder.VacuumMark) && files.Exists(file => File.GetLastWriteTimeUtc(file) < File.GetLastWriteTimeUtc(folder.VacuumMark)));
}
