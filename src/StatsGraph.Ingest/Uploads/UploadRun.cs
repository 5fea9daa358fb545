using System.Diagnostics;
using System.Text.Json;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Plays;
using StatsGraph.Ingest.Sessions;
using StatsGraph.Ingest.Warnings;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Uploads;

/// <summary>One upload on its way into the lake.</summary>
internal sealed class UploadRun(LogIngest ingest, Upload upload, UploadLimits limits)
{
    /// <summary>How messages and examples name what has no name.</summary>
    private static readonly LogFile Body = new("the upload", null);

    private readonly long started = Stopwatch.GetTimestamp();
    private readonly ClockSigns clock = new();
    private UploadFault? fault;
    private LakeException? failure;
    private PlayIntake? plays;

    /// <summary>Why the lake could not be read or written; null where it could.</summary>
    public LakeException? Failure => failure;

    /// <summary>Reads the upload to its end, or as far as it may go. All that was read is committed before this returns.</summary>
    /// <exception cref="LakeException">The lake cannot be read, so that nothing was.</exception>
    public UploadAnswer Execute()
    {
        var intake = ingest.NewIntake(CancellationToken.None);
        var source = new Source(Body, knownLength: 0, upload.Part is { } part ? new SourcePart(AtEnd(part)) : null);
        CommitTally tally;
        AudienceSigns audience;
        try
        {
            Read(intake, source);
            (tally, audience) = intake.Finish();
        }
        catch (LakeException exception)
        {
            failure = exception;
            fault = new UploadFault(UploadFaultCodes.LakeUnwritable, "The lake cannot take lines for now; the log of the server says why.");
            (tally, audience) = (intake.Abandon(), new AudienceSigns(ingest.Options.Clock.GetUtcNow()));
        }
        catch
        {
            intake.Abandon();
            throw;
        }

        return new UploadAnswer(Summary(intake, tally, audience), fault, Findings(audience));
    }

    /// <summary>What a sender that sums up wants to know beside the summary.</summary>
    private Action<Utf8JsonWriter, IngestSummary>? Findings(AudienceSigns audience)
        => upload.Part is not null ? (json, summary) => PartFindings.Write(json, summary.Examples, audience)
            : upload.IsPlaylist ? (json, summary) => PartFindings.Write(json, summary.Plays?.Examples ?? [])
            : null;

    private void Read(LogIntake intake, Source source)
    {
        try
        {
            var content = UploadContent.Open(upload, limits);
            if (upload.Part is { RepeatsLength: > 0 and var length })
                Repeats.Read(content, length, (line, count) => intake.Start(source, line, count));
            content.BeginLog();
            if (upload.IsPlaylist || (upload.Part is null && PlayFormat.IsPlaylist(content.Beginning())))
            {
                plays = ingest.NewPlays(CancellationToken.None);
                plays.Read(content, Body, content.IsClosed);
                return;
            }

            using var open = OpenLog.Receive(content, content.IsClosed, LogBlockReader.DefaultBlockSize);
            intake.Read(open, source, useKnown: false, static () => { }, CancellationToken.None);
            if (source.Break is { } broken)
                fault = Fault(open.Break, broken);
            if (!source.IsSound || upload.Part is not null)
                return;
            clock.Add(Body.Name, source.Clock);
            if (fault is null && ForeignLog.Describe(source) is { } kind)
                fault = new UploadFault(UploadFaultCodes.Unreadable, $"The upload {kind}.");
        }
        catch (UploadException exception)
        {
            fault = exception.Fault;
        }
        catch (BrokenLogException exception)
        {
            fault = Fault(exception, exception.Message);
        }
    }

    private static UploadFault Fault(BrokenLogException? broken, string message)
        => broken?.InnerException is UploadException upload ? upload.Fault : new UploadFault(UploadFaultCodes.Unreadable, $"The upload: {message}.");

    /// <summary>
    /// How far the log is known when all of the part is in the lake: to the end of the part, where the lake knows all before it. Else the
    /// part is as good, but there is nothing to remember.
    /// </summary>
    private SourceProgress? AtEnd(UploadPart part)
    {
        if (part.After is not { } after)
            return null;
        var isNext = part.Offset == 0
            || (part.Before is { } before
                && ingest.Lake.Progress(upload.Site, UploadMark.NameOf(ingest.Key, part.Log)) is { } known
                && known == UploadMark.Of(ingest.Key, part.Log, part.Offset, before));
        return isNext ? UploadMark.Of(ingest.Key, part.Log, part.Length, after) : null;
    }

    private IngestSummary Summary(LogIntake intake, CommitTally tally, AudienceSigns audience) => new()
    {
        Site = upload.Site,
        IsDryRun = upload.IsDryRun,
        Files = 1,
        Lines = intake.Lines,
        Blank = tally.Blank,
        AlreadyIngested = tally.Known,
        Classes = tally.Classes,
        Rejections = tally.Rejections,
        Examples = tally.Examples,
        Waiting = intake.Waiting,
        Elapsed = Stopwatch.GetElapsedTime(started),
        Problems = fault is null ? [] : [new IngestProblem(Body.Name, fault.Message)],
        Notes = [],
        Plays = plays?.Summary,
        Warnings = [.. WarningRules.Of(tally, audience, clock), .. PlayWarnings.Of(plays?.Summary, ingest.Options.TimeZone)],
    };
}
