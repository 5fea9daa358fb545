using System.Diagnostics;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Plays;
using StatsGraph.Ingest.Sessions;
using StatsGraph.Ingest.Warnings;

namespace StatsGraph.Ingest;

/// <summary>One run over the logs of a selection. Its intake begins with the first log that can be opened.</summary>
internal sealed class IngestRun(
    Lazy<LogIntake> intake, Lazy<PlayIntake> plays, LogSelection selection, Func<Stream> standardInput, ProgressReport report)
{
    private readonly List<IngestProblem> problems = [.. selection.Problems];
    private readonly ClockSigns clock = new();
    private int files;

    /// <summary>Every file is a playlist, whatever it looks like.</summary>
    public bool OnlyPlays { get; init; }

    private LogIntake? Taken => intake.IsValueCreated ? intake.Value : null;

    /// <summary>Reads all logs, one after the other.</summary>
    public void ReadAll(CancellationToken cancellation)
    {
        foreach (var log in selection.Logs)
            ReadLog(log, cancellation);
        report.Send();
    }

    /// <summary>What the run did.</summary>
    /// <param name="options">What the run was asked for.</param>
    /// <param name="tally">What became of the lines that were handed to the lake.</param>
    /// <param name="audience">What the new ones tell about listeners.</param>
    /// <param name="started">Time stamp of the start.</param>
    public IngestSummary Summary(IngestOptions options, CommitTally tally, AudienceSigns audience, long started) => new()
    {
        Site = options.Site,
        IsDryRun = options.DryRun,
        Files = files,
        Lines = Taken?.Lines ?? 0,
        Blank = tally.Blank,
        AlreadyIngested = (Taken?.Skipped ?? 0) + tally.Known,
        Classes = tally.Classes,
        Rejections = tally.Rejections,
        Examples = tally.Examples,
        Waiting = Taken?.Waiting ?? 0,
        Elapsed = Stopwatch.GetElapsedTime(started),
        Problems = problems,
        Notes = selection.Notes,
        Plays = plays.IsValueCreated ? plays.Value.Summary : null,
        Warnings = [.. WarningRules.Of(tally, audience, clock), .. PlayWarnings.Of(plays.IsValueCreated ? plays.Value.Summary : null, options.TimeZone)],
    };

    private void ReadLog(LogFile log, CancellationToken cancellation)
    {
        try
        {
            if (OnlyPlays || (log.Path is not null && PlayFormat.IsPlaylist(log)))
            {
                plays.Value.Read(log, standardInput);
                return;
            }

            var source = new Source(log, knownLength: 0);
            if (!TryRead(log, source, useKnown: true, cancellation))
            {
                // A log that ends before what is known ends is an older copy, and tells nothing new about how far it is known.
                source = new Source(log, source.KnownBeyondEnd);
                TryRead(log, source, useKnown: false, cancellation);
            }

            files++;
            // What damage made of lines tells neither the clock nor the kind of the log.
            if (!source.IsSound)
                return;
            clock.Add(log.Name, source.Clock);
            if (ForeignLog.Describe(source) is { } kind)
                problems.Add(new IngestProblem(log.Name, kind));
        }
        catch (BrokenLogException exception)
        {
            problems.Add(new IngestProblem(log.Name, exception.Message));
        }
    }

    private bool TryRead(LogFile log, Source source, bool useKnown, CancellationToken cancellation)
    {
        using var open = OpenLog.Open(log, standardInput, LogBlockReader.DefaultBlockSize);
        report.Begin(open, log);
        if (!intake.Value.Read(open, source, useKnown && open.CanReopen, report.SendNowAndThen, cancellation))
            return false;
        report.End();
        if (source.Break is { } broken)
            problems.Add(new IngestProblem(log.Name, broken));
        return true;
    }
}
