using StatsGraph.Lake.Disk;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Upkeep;

/// <summary>
/// Deletes what the newest version of the lake does not need. The files are listed before the log is read: one that is committed in
/// between is known, and one that is not committed is younger than a leftover, or its writer gives up.
/// </summary>
internal sealed class LakeVacuum(LakeFolder folder, DeltaLog log, TimeProvider time, VacuumOptions options)
{
    /// <summary>Milliseconds: the first commit comes after its data file, and so do those of runs that were killed before it.</summary>
    private const long FirstCommitPatience = 7 * 24 * 3_600_000L;

    /// <summary>What is reached by a link may be part of the lake under its own name.</summary>
    private static readonly EnumerationOptions WithoutLinks = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    private readonly DateTimeOffset now = time.GetUtcNow();
    private readonly List<string> strange = [];
    private readonly VersionArchive archive = new(folder);
    private KeptVersions? kept;
    private RemovalHistory? history;
    private int keptFiles;
    private int dataFiles;
    private int logFiles;
    private int leftovers;
    private long bytes;

    /// <inheritdoc cref="LakeTable.Vacuum"/>
    public VacuumResult Run(CancellationToken cancellation)
    {
        var (ofLog, others) = Files();
        var state = log.Refresh();
        kept = new KeptVersions(archive, log, state, WantedVersion.Of(folder.Layout, options.Keep));
        foreach (var file in others)
        {
            cancellation.ThrowIfCancellationRequested();
            Judge(file, state);
        }
        if (state.Version >= 0)
            CleanLog(ofLog, state, cancellation);
        CleanArchive();
        return new VacuumResult(dataFiles, logFiles, leftovers, bytes, [.. strange.Order(StringComparer.Ordinal)]) { Kept = keptFiles };
    }

    /// <summary>All files that there are: those of the log's folder, and those of the data folder and the rest of the lake's.</summary>
    private (List<FileInfo> Log, List<FileInfo> Others) Files() => Fault.Naming(folder.Data, "the data folder could not be listed", () =>
    {
        if (!Directory.Exists(folder.Table))
            return ([], []);

        var all = new DirectoryInfo(folder.Table).EnumerateFiles("*", WithoutLinks)
            .Concat(OfDataFolder())
            .ToLookup(file => file.DirectoryName == folder.Log && !IsHidden(file));
        return (all[true].ToList(), all[false].ToList());
    });

    /// <summary>What lies beside the tables belongs to that of lines, so that it is counted once.</summary>
    private IEnumerable<FileInfo> OfDataFolder()
        => folder.Layout == TableLayout.Lines ? new DirectoryInfo(folder.Data).EnumerateFiles().Where(IsHidden) : [];

    private static bool IsHidden(FileInfo file) => FileNames.KindOf(file.Name) == FileKind.Hidden;

    /// <summary>Before the first commit nobody can say what a data file is of, so that only what is hidden may go.</summary>
    private void Judge(FileInfo file, LogState state)
    {
        if (IsHidden(file))
        {
            if (IsOlder(file, VacuumOptions.LeftoverAge) && Delete(file))
                leftovers++;
        }
        else if (state.Version >= 0 && state.Find(file.FullName) is null)
        {
            if (FileNames.KindOf(file.Name) != FileKind.Data || file.Directory!.Parent!.FullName != folder.Table || IsFromBefore(file, state))
                strange.Add(file.FullName);
            else if (kept!.Needs(file.FullName))
                keptFiles++;
            else if (IsUnneeded(file, state) && Delete(file))
                dataFiles++;
        }
    }

    /// <summary>Whether a data file is older than the table: it is of a lake whose log was lost, and may be all that is left of it.</summary>
    private static bool IsFromBefore(FileInfo file, LogState state)
        => state.MetaData?.CreatedTime is { } created && new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds() < created - FirstCommitPatience;

    /// <summary>
    /// Whether a data file left the lake, or never came into it, long enough ago. When the state does not tell any more, it left longer ago than
    /// a checkpoint keeps removals; for a greater age the commits tell, and where they are gone the file stays until what is left of them is
    /// older than that.
    /// </summary>
    private bool IsUnneeded(FileInfo file, LogState state)
        => state.RemovedAt(file.FullName) is { } removed ? removed + options.Age <= now
            : options.Age <= CheckpointWriter.TombstoneRetention ? IsOlder(file, VacuumOptions.LeftoverAge)
            : IsOlder(file, options.Age) && (history ??= new RemovalHistory(folder, state.Version)).HadLeft(file.FullName, now - options.Age);

    /// <summary>
    /// Commits and checkpoints before a checkpoint that is itself older than the age: every version younger than that can still be read, and
    /// so can the newest, which the checkpoint has to prove. However small the age, a process that saw an older version gets a day to commit
    /// after it: the name of its commit must be taken, or else that commit would come before the checkpoint and be read by nobody.
    /// </summary>
    private void CleanLog(List<FileInfo> files, LogState state, CancellationToken cancellation)
    {
        var start = Start(state);
        if (!options.DryRun)
            kept!.PutAside(start, log.MarkOf);
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (LakeFolder.VersionOf(file.Name) is { } version)
            {
                if (version < start && Delete(file))
                    logFiles++;
            }
            else if (file.FullName != folder.LastCheckpoint)
            {
                strange.Add(file.FullName);
            }
        }
    }

    private void CleanArchive()
    {
        logFiles += kept!.Unwanted().Count(Delete);
        leftovers += archive.Leftovers.Select(path => new FileInfo(path)).Count(file => IsOlder(file, VacuumOptions.LeftoverAge) && Delete(file));
    }

    /// <summary>The newest checkpoint that is old enough and from which the log is whole; -1 when there is none.</summary>
    /// <exception cref="LakeException">That checkpoint cannot be read.</exception>
    private long Start(LogState state)
    {
        var commits = folder.Commits().ToHashSet();
        var first = state.Version;
        while (commits.Contains(first))
            first--;
        var start = folder.Checkpoints()
            .Where(version => version >= first && version <= state.Version && IsOlder(new FileInfo(folder.Checkpoint(version)), LogAge))
            .DefaultIfEmpty(-1).Max();
        if (start >= 0)
            _ = CheckpointReader.Read(folder.Checkpoint(start));
        return start;
    }

    private TimeSpan LogAge => options.Age > VacuumOptions.LeftoverAge ? options.Age : VacuumOptions.LeftoverAge;

    private bool IsOlder(FileInfo file, TimeSpan age) => file.LastWriteTimeUtc + age <= now;

    /// <summary>Deletes a file; false when somebody else just did.</summary>
    private bool Delete(FileInfo file) => Fault.Naming(file.FullName, "the file could not be deleted", () =>
    {
        if (!File.Exists(file.FullName))
            return false;
        bytes += file.Length;
        if (options.DryRun)
            return true;
        File.Delete(file.FullName);
        FailPoint.Reach(file.FullName, "deleted");
        return true;
    });
}
