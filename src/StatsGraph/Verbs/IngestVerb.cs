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

    private readonly Option<bool> quiet = new("--quiet")
    {
        Arity = ArgumentArity.Zero,
        Description = "Print no summary and no progress, only problems and warnings",
    };

    private readonly Option<bool> dryRun = new("--dry-run")
    {
        Arity = ArgumentArity.Zero,
        Description = "Say what would be ingested and write nothing",
    };

    public IngestVerb(CommandHost host)
        : base(host, "ingest", "Reads access logs into the lake. Lines that are in already are skipped.",
            "statsgraph ingest --site radio /var/log/icecast2/access.log*")
    {
        Add(paths);
        Add(data);
        Add(site);
        Add(geo);
        Add(json);
        Add(quiet);
        Add(dryRun);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        ThrowIfContradictory(parsed);
        var settings = ReadSettings(parsed, data);
        var run = new ObservedIngest(Host, settings)
        {
            Site = settings.ResolveSite(GivenSite(parsed)),
            GeoFiles = parsed.GetValue(geo) ?? [],
            DryRun = parsed.GetValue(dryRun),
            Quiet = parsed.GetValue(quiet),
        };
        var summary = Execute(run, parsed.GetValue(paths)!, LakeTable.Open(settings.DataFolder), cancellation);
        if (!run.Quiet)
        {
            Host.Output.Write(parsed.GetValue(json) ? IngestSummaryJson.Print(summary) : IngestSummaryTable.Print(summary));
        }

        foreach (var line in IngestRemarks.Of(summary, withNotes: !run.Quiet))
        {
            Host.Error.WriteLine(ErrorLine.Of(line));
        }

        if (!run.DryRun)
        {
            new SitePrune(Host, settings, LakeTable.Open(settings.DataFolder, Host.Clock)).RunIfConfigured(run.Site, cancellation);
        }

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
            if (run.DryRun)
            {
                throw CommandException.Failed("interrupted; nothing was written, as this was a dry run", interrupted);
            }

            var committed = (Lines(lake) - before).ToString("N0", CultureInfo.InvariantCulture);
            throw CommandException.Failed($"interrupted; {committed} new lines are in the lake, the next run reads the rest", interrupted);
        }
    }

    /// <summary>The summary is all that a dry run has, and all that <c>--json</c> is about.</summary>
    private void ThrowIfContradictory(ParseResult parsed)
    {
        var asking = new[] { json, dryRun }.FirstOrDefault(option => parsed.GetValue(option));
        if (parsed.GetValue(quiet) && asking is not null)
        {
            throw CommandException.WrongUsage($"option '--quiet' leaves out the summary that '{asking.Name}' asks for; give one of them");
        }
    }

    private static long Lines(LakeTable lake) => lake.Snapshot().Files.Sum(file => file.Rows);

    private string? GivenSite(ParseResult parsed)
        => Given(parsed, site) is not { } key || SiteKey.IsValid(key) ? parsed.GetValue(site)
            : throw CommandException.WrongUsage($"option '--site': '{key}' is no site key; expected {SiteKey.Expectation}");
}
