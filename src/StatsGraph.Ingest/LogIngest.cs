using System.Diagnostics;
using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Plays;
using StatsGraph.Ingest.Sessions;
using StatsGraph.Ingest.Warnings;
using StatsGraph.Lake;

namespace StatsGraph.Ingest;

/// <summary>
/// Reads access logs and playlists into the lake of a data folder: the whole way from bytes to committed sessions and plays. One run at a time.
/// </summary>
public sealed class LogIngest : IDisposable
{
    private readonly LakeTable lake;
    private readonly IngestOptions options;
    private readonly LineClassifier classifier;
    private readonly PlaceFinder places;
    private readonly ClientNetworks networks;
    private readonly Task rehearsal;
    private LakeKey? key;

    /// <summary>Prepares a run; opens the geolocation files and the key, but makes none.</summary>
    /// <exception cref="IngestException">
    /// A geolocation file is missing or no MaxMind database, or a rule is no valid one; the message names it.
    /// </exception>
    /// <exception cref="LakeException">The key of the data folder cannot be opened.</exception>
    public LogIngest(LakeTable lake, IngestOptions options)
    {
        (this.lake, this.options) = (lake, options);
        if (options.LinesPerCommit < 1)
            throw new IngestException($"the number of lines a commit holds is {options.LinesPerCommit}; expected 1 or more");
        // The rules take a while to prepare, and so do the files.
        var rules = Task.Run(() => new LineClassifier(options.Rules));
        rehearsal = options.DryRun ? Task.CompletedTask : Task.Run(PieceCommitter.Rehearse);
        try
        {
            places = new PlaceFinder(options.GeoFiles);
            key = options.DryRun ? LakeKey.OpenToCompare(options.DataFolder) : LakeKey.Find(options.DataFolder);
            classifier = rules.GetAwaiter().GetResult();
        }
        catch
        {
            places?.Dispose();
            EndRehearsal();
            throw;
        }

        networks = new ClientNetworks(places);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        places.Dispose();
        EndRehearsal();
    }

    /// <summary>Waits for the rehearsal, whatever becomes of it: a process that ends while native code is being loaded is aborted.</summary>
    private void EndRehearsal() => Task.WaitAny(rehearsal);

    /// <summary>
    /// Begins to take in lines with the rules, the places and the key of this ingest. Any number of intakes may be under way, each on a thread
    /// of its own; the first of a data folder makes its key, so that what reads nothing leaves nothing.
    /// </summary>
    /// <param name="cancellation">Ends a commit that is under way.</param>
    /// <exception cref="LakeException">The key cannot be made.</exception>
    internal LogIntake NewIntake(CancellationToken cancellation)
        => new(lake, Key, options, classifier, networks, cancellation);

    /// <summary>The key of the data folder, which is made where there is none.</summary>
    /// <exception cref="LakeException">The key cannot be made.</exception>
    internal LakeKey Key => key ??= LakeKey.Open(options.DataFolder);

    /// <summary>What the ingest needs to know.</summary>
    internal IngestOptions Options => options;

    /// <summary>The lake that it reads into.</summary>
    internal LakeTable Lake => lake;

    /// <summary>Begins to take in plays, as <see cref="NewIntake"/> does lines.</summary>
    /// <exception cref="LakeException">The key cannot be made.</exception>
    internal PlayIntake NewPlays(CancellationToken cancellation)
        => new(lake.OpenPlaysBeside(), Key, options, cancellation);

    /// <summary>
    /// Reads every log that the paths name, in a stable order; one that is a playlist by its content becomes plays. A log that cannot be read is a problem in the summary;
    /// the others are still read.
    /// </summary>
    /// <param name="paths">Files, folders, globs, or <c>-</c> for <paramref name="standardInput"/>.</param>
    /// <param name="standardInput">Opens standard input.</param>
    /// <param name="progress">Told a few times a second how far the run is.</param>
    /// <param name="cancellation">Ends the run; what is committed stays.</param>
    /// <exception cref="LakeException">The lake cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public IngestSummary Run(
        IReadOnlyList<string> paths, Func<Stream> standardInput, IProgress<IngestProgress>? progress, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var selection = LogSelection.Of(paths);
        var intake = new Lazy<LogIntake>(() => NewIntake(cancellation), LazyThreadSafetyMode.None);
        var plays = new Lazy<PlayIntake>(() => NewPlays(cancellation), LazyThreadSafetyMode.None);
        var run = new IngestRun(intake, plays, selection, standardInput, new ProgressReport(progress, Counted, selection.Logs))
        {
            OnlyPlays = options.OnlyPlays,
        };
        (long, long) Counted() => intake.IsValueCreated ? (intake.Value.Lines, intake.Value.Rejected) : (0, 0);
        try
        {
            run.ReadAll(cancellation);
            var (tally, audience) = intake.IsValueCreated ? intake.Value.Finish() : (new CommitTally(), new AudienceSigns(options.Clock.GetUtcNow()));
            return run.Summary(options, tally, audience, started);
        }
        catch
        {
            if (intake.IsValueCreated)
                intake.Value.Abandon();
            throw;
        }
    }
}

/// <summary>What a run needs to know.</summary>
public sealed record IngestOptions
{
    /// <summary>Lines that a commit holds unless told otherwise.</summary>
    public const int DefaultLinesPerCommit = 125_000;

    /// <summary>The data folder, which holds the lake and its key.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Key of the site that the lines belong to.</summary>
    public required string Site { get; init; }

    /// <summary>MaxMind-format files that complement one another; empty for the country file that ships with the product.</summary>
    public IReadOnlyList<string> GeoFiles { get; init; } = [];

    /// <summary>What makes a line a relay's, a bot's or suspect.</summary>
    public ClassificationRules Rules { get; init; } = ClassificationRules.Default;

    /// <summary>Lines a commit holds at most; a bigger log is committed in pieces.</summary>
    public int LinesPerCommit { get; init; } = DefaultLinesPerCommit;

    /// <summary>
    /// Compare with the lake only: nothing is written, not even the data folder or its key. Takes up to 16 bytes more for each new line.
    /// </summary>
    public bool DryRun { get; init; }

    /// <summary>Every file is a playlist, whatever it looks like.</summary>
    public bool OnlyPlays { get; init; }

    /// <summary>Name of the zone of times of plays without an offset.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>How often the clocks of that zone showed a local time: 0 where they left it out, 2 where it came twice; null for once each.</summary>
    public Func<DateTime, int>? TimesOnTheClock { get; init; }

    /// <summary>Tells which stamps are in the future.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>The configurable part of the classification.</summary>
public sealed record ClassificationRules
{
    /// <summary>The rules of a site that configures none.</summary>
    public static readonly ClassificationRules Default = new();

    /// <summary>Product names of streaming servers, compared with the beginning of the user agent, whatever the case.</summary>
    public IReadOnlyList<string> Relays { get; init; } = ["Icecast", "Liquidsoap", "SHOUTcast"];

    /// <summary>Further regular expressions that name bots, beside the maintained list; without look-arounds and back-references.</summary>
    public IReadOnlyList<string> Bots { get; init; } = [];

    /// <summary>Regular expressions that name players, whatever a bot pattern says; without look-arounds and back-references.</summary>
    public IReadOnlyList<string> Players { get; init; } = [];

    /// <summary>A longer duration is suspect.</summary>
    public TimeSpan DurationCeiling { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>What a run did with every line.</summary>
public sealed record IngestSummary
{
    /// <summary>Key of the site.</summary>
    public required string Site { get; init; }

    /// <summary>Nothing was written: "new" lines are those that an ingest would add.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Logs read, also those that broke on the way.</summary>
    public required int Files { get; init; }

    /// <summary>Lines read this time with a newline, blank and known ones included.</summary>
    public required long Lines { get; init; }

    /// <summary>New lines of white space only.</summary>
    public required long Blank { get; init; }

    /// <summary>Lines skipped because they are in the lake.</summary>
    public required long AlreadyIngested { get; init; }

    /// <summary>New lines by class, every class but <see cref="LineClass.Blank"/>.</summary>
    public required IReadOnlyDictionary<LineClass, long> Classes { get; init; }

    /// <summary>New rejected lines by reason, most frequent first.</summary>
    public required IReadOnlyDictionary<string, long> Rejections { get; init; }

    /// <summary>The first three new rejected lines of each reason: where and why, in the order they were read.</summary>
    public required IReadOnlyList<RejectionExample> Examples { get; init; }

    /// <summary>Unfinished last lines, left for the next run.</summary>
    public required long Waiting { get; init; }

    /// <summary>Wall time.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Logs that could not be read, or only in part, or that are no access logs. Empty when all went well.</summary>
    public required IReadOnlyList<IngestProblem> Problems { get; init; }

    /// <summary>What was left out on purpose, such as an error.log in a folder: worth saying, no problem.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What became of the rows of playlists; null where none was read.</summary>
    public PlaySummary? Plays { get; init; }

    /// <summary>What makes figures wrong and can be mended. The run is no failure for it.</summary>
    public IReadOnlyList<IngestWarning> Warnings { get; init; } = [];
}

/// <summary>A rejected line.</summary>
/// <param name="Log">Path as given.</param>
/// <param name="Line">1-based line number.</param>
/// <param name="Reason">Why.</param>
/// <param name="Excerpt">Masked beginning of the line.</param>
public sealed record RejectionExample(string Log, long Line, string Reason, string Excerpt);

/// <summary>A log that ends the run with exit status 1.</summary>
/// <param name="Log">Path as given.</param>
/// <param name="Message">What is wrong with it, in words that do not repeat the path.</param>
public sealed record IngestProblem(string Log, string Message);

/// <summary>How far a run is.</summary>
/// <param name="Log">Log being read.</param>
/// <param name="BytesRead">Bytes of the logs on disk read so far.</param>
/// <param name="BytesTotal">Bytes of all logs on disk; null when standard input is among them.</param>
/// <param name="Lines">Lines read so far.</param>
/// <param name="Rejected">Lines rejected so far.</param>
public sealed record IngestProgress(string Log, long BytesRead, long? BytesTotal, long Lines, long Rejected);

/// <summary>A run cannot start; the message names what is wrong and what was expected.</summary>
public sealed class IngestException : Exception
{
    /// <inheritdoc/>
    public IngestException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public IngestException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
