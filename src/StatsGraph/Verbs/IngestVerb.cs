using System.CommandLine;
using System.Globalization;
using StatsGraph.Configuration;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph ingest</c>: reads access logs into the lake and says what became of every line.</summary>
internal sealed class IngestVerb : Verb
{
    private readonly Argument<string[]> paths = new("PATH")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Access logs, plain or .gz, .bz2, .zst; folders; globs in quotes; - for standard input",
    };

    private readonly Option<string> data = DataOption();

    private readonly Option<string> site = new("--site")
    {
        HelpName = "KEY",
        Description = "Site that the logs belong to (default: DefaultSite of the configuration, else the only configured site, else 'default')",
    };

    private readonly Option<string[]> geo = new("--geo")
    {
        HelpName = "FILE",
        Description = "MaxMind database (.mmdb) to place listeners with instead of the built-in country file; may be repeated",
    };

    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "Print the summary as one JSON object" };

    public IngestVerb(CommandHost host)
        : base(host, "ingest", "Reads access logs into the lake. Lines that are in already are skipped.",
            "statsgraph ingest --site radio /var/log/icecast2/access.log*")
    {
        Add(paths);
        Add(data);
        Add(site);
        Add(geo);
        Add(json);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = ReadSettings(parsed, data);
        var run = new ObservedIngest(Host, settings)
        {
            Site = settings.ResolveSite(GivenSite(parsed)),
            GeoFiles = parsed.GetValue(geo) ?? [],
        };
        var lake = LakeTable.Open(settings.DataFolder);
        var summary = Execute(run, parsed.GetValue(paths)!, lake, cancellation);
        Host.Output.Write(parsed.GetValue(json) ? IngestSummaryJson.Print(summary) : IngestSummaryTable.Print(summary));
        foreach (var line in summary.Notes.Concat(summary.Problems.Select(problem => $"{problem.Log}: {problem.Message}")))
        {
            Host.Error.WriteLine("statsgraph: " + line);
        }

        new LakeCare(Host, lake).TryOnce(CompactionOptions.AfterIngest, cancellation);
        return Task.FromResult(summary.Problems.Count == 0 ? ExitStatus.Done : ExitStatus.Failed);
    }

    /// <summary>Runs; when it is interrupted, says how many lines made it into the lake.</summary>
    private static IngestSummary Execute(ObservedIngest run, IReadOnlyList<string> paths, LakeTable lake, CancellationToken cancellation)
    {
        var before = Lines(lake);
        try
        {
            return run.Execute(paths, cancellation);
        }
        catch (OperationCanceledException interrupted) when (cancellation.IsCancellationRequested)
        {
            var committed = (Lines(lake) - before).ToString("N0", CultureInfo.InvariantCulture);
            throw CommandException.Failed($"interrupted; {committed} new lines are in the lake, the next run reads the rest", interrupted);
        }
    }

    private static long Lines(LakeTable lake) => lake.Snapshot().Files.Sum(file => file.Rows);

    private string? GivenSite(ParseResult parsed)
        => Given(parsed, site) is not { } key || SiteKey.IsValid(key) ? parsed.GetValue(site)
            : throw CommandException.WrongUsage($"option '--site': '{key}' is no site key; expected {SiteKey.Expectation}");
}
