using StatsGraph.Ingest.Following;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Plays;
using StatsGraph.Ingest.Sessions;
using StatsGraph.Lake;

namespace StatsGraph.Ingest;

/// <summary>
/// Keeps reading live logs into the lake of a data folder through every way of rotation: renamed and made anew, copied and cut to nothing,
/// compressed later, deleted while somebody still writes. Beside each log what it became by rotation is followed too. In the end the lake is
/// what a single run over all those files would have made of it, also after a crash: a new following takes up where the lake is.
/// </summary>
public sealed class LogFollow : IDisposable
{
    /// <summary>So long an archive has to be left alone before it is read, for it may still be written.</summary>
    private static readonly TimeSpan ArchiveSettling = TimeSpan.FromSeconds(5);

    /// <summary>A path that names nothing for less than that is between two logs.</summary>
    private static readonly TimeSpan MissingPatience = TimeSpan.FromSeconds(10);

    private readonly LogIngest ingest;
    private readonly IngestOptions options;
    private readonly FollowOptions following;
    private readonly Action<FollowNews> tell;
    private readonly FollowedLogs logs;
    private readonly Troubles troubles;
    private readonly FollowTally tally = new();
    private readonly Backoff lakeRetry = new();
    private readonly Dictionary<string, (DateTimeOffset Since, bool IsTold)> missing = new(StringComparer.Ordinal);
    private readonly HashSet<string> notes = new(StringComparer.Ordinal);
    private readonly long started;
    private LogIntake? intake;
    private PlayIntake? plays;
    private DateTimeOffset playsDue;
    private DateTimeOffset intakeSince;
    private DateTimeOffset? reported;
    private long unreported;
    private long reportedPlays;
    private int files;
    private int playlists;

    /// <summary>Prepares a following; opens the geolocation files and the key.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="options">Site, rules and places.</param>
    /// <param name="paths">Files, folders and globs; they need not exist yet.</param>
    /// <param name="following">How to follow.</param>
    /// <param name="tell">Told what happens, on any thread.</param>
    /// <exception cref="IngestException">As of <see cref="LogIngest(LakeTable, IngestOptions)"/>, or a path is standard input.</exception>
    /// <exception cref="LakeException">The key of the data folder cannot be opened.</exception>
    public LogFollow(LakeTable lake, IngestOptions options, IReadOnlyList<string> paths, FollowOptions following, Action<FollowNews> tell)
    {
        if (paths.Contains(LogFile.StandardInput))
            throw new IngestException("standard input cannot be followed; expected files, folders and globs");
        (this.options, this.following, this.tell) = (options, following, tell);
        ingest = new LogIngest(lake, options);
        logs = new FollowedLogs(paths, Path.Combine(options.DataFolder, "lake"));
        troubles = new Troubles(tell);
        started = following.Time.GetTimestamp();
    }

    private DateTimeOffset Now => following.Time.GetUtcNow();

    /// <inheritdoc/>
    public void Dispose()
    {
        intake?.Abandon();
        logs.Dispose();
        ingest.Dispose();
    }

    /// <summary>
    /// Follows until it is told to stop; then commits what it has read. What goes wrong on the way, be it a log or the lake, is told and tried
    /// again; what still stands in the way at the end is a problem in the summary.
    /// </summary>
    /// <param name="stop">Ends the following.</param>
    public Task<IngestSummary> RunAsync(CancellationToken stop) => Task.Run(() => FollowAsync(stop), CancellationToken.None);

    /// <summary>Looks at all logs once: reads what came, and commits when it is time.</summary>
    /// <exception cref="OperationCanceledException">The following was ended.</exception>
    internal void Look(CancellationToken stop)
    {
        logs.Look(Now, canForget: intake is null, (log, message) => troubles.Tell(log.Name, message));
        TellWhatIsMissing();
        if (!lakeRetry.IsDue(Now))
            return;
        foreach (var log in logs.All.Where(IsDue).OrderBy(log => log.Log.Name, StringComparer.Ordinal).ToList())
        {
            if (!TryRead(log, stop))
                return;
            CommitWhenDue();
        }

        CommitWhenDue();
    }

    /// <summary>Commits what was read and tells what became of all lines.</summary>
    internal IngestSummary Finish()
    {
        if (intake is not null)
            Commit(intake);
        var summary = tally.Summary(
            options.Site, files, logs.All.Count(log => log is { IsWaiting: true, IsPlaylist: false }), following.Time.GetElapsedTime(started), troubles.Standing);
        var taken = plays is null ? null : plays.Summary with { Files = playlists, Waiting = logs.All.Count(log => log is { IsWaiting: true, IsPlaylist: true }) };
        return summary with { Plays = taken, Warnings = [.. PlayWarnings.Of(taken, options.TimeZone)] };
    }

    private async Task<IngestSummary> FollowAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                Look(stop);
                await Task.Delay(following.LookEvery < following.CommitEvery ? following.LookEvery : following.CommitEvery, following.Time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Finish();
        }
    }

    private bool IsDue(FollowedLog log)
        => !log.IsRead && log.Retry.IsDue(Now) && (!log.IsPlaylist || Now >= playsDue) && (!Archive.IsName(log.Log.Name) || Now - log.ChangedAt >= ArchiveSettling);

    /// <summary>Reads what came of a log; false when the lake is in the way.</summary>
    private bool TryRead(FollowedLog log, CancellationToken stop)
    {
        if (intake is null)
            (intake, intakeSince) = (ingest.NewIntake(CancellationToken.None), Now);
        var (isFirst, wasOpen) = (!log.WasRead, log.IsOpen);
        try
        {
            log.Read(intake, () => plays ??= ingest.NewPlays(CancellationToken.None), stop);
            log.Retry.Reset();
            if (log.IsPlaylist)
                CountPlays();
            if (isFirst && log.WasRead)
                (files, playlists) = log.IsPlaylist ? (files, playlists + 1) : (files + 1, playlists);
            if (log.Problem is { } problem)
                troubles.Tell(log.Log.Name, problem);
            else
                troubles.End(log.Log.Name, "is read again");
        }
        catch (BrokenLogException exception)
        {
            log.Retry.Fail(Now);
            troubles.Tell(log.Log.Name, exception.Message);
        }
        catch (LakeException exception)
        {
            StartAgain(intake, exception);
            return false;
        }

        // So many are held open as there may be; the others are open only while they are read.
        if (!wasOpen)
            log.Close();
        return true;
    }

    private void CommitWhenDue()
    {
        if (intake is not null && Now - intakeSince >= following.CommitEvery)
            Commit(intake);
    }

    private void Commit(LogIntake taken)
    {
        try
        {
            var (committed, _) = taken.Finish();
            intake = null;
            lakeRetry.Reset();
            troubles.End(options.DataFolder, "lines are committed again");
            Count(taken, committed, isWhole: true);
        }
        catch (LakeException exception)
        {
            StartAgain(taken, exception);
        }
    }

    /// <summary>
    /// What was read did not get into the lake. It is let go, so that memory stays bounded for as long as the disk is full, and read again
    /// as a new process would read it.
    /// </summary>
    private void StartAgain(LogIntake failed, LakeException exception)
    {
        Count(failed, failed.Abandon(), isWhole: false);
        intake = null;
        logs.ForgetAll();
        lakeRetry.Fail(Now);
        troubles.Tell(options.DataFolder, $"nothing can be committed for now: {exception.Message}");
    }

    private void Count(LogIntake taken, CommitTally committed, bool isWhole)
    {
        var before = tally.New;
        tally.Add(taken, committed, isWhole);
        unreported += tally.New - before;
        Report();
    }

    /// <summary>Rows of playlists are committed as they are read, so that those that come meanwhile wait as long as lines do.</summary>
    private void CountPlays()
    {
        playsDue = Now + following.CommitEvery;
        Report();
    }

    private void Report()
    {
        var rows = plays?.Summary is { } summary ? summary.Plays + summary.Breaks + summary.Rejected : 0;
        if (unreported + rows - reportedPlays == 0 || Now - reported < following.ReportEvery)
            return;
        var news = new[] { Counted(unreported, "line"), Counted(rows - reportedPlays, "playlist row") }.OfType<string>();
        tell(new FollowNews(FollowNewsKind.Committed, $"site {options.Site}: {string.Join(" and ", news)} committed"));
        (reported, unreported, reportedPlays) = (Now, 0, rows);
    }

    private static string? Counted(long count, string what)
        => count == 0 ? null : FormattableString.Invariant($"{count:N0} new {what}{(count == 1 ? "" : "s")}");

    private void TellWhatIsMissing()
    {
        foreach (var note in logs.Notes.Where(notes.Add))
            tell(new FollowNews(FollowNewsKind.Note, note));
        var gone = logs.Missing.Select(path => path.Log).ToHashSet(StringComparer.Ordinal);
        foreach (var path in missing.Keys.Where(path => !gone.Contains(path)).ToList())
            missing.Remove(path);
        foreach (var (path, message) in logs.Missing)
        {
            var isFirstLook = reported is null && tally.New == 0 && files == 0;
            var (since, isTold) = missing.GetValueOrDefault(path, (Now, false));
            if (!isTold && (isFirstLook || Now - since >= MissingPatience))
            {
                tell(new FollowNews(FollowNewsKind.Note, $"{path}: {message}; waiting for it"));
                isTold = true;
            }

            missing[path] = (since, isTold);
        }

        var names = logs.All.Select(log => log.Log.Name).ToHashSet(StringComparer.Ordinal);
        troubles.Keep(about => about == options.DataFolder || names.Contains(about) || Path.Exists(about));
    }
}

/// <summary>How logs are followed.</summary>
public sealed record FollowOptions
{
    /// <summary>How the product follows.</summary>
    public static readonly FollowOptions Default = new();

    /// <summary>Longest time from a line's being read to its commit. A commit is made earlier when there are as many lines as one may hold.</summary>
    public TimeSpan CommitEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two looks at the logs.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Shortest time between two reports of what was committed.</summary>
    public TimeSpan ReportEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Something that happened while logs are followed.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Text">One line for people; names the path that it is about.</param>
public sealed record FollowNews(FollowNewsKind Kind, string Text);

/// <summary>What sort of thing happened.</summary>
public enum FollowNewsKind
{
    /// <summary>Lines were committed. Told now and then, of all lines since the last time.</summary>
    Committed,

    /// <summary>Something is wrong and is tried again.</summary>
    Trouble,

    /// <summary>What was wrong is well again.</summary>
    Mended,

    /// <summary>Worth saying, but nothing is wrong.</summary>
    Note,
}
