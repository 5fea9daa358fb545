using StatsGraph.Lake.DataFiles;
using StatsGraph.Lake.Disk;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Verification;

/// <summary>
/// Checks a lake against itself: the log against its checkpoints, each data file against what the log says of it, its rows against its
/// statistics, and that no line is in a site twice. Reads every byte and changes none. Others may append meanwhile.
/// </summary>
public static class LakeVerification
{
    /// <summary>
    /// Verifies the lake of a data folder. Takes the memory of a row group and, for the lines of a site, 16 bytes each but hardly more than
    /// 128 MiB: beyond 8 million lines the two columns of identity are read once more for every further 8 million.
    /// </summary>
    /// <param name="dataFolder">The data folder; it need not exist.</param>
    /// <param name="site">The one site whose data files are checked; null for all.</param>
    /// <param name="cancellation">Ends the verification.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VerificationReport Verify(string dataFolder, string? site, CancellationToken cancellation)
        => Verify(new LakeFolder(Path.GetFullPath(dataFolder)), site, cancellation);

    /// <summary>Verifies the table of plays of a data folder, as <see cref="Verify(string, string?, CancellationToken)"/> does that of lines.</summary>
    /// <returns>What was found; null where the data folder has no plays.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VerificationReport? VerifyPlays(string dataFolder, string? site, CancellationToken cancellation)
    {
        var folder = new LakeFolder(Path.GetFullPath(dataFolder), TableLayout.Plays);
        return folder.HasLines() ? Verify(folder, site, cancellation) : null;
    }

    private static VerificationReport Verify(LakeFolder folder, string? site, CancellationToken cancellation)
    {
        var findings = new FindingList();
        new LogCheck(folder, findings).Run(cancellation);
        var state = ReadLog(folder, findings);
        CheckKey(folder, state, findings);
        var files = CheckFiles(folder, state, site, findings, cancellation);
        if (state is not null)
        {
            TransactionCheck.Run(folder, state, findings);
            Orphans.Find(folder, state, findings);
        }

        return new VerificationReport
        {
            Version = state?.Version ?? -1,
            Commits = folder.Commits().Count(),
            Checkpoints = folder.Checkpoints().Count(),
            Files = files.Count,
            Rows = files.Sum(file => file.Rows),
            Bytes = files.Sum(file => file.Size),
            Findings = findings.All,
        };
    }

    /// <summary>The newest state as readers see it; null where they see none, of which the check of the log has told the cause.</summary>
    private static LogState? ReadLog(LakeFolder folder, FindingList findings)
    {
        var own = new FindingList();
        var state = own.Try(folder.Log, new DeltaLog(folder, TimeProvider.System).Refresh);
        if (findings.All.All(finding => finding.Severity == Severity.Warning))
            own.All.ToList().ForEach(finding => findings.AddDamage(finding.File, finding.Message));
        return state;
    }

    private static void CheckKey(LakeFolder folder, LogState? state, FindingList findings)
    {
        if (!folder.HasLines())
            return;
        if (!File.Exists(folder.Key))
            findings.AddDamage(folder.Key, "the key is missing although there is a lake");
        else if (state?.MetaData is { } metaData)
            findings.Try(folder.Key, () => { LakeKey.Check(folder, metaData.Configuration); return folder; });
    }

    /// <summary>This program keeps the files of a site in the folder of that site: one elsewhere is counted for the wrong site.</summary>
    private static void CheckFolder(LakeFile file, FindingList findings)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(file.Path));
        if (FileNames.KindOf(file.Path) == FileKind.Data && folder != $"{TableLayout.Site}={file.Site}")
            findings.AddDamage(file.Path, $"the log says that the file is of site '{file.Site}', but it is in the folder {folder}");
    }

    /// <summary>The live files of the site; those that are damaged are not compared with others.</summary>
    private static List<LakeFile> CheckFiles(
        LakeFolder folder, LogState? state, string? site, FindingList findings, CancellationToken cancellation)
    {
        if (state is null)
            return [];

        var (checkedFiles, sound) = (new List<LakeFile>(), new List<LakeFile>());
        foreach (var (path, add) in state.Adds)
        {
            cancellation.ThrowIfCancellationRequested();
            if (site is not null && add.PartitionValues.GetValueOrDefault(TableLayout.Site) != site)
                continue;
            if (findings.Try(path, () => FileStatistics.Describe(add, path, folder.Log, folder.Layout)) is not { } file)
                continue;
            checkedFiles.Add(file);
            CheckFolder(file, findings);
            if (new DataFileCheck(file, add.Stats, folder.Layout, findings).Run(cancellation))
                sound.Add(file);
        }

        foreach (var files in sound.GroupBy(file => file.Site))
            IdentityCheck.Run([.. files], folder.Layout, findings, cancellation);
        return checkedFiles;
    }
}
