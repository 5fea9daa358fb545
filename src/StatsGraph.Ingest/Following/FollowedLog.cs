using Microsoft.Win32.SafeHandles;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Plays;
using StatsGraph.Ingest.Sessions;

namespace StatsGraph.Ingest.Following;

/// <summary>
/// One file that is followed under whatever name it has. As long as it only grows, what comes is read from where reading ended, with the
/// counts of equal lines of all that came before; after any doubt it is read from its start, as a run that has never seen it would.
/// </summary>
/// <param name="log">Its name.</param>
/// <param name="stamp">Its stamp.</param>
/// <param name="changedAt">When it was written last.</param>
internal sealed class FollowedLog(LogFile log, FileStamp stamp, DateTimeOffset changedAt) : IDisposable
{
    private const int MostRestarts = 3;

    private SafeFileHandle? file;
    private ContentMark mark = new();
    private Source? source;
    private PlaySource? plays;
    private FileStamp? readStamp;
    private bool isArchive;

    /// <summary>Its latest name; a file that has none any more keeps it.</summary>
    public LogFile Log { get; private set; } = log;

    /// <summary>Which file.</summary>
    public FileIdentity Identity => stamp.Identity;

    /// <summary>When it changed last.</summary>
    public DateTimeOffset ChangedAt { get; private set; } = changedAt;

    /// <summary>Whether it is held open, so that it can be read even when its name is gone.</summary>
    public bool IsOpen => file is not null;

    /// <summary>Whether all that it holds was read.</summary>
    public bool IsRead => readStamp == stamp;

    /// <summary>Whether it was ever read.</summary>
    public bool WasRead { get; private set; }

    /// <summary>Whether its last line is unfinished.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Whether its content is a playlist, as far as it was read.</summary>
    public bool IsPlaylist { get; private set; }

    /// <summary>Lines whose equals are being counted; each takes some 16 bytes of memory.</summary>
    public long LinesInMemory => source?.Lines ?? plays?.Lines ?? 0;

    /// <summary>Why the file as it is gives no lines, or not all: a broken archive, no access log. Null when it does.</summary>
    public string? Problem { get; private set; }

    /// <summary>When to try again to read it after that failed.</summary>
    public Backoff Retry { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>Notes how the file is found now.</summary>
    public void Update(LogFile name, FileStamp now, DateTimeOffset time)
    {
        Log = name;
        Update(now, time);
    }

    /// <summary>Asks the open file how it is now, when no name leads to it any more.</summary>
    /// <exception cref="IOException">The file cannot be asked.</exception>
    public void UpdateWithoutName(DateTimeOffset time) => Update(FileStamp.Of(file!), time);

    /// <summary>Opens the file unless it is open; false when another file has its name by now.</summary>
    /// <exception cref="BrokenLogException">It cannot be opened.</exception>
    public bool TryOpen()
    {
        if (file is not null)
            return true;
        try
        {
            var opened = File.OpenHandle(Log.Path!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            if (FileStamp.Of(opened).Identity == Identity)
                file = opened;
            else
                opened.Dispose();
            return file is not null;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BrokenLogException($"it cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Closes the file; it is opened again when there is something to read.</summary>
    public void Close()
    {
        file?.Dispose();
        file = null;
    }

    /// <summary>Reads what came since it was read last.</summary>
    /// <param name="intake">Takes the lines.</param>
    /// <param name="playlists">Takes the rows of a playlist, which it commits.</param>
    /// <param name="stop">Ends the reading; what was taken in until then stays.</param>
    /// <exception cref="BrokenLogException">It cannot be read, or only in part.</exception>
    /// <exception cref="Lake.LakeException">The lake cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended.</exception>
    public void Read(LogIntake intake, Func<PlayIntake> playlists, CancellationToken stop)
    {
        if (!TryOpen())
            return;
        var seen = stamp;
        try
        {
            ReadOn(intake, playlists, stop);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Close();
            Forget();
            throw new BrokenLogException($"it cannot be read on: {exception.Message}", exception);
        }
        catch
        {
            Forget();
            throw;
        }

        // What was written since the file was looked at shows as a new stamp at the next look.
        readStamp = seen;
        WasRead = true;
        if (isArchive)
            ForgetLines();
    }

    /// <summary>Forgets what was read, for it did not get into the lake: the file has to be read from its start.</summary>
    public void Forget()
    {
        ForgetLines();
        readStamp = null;
    }

    /// <summary>Gives back the memory of the lines that were read; should more come, the file is read from its start.</summary>
    public void ForgetLines()
    {
        (source, plays) = (null, null);
        mark = new ContentMark();
    }

    private void Update(FileStamp now, DateTimeOffset time)
    {
        if (stamp != now)
            ChangedAt = time;
        stamp = now;
    }

    private void ReadOn(LogIntake intake, Func<PlayIntake> playlists, CancellationToken stop)
    {
        Problem = null;
        for (var restarts = 0; !(TellsPlays() ? TryReadPlays(playlists()) : TryReadOn(intake, stop)); restarts++)
        {
            ForgetLines();
            if (restarts == MostRestarts)
                throw new BrokenLogException("it is cut again and again while it is read");
        }

        IsWaiting = plays?.IsWaiting ?? (!isArchive && mark.End > source!.Length);
        Problem ??= source is null ? null : ForeignLog.Describe(source);
    }

    /// <summary>Whether it is a playlist, which the first lines tell: as long as there is none, it may become one.</summary>
    private bool TellsPlays()
    {
        if (plays is null && (source is null or { Lines: 0 }))
            IsPlaylist = PlayFormat.IsPlaylist(new LiveLogStream(file!, new ContentMark(), position: 0));
        return IsPlaylist;
    }

    /// <summary>Reads the rows that came to a playlist; false when it was cut.</summary>
    private bool TryReadPlays(PlayIntake intake)
    {
        source = null;
        plays ??= new PlaySource(Log) { IsGrowing = true };
        using var content = new LiveLogStream(file!, mark, plays.Length);
        using Stream plain = plays.Length == 0 ? Archive.Open(content, out isArchive) : content;
        intake.ReadOn(plain, plays, isArchive);
        return !content.IsCut;
    }

    /// <summary>Reads to the end; false when the log was cut.</summary>
    private bool TryReadOn(LogIntake intake, CancellationToken stop)
    {
        if (source is not null)
            return TryRead(source, intake, useKnown: true, stop, out _);
        source = new Source(Log, knownLength: 0);
        var isWhole = TryRead(source, intake, useKnown: true, stop, out var isOther);
        if (!isOther)
            return isWhole;
        // The log only begins like the one that is known, or ends before what is known ends.
        source = new Source(Log, source.KnownBeyondEnd);
        return TryRead(source, intake, useKnown: false, stop, out _);
    }

    private bool TryRead(Source reading, LogIntake intake, bool useKnown, CancellationToken stop, out bool isOther)
    {
        using var content = new LiveLogStream(file!, mark, reading.Length);
        using var open = OpenLog.Follow(Log.Name, file!, content, isStart: reading.Length == 0, LogBlockReader.DefaultBlockSize);
        isOther = !intake.Read(open, reading, useKnown, static () => { }, stop);
        if (isOther || content.IsCut)
            return !content.IsCut;
        isArchive = open.IsCompressed;
        if (open.Break is { } broken && !isArchive)
            throw new BrokenLogException(broken.Message, broken);
        Problem = reading.Break;
        return true;
    }
}
