using StatsGraph.Ingest.Logs;

namespace StatsGraph.Ingest.Following;

/// <summary>
/// The files that are followed: those that the paths name at the moment, what they became by rotation, and those that lost their name while
/// somebody may still write to them. Handles and memory stay bounded however many there are.
/// </summary>
/// <param name="paths">Files, folders and globs.</param>
/// <param name="lake">Folder of the lake, whose own files are never logs.</param>
internal sealed class FollowedLogs(IReadOnlyList<string> paths, string lake) : IDisposable
{
    /// <summary>For so long a file is still written to after its name went away, or a log that is quiet is remembered.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private const int MostOpen = 128;
    private const long MostLinesInMemory = 8_000_000;

    private readonly string lakePrefix = Path.GetFullPath(lake) + Path.DirectorySeparatorChar;
    private readonly Dictionary<FileIdentity, FollowedLog> logs = [];

    /// <summary>All files.</summary>
    public IReadOnlyCollection<FollowedLog> All => logs.Values;

    /// <summary>Paths that name nothing at the moment, and why, and folders that cannot be listed.</summary>
    public IReadOnlyList<IngestProblem> Missing { get; private set; } = [];

    /// <summary>What is left out on purpose.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var log in logs.Values)
            log.Dispose();
        logs.Clear();
    }

    /// <summary>Looks which files there are and how they are.</summary>
    /// <param name="now">The time.</param>
    /// <param name="canForget">Whether all that was read is in the lake.</param>
    /// <param name="fail">Told of a file that cannot be followed, and why.</param>
    public void Look(DateTimeOffset now, bool canForget, Action<LogFile, string> fail)
    {
        var selection = LogSelection.Of(paths);
        (Missing, Notes) = (selection.Problems, selection.Notes);
        var named = new HashSet<FileIdentity>();
        foreach (var log in WithRotated(selection))
        {
            if (!Path.GetFullPath(log.Path!).StartsWith(lakePrefix, StringComparison.Ordinal))
                Look(log, named, now, fail);
        }

        foreach (var (identity, log) in logs)
        {
            if (!named.Contains(identity) && !IsWorthKeeping(log, now, canForget))
            {
                log.Dispose();
                logs.Remove(identity);
            }
        }

        Hold(now);
        Trim(now, canForget);
    }

    /// <summary>Everything has to be read again, for it did not get into the lake.</summary>
    public void ForgetAll()
    {
        foreach (var log in logs.Values)
            log.Forget();
    }

    private void Look(LogFile log, HashSet<FileIdentity> named, DateTimeOffset now, Action<LogFile, string> fail)
    {
        try
        {
            if (FileStamp.Of(log.Path!) is not { } stamp)
                return;
            if (!stamp.IsRegular)
            {
                fail(log, "it is no file that can be followed, such as a folder or a pipe");
                return;
            }

            // Of a file with two names the first one counts.
            if (!named.Add(stamp.Identity))
                return;
            if (logs.TryGetValue(stamp.Identity, out var known))
                known.Update(log, stamp, now);
            else
                logs.Add(stamp.Identity, known = new FollowedLog(log, stamp, stamp.ModifiedAt < now ? stamp.ModifiedAt : now));
        }
        catch (IOException exception)
        {
            fail(log, exception.Message);
        }
    }

    /// <summary>The logs, and beside each one what it became by rotation.</summary>
    private static IEnumerable<LogFile> WithRotated(LogSelection selection)
    {
        var folders = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var missing = selection.Problems.Where(problem => problem.Log.Length > 0 && !Glob.IsGlob(problem.Log) && !Path.EndsInDirectorySeparator(problem.Log))
            .Select(problem => problem.Log);
        return selection.Logs.Concat(selection.Logs.Select(log => log.Path!).Concat(missing).SelectMany(path => Rotated(path, folders)));
    }

    private static IEnumerable<LogFile> Rotated(string log, Dictionary<string, string[]> folders)
    {
        var folder = Path.GetDirectoryName(log) ?? "";
        if (!folders.TryGetValue(folder, out var names))
            folders.Add(folder, names = Names(folder));
        var name = Path.GetFileName(log);
        return names.Where(other => Rotation.IsOf(name, other)).Select(other => Path.Combine(folder, other)).Select(path => new LogFile(path, path));
    }

    private static string[] Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder.Length == 0 ? "." : folder).Select(path => Path.GetFileName(path))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder that comes later, or cannot be listed: what it holds is told of where its path is looked up.
            return [];
        }
    }

    /// <summary>Whether a file without a name can still give lines.</summary>
    private static bool IsWorthKeeping(FollowedLog log, DateTimeOffset now, bool canForget)
    {
        if (!log.IsOpen)
            return false;
        try
        {
            log.UpdateWithoutName(now);
            return !log.IsRead || !canForget || now - log.ChangedAt < Patience;
        }
        catch (IOException)
        {
            // A share that went away: nothing can be read of it any more.
            return false;
        }
    }

    /// <summary>Opens what is new at once, so that it can be read even when its name is taken away before.</summary>
    private void Hold(DateTimeOffset now)
    {
        foreach (var log in logs.Values.Where(log => !log.IsOpen && !log.IsRead && log.Retry.IsDue(now)).Take(MostOpen))
        {
            try
            {
                log.TryOpen();
            }
            catch (BrokenLogException)
            {
                // Reading it fails in the same way, and is told.
            }
        }
    }

    /// <summary>Gives back the handles and the memory of the logs that are quiet for the longest time.</summary>
    private void Trim(DateTimeOffset now, bool canForget)
    {
        var open = 0;
        var lines = 0L;
        foreach (var log in logs.Values.OrderByDescending(log => log.ChangedAt))
        {
            lines += log.LinesInMemory;
            if (log.IsRead && (now - log.ChangedAt >= Patience || (lines > MostLinesInMemory && lines > log.LinesInMemory)))
            {
                lines -= log.LinesInMemory;
                log.ForgetLines();
            }

            if (log.IsOpen && ++open > MostOpen && log.IsRead && canForget)
                log.Close();
        }
    }
}
