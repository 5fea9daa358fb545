using System.Diagnostics;
using System.Text.Json;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Plays;
using StatsGraph.Ingest.Sessions;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Ingest.Warnings;

namespace StatsGraph.Ingest.Remote;

/// <summary>
/// Sends access logs and playlists to a server, which reads them into its lake: the remote twin of <see cref="LogIngest"/>. Only what the server does not have is
/// sent, found out by content and not by name, and what was sent before a run broke off counts once when it is run again.
/// </summary>
/// <param name="options">Where to, and how.</param>
public sealed class RemoteIngest(RemoteOptions options) : IDisposable
{
    private readonly RemoteServer server = new(options);

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    /// <inheritdoc cref="LogIngest.Run"/>
    /// <exception cref="IngestException">The server cannot be reached, is none, or does not let the sender do this.</exception>
    public IngestSummary Run(
        IReadOnlyList<string> paths, Func<Stream> standardInput, IProgress<IngestProgress>? progress, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var selection = LogSelection.Of(paths);
        var run = new RemoteRun(server, options, standardInput, cancellation);
        var report = new ProgressReport(progress, () => (run.Lines, run.Rejected), selection.Logs);
        try
        {
            foreach (var log in selection.Logs)
                run.Read(log, report);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new IngestException(FormattableString.Invariant(
                $"interrupted; the server said of {run.Tally.New:N0} new lines that they are in its lake, the next run sends the rest"));
        }

        report.Send();
        return run.Summary(selection, Stopwatch.GetElapsedTime(started));
    }
}

/// <summary>One run over logs that are sent.</summary>
internal sealed class RemoteRun(RemoteServer server, RemoteOptions options, Func<Stream> standardInput, CancellationToken cancellation)
{
    private readonly List<IngestProblem> problems = [];
    private readonly ClockSigns clock = new();
    private readonly AudienceSigns audience = new(options.Clock.GetUtcNow());
    private readonly RemotePlaylists plays = new(server, options, cancellation);
    private int files;

    /// <summary>Sends parts.</summary>
    public RemoteServer Server => server;

    /// <summary>How.</summary>
    public RemoteOptions Options => options;

    /// <summary>Ends the run.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>What the server said of the lines.</summary>
    public CommitTally Tally { get; } = new();

    /// <summary>Newline-terminated lines so far.</summary>
    public long Lines { get; set; }

    /// <summary>Lines skipped so far because the server knows their log up to them.</summary>
    public long Skipped { get; set; }

    /// <summary>Unfinished last lines so far.</summary>
    public long Waiting { get; set; }

    /// <summary>Lines rejected so far, be they new or not.</summary>
    public long Rejected { get; set; }

    /// <summary>Takes in the answer to a part. Called for one part at a time.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="log">The part's log.</param>
    /// <param name="part">The part.</param>
    /// <param name="isFailure">The part was not taken whole, and will be sent again or not at all.</param>
    public void Take(JsonElement answer, LogFile log, LogPart part, bool isFailure)
    {
        try
        {
            var known = Tally.Known;
            PartFindings.Add(answer, log.Name, part.LinesBefore, Tally, audience);
            if (!isFailure)
                return;
            // What was new this time is known the next time, but not to the one who sums up.
            Tally.AddKnown(known - Tally.Known);
            Tally.AddKnown(answer.GetProperty("alreadyIngested").GetInt64() - answer.GetProperty("lines").GetInt64());
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new IngestException($"{options.Url}: the server's answer is no summary of a part; expected a server of this version", exception);
        }
    }

    /// <summary>Sends what a log has and the server has not.</summary>
    public void Read(LogFile log, ProgressReport report)
    {
        try
        {
            if (options.OnlyPlays || (log.Path is not null && PlayFormat.IsPlaylist(log)))
            {
                plays.Send(log, standardInput);
                return;
            }

            var reading = new RemoteLog(this, log);
            reading.Read(standardInput, report);
            files++;
            if (reading.Source.Break is { } broken)
                problems.Add(new IngestProblem(log.Name, broken));
            if (!reading.Source.IsSound)
                return;
            clock.Add(log.Name, reading.Source.Clock);
            if (ForeignLog.Describe(reading.Source) is { } kind)
                problems.Add(new IngestProblem(log.Name, kind));
        }
        catch (Exception exception) when (exception is BrokenLogException or RemoteRefusal)
        {
            problems.Add(new IngestProblem(log.Name, exception.Message));
        }
    }

    /// <summary>What the run did.</summary>
    public IngestSummary Summary(LogSelection selection, TimeSpan elapsed) => new()
    {
        Site = options.Site,
        IsDryRun = options.DryRun,
        Files = files,
        Lines = Lines,
        Blank = Tally.Blank,
        AlreadyIngested = Skipped + Tally.Known,
        Classes = Tally.Classes,
        Rejections = Tally.Rejections,
        Examples = Tally.Examples,
        Waiting = Waiting,
        Elapsed = elapsed,
        Problems = [.. selection.Problems, .. problems],
        Notes = selection.Notes,
        Plays = plays.Summary,
        Warnings = [.. WarningRules.Of(Tally, audience, clock), .. plays.Warnings],
    };
}
