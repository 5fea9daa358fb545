using System.Globalization;
using System.IO.Hashing;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.Log;

/// <summary>
/// The log of the table: follows it as it grows, and adds commits to it. Any number of threads and processes may do both.
/// </summary>
internal sealed class DeltaLog(LakeFolder folder, TimeProvider time)
{
    /// <summary>Every so many commits the state is written down whole.</summary>
    public const int CommitsPerCheckpoint = 100;

    /// <summary>
    /// A data file that waited longer for its commit is not committed any more: for a vacuum it soon is a leftover. Less than the age at which
    /// one deletes leftovers, by enough for clocks that differ and a process that is held up.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);

    private readonly VersionArchive archive = new(folder);
    private readonly Lock gate = new();
    private LogState state = LogState.Empty;

    /// <summary>The newest version. Reads only what was committed since the last call.</summary>
    /// <exception cref="LakeException">The log is damaged or lost, or of a table that is not known.</exception>
    public LogState Refresh()
    {
        lock (gate)
            return state = Fault.Naming(folder.Log, "the log could not be read", () => IsWhereItWas() ? FollowOrLoad() : Load());
    }

    /// <summary>An earlier version; null where the log does not tell it any more, or not yet.</summary>
    /// <exception cref="LakeException">The log is damaged, or of a table that is not known.</exception>
    public LogState? At(long version) => Fault.Naming(folder.Log, "the log could not be read", () =>
    {
        if (version < 0)
            return LogState.Empty;
        return FromLog(version) ?? archive.Find(version);
    });

    /// <summary>
    /// Tells a version from one of the same number in another lake, or in one that was put back to an earlier state and then went another way: a checksum of
    /// its commit. Null where nothing has it any more, or yet.
    /// </summary>
    public string? MarkOf(long version)
    {
        try
        {
            return XxHash3.HashToUInt64(File.ReadAllBytes(folder.Commit(version))).ToString("x16", CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return archive.MarkOf(version);
        }
    }

    private LogState? FromLog(long version)
    {
        var commits = folder.Commits().Where(commit => commit <= version).ToHashSet();
        var start = NewestCheckpoint(commits, version);
        for (var next = start.Version + 1; next <= version; next++)
        {
            if (!commits.Contains(next))
                return null;
        }

        return Replay(start, version);
    }

    /// <summary>Makes a commit the version after a state. Once this is true all readers see it.</summary>
    /// <returns>False when another commit has that version.</returns>
    /// <exception cref="LakeException">The disk fails, or a data file that is added is gone or too old; the commit is not made.</exception>
    public bool TryCommit(LogState before, IReadOnlyList<LogAction> actions, string operation)
    {
        var path = folder.Commit(before.Version + 1);
        var now = time.GetUtcNow();
        var content = CommitWriter.Write(actions, operation, now);
        CheckFiles(actions, now);
        return Fault.Naming(path, "the commit could not be written", () =>
        {
            Folder.Create(folder.Log);
            return AtomicFile.TryCreate(path, content);
        });
    }

    /// <summary>What follows a commit: its name is flushed to disk, and when one is due a checkpoint is written.</summary>
    /// <exception cref="LakeException">The disk fails; the commit is made but might not survive a loss of power.</exception>
    public void Settle(LogState before, IReadOnlyList<LogAction> actions)
    {
        var version = before.Version + 1;
        var path = folder.Commit(version);
        FailPoint.Reach(path, "hidden-removed");
        Fault.Naming(path, "the commit is made but could not be flushed to disk", () => Folder.Flush(folder.Log));
        FailPoint.Reach(path, "folder-flushed");
        if (version > 0 && version % CommitsPerCheckpoint == 0)
            WriteCheckpoint(before.After(folder, [(version, path, actions)]));
    }

    private void CheckFiles(IReadOnlyList<LogAction> actions, DateTimeOffset now)
    {
        foreach (var add in actions.OfType<AddAction>())
        {
            var path = FilePath.Decode(folder.Table, add.Path);
            if (!File.Exists(path))
                throw new LakeException($"{path}: the data file is gone, expected it until its commit; nothing was committed, run again");
            if (now - DateTimeOffset.FromUnixTimeMilliseconds(add.ModificationTime) > LongestWait)
            {
                throw new LakeException(
                    $"{path}: the data file waited more than {LongestWait.TotalHours} hours for its commit; nothing was committed, run again");
            }
        }
    }

    /// <summary>A checkpoint only spares others work: what keeps it from being written is theirs to see when they need the disk.</summary>
    private void WriteCheckpoint(LogState committed)
    {
        try
        {
            CheckpointWriter.Write(folder, committed, time.GetUtcNow());
        }
        catch (LakeException)
        {
            // The next version that is due makes one.
        }
    }

    /// <summary>False at first, and when the commits that were read are gone: cleaned up after a checkpoint, or with the lake.</summary>
    private bool IsWhereItWas() => state.Version >= 0 && File.Exists(folder.Commit(state.Version));

    /// <summary>The commits to follow may be cleaned up at this moment.</summary>
    private LogState FollowOrLoad()
    {
        try
        {
            return Follow();
        }
        catch (LakeException) when (!IsWhereItWas())
        {
            return Load();
        }
    }

    private LogState Follow()
    {
        var newest = state.Version;
        while (File.Exists(folder.Commit(newest + 1)))
            newest++;
        // Two commits may have come after the first look: only a gap that is still there is one.
        if (File.Exists(folder.Commit(newest + 2)) && !File.Exists(folder.Commit(newest + 1)))
            throw MissingCommit(newest + 1, newest + 2);
        return newest == state.Version ? state : Replay(state, newest);
    }

    /// <summary>Starts at the newest checkpoint that can be read; without one, at the first commit.</summary>
    private LogState Load()
    {
        var commits = folder.Commits().ToHashSet();
        var newest = commits.Count > 0 ? commits.Max() : -1;
        var start = NewestCheckpoint(commits, long.MaxValue);
        if (newest < 0 && start.Version < 0 && LostLog.IsIn(folder))
            throw LostLog.Exception(folder);
        for (var version = start.Version + 1; version <= newest; version++)
        {
            // A commit that is made while the folder is listed may be left out of the list although a later one is in it.
            if (!commits.Contains(version) && !File.Exists(folder.Commit(version)))
                throw MissingCommit(version, newest);
        }
        return Replay(start, newest);
    }

    /// <summary>A damaged checkpoint does no harm while the commits it stands for are there.</summary>
    /// <param name="commits">Versions that the log has a commit for.</param>
    /// <param name="upTo">The latest version that is of use.</param>
    private LogState NewestCheckpoint(HashSet<long> commits, long upTo)
    {
        LakeException? damage = null;
        foreach (var version in folder.Checkpoints().Where(checkpoint => checkpoint <= upTo).OrderDescending())
        {
            try
            {
                var path = folder.Checkpoint(version);
                return LogState.Empty.After(folder, [(version, path, CheckpointReader.Read(path))]);
            }
            catch (LakeException exception)
            {
                damage ??= exception;
            }
        }
        return damage is null || commits.Contains(0) ? LogState.Empty : throw damage;
    }

    private LogState Replay(LogState start, long newest)
    {
        if (newest <= start.Version)
            return start;

        var commits = new List<(long, string, IReadOnlyList<LogAction>)>();
        for (var version = start.Version + 1; version <= newest; version++)
            commits.Add((version, folder.Commit(version), CommitReader.Read(folder.Commit(version))));
        return start.After(folder, commits);
    }

    private LakeException MissingCommit(long version, long later)
        => new($"{folder.Commit(version)}: the commit is missing although there is version {later}; expected every version of the log");
}
