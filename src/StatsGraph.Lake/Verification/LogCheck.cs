using System.Text.Json;
using StatsGraph.Lake.Disk;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Verification;

/// <summary>
/// Reads all of the log, also what nobody needs any more: every commit, and every checkpoint against the commits up to it.
/// </summary>
internal sealed class LogCheck(LakeFolder folder, FindingList findings)
{
    private readonly HashSet<long> commits = [.. folder.Commits()];
    private readonly HashSet<long> checkpoints = [.. folder.Checkpoints()];
    private readonly List<(long Version, string File, IReadOnlyList<LogAction> Actions)> pending = [];

    /// <summary>The newest version that a checkpoint tells whole.</summary>
    private long newestCheckpoint = -1;

    /// <summary>The state up to the pending commits; null where something before them is unknown.</summary>
    private LogState? state = LogState.Empty;

    public void Run(CancellationToken cancellation)
    {
        var last = -1L;
        CheckPointer();
        foreach (var version in commits.Union(checkpoints).Order().ToList())
        {
            cancellation.ThrowIfCancellationRequested();
            if (version > last + 1 || !commits.Contains(version))
                Forget();
            if (commits.Contains(version))
                Follow(version);
            if (checkpoints.Contains(version))
                Compare(version);
            last = version;
        }

        Apply();
        ReportGaps();
    }

    private void Follow(long version)
    {
        var path = folder.Commit(version);
        if (IsCleanedUp(version))
            Forget();
        else if (findings.Try(path, () => CommitReader.Read(path)) is { } actions)
            pending.Add((version, path, actions));
        else
            Forget();
    }

    /// <summary>Whether a vacuum deleted a commit since the folder was listed, as it may once a checkpoint stands for it.</summary>
    private bool IsCleanedUp(long version)
        => !File.Exists(folder.Commit(version)) && folder.Checkpoints().Any(checkpoint => checkpoint > version) && commits.Remove(version);

    private void Forget()
    {
        state = null;
        pending.Clear();
    }

    /// <summary>Takes the pending commits into the state: many at a time, since a state is a copy.</summary>
    private void Apply()
    {
        if (state is not null && pending.Count > 0)
            state = findings.Try(pending[^1].File, () => state.After(folder, pending));
        pending.Clear();
    }

    private void Compare(long version)
    {
        Apply();
        var path = folder.Checkpoint(version);
        var told = findings.Try(path, () => LogState.Empty.After(folder, [(version, path, CheckpointReader.Read(path))]));
        if (told is null)
            return;
        if (state is not null && StateComparison.Difference(state, told) is { } difference)
            findings.AddDamage(path, $"the checkpoint does not agree with the commits up to it: {difference}");
        newestCheckpoint = version;
        state ??= told;
    }

    /// <summary>A commit that a checkpoint stands for is needed by nobody, but it did not leave with those before it.</summary>
    private void ReportGaps()
    {
        // Clean-up takes the oldest commits first; without a checkpoint there is none to be taken.
        var last = newestCheckpoint < 0 || commits.Count == 0 ? -1 : Math.Min(newestCheckpoint, commits.Min() - 1);
        foreach (var version in commits.Order())
        {
            if (version > last + 1 && !File.Exists(folder.Commit(last + 1)))
                ReportGap(last + 1, version);
            last = version;
        }
    }

    private void ReportGap(long missing, long later)
    {
        // Of a gap that ends at a checkpoint only what lies behind that is needed.
        if (later <= newestCheckpoint + 1)
            findings.AddWarning(folder.Commit(missing), $"the commit is missing; the checkpoint of version {newestCheckpoint} stands for it");
        else
            findings.AddDamage(folder.Commit(Math.Max(missing, newestCheckpoint + 1)),
                $"the commit is missing although there is version {later}; expected every version of the log");
    }

    /// <summary>This program does not need the pointer, but other readers begin with it.</summary>
    private void CheckPointer()
    {
        if (!File.Exists(folder.LastCheckpoint))
            return;
        if (findings.Try(folder.LastCheckpoint, () => ReadPointer(folder.LastCheckpoint)) is not [var version, ..])
            return;
        // Another process may have made it since the folder was listed.
        if (!checkpoints.Contains(version) && !File.Exists(folder.Checkpoint(version)))
            findings.AddDamage(folder.LastCheckpoint, $"the checkpoint of version {version} is missing, expected {folder.Checkpoint(version)}");
        else if (commits.Count > 0 && commits.Max() < version && !File.Exists(folder.Commit(version)))
            findings.AddDamage(folder.Log, $"the newest commit is version {commits.Max()}, expected version {version} at least, which has a checkpoint");
    }

    private static long[] ReadPointer(string path) => Fault.Naming(path, "the pointer at the checkpoint could not be read", () =>
    {
        try
        {
            using var pointer = JsonDocument.Parse(File.ReadAllBytes(path));
            return new[] { pointer.RootElement.GetProperty("version").GetInt64() };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new LakeException($"{path}: no pointer at a checkpoint: {exception.Message}", exception);
        }
    });
}
