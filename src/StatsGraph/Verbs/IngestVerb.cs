using System.CommandLine;
using System.Globalization;
using StatsGraph.Configuration;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph ingest</c>: reads access logs and playlists into the lake and says what became of every line.</summary>
internal sealed class IngestVerb : Verb
{
    private readonly Argument<string[]> paths = new("PATH")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Access logs and playlists (playlist.log, CSV of plays), plain or .gz, .bz2, .zst; folders; globs in quotes; - for standard input",
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

    private readonly Option<bool> plays = new("--plays")
    {
        Arity = ArgumentArity.Zero,
        Description = "Take every file for a playlist: Icecast's playlist.log, or a CSV of plays (default: found out by content; needed for -)",
    };

    private readonly Option<bool> follow = new("--follow")
    {
        Arity = ArgumentArity.Zero,
        Description = "Keep reading: follow the logs, also those to come, through rotation until SIGTERM or Ctrl-C, then print the summary",
    };

    private readonly Option<string> commitEvery = new("--commit-every")
    {
        HelpName = "TIME",
        Description = "With --follow, longest time from a line's being read to its commit: 500ms, 5s, 2m (default: 5s)",
    };

    private readonly Option<string> url = new("--url")
    {
        HelpName = "URL",
        Description = "Send the logs to the StatsGraph server at this address, which reads them into its lake, by its own settings",
    };

    private readonly Option<string> token = new("--token")
    {
        HelpName = "TOKEN",
        Description = "With --url, the token that the server asks for; rather by --token-file, STATSGRAPH_TOKEN or the setting Token, since "
            + "other users of this machine can see command lines",
    };

    private readonly Option<string> tokenFile = new("--token-file")
    {
        HelpName = "FILE",
        Description = "With --url, a file that holds the token",
    };

    public IngestVerb(CommandHost host)
        : base(host, "ingest", "Reads access logs and playlists into the lake. Lines that are in already are skipped.",
            "statsgraph ingest --site radio /var/log/icecast2/access.log*")
    {
        Add(paths);
        Add(data);
        Add(site);
        Add(geo);
        Add(json);
        Add(quiet);
        Add(dryRun);
        Add(plays);
        Add(follow);
        Add(commitEvery);
        Add(url);
        Add(token);
        Add(tokenFile);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        ThrowIfContradictory(parsed);
        var interval = GivenInterval(parsed);
        var settings = ReadSettings(parsed, data);
        var key = settings.ResolveSite(GivenSite(parsed));
        if (Given(parsed, url) is { } address)
        {
            return Tell(parsed, NewSending(parsed, settings, key, address).Execute(parsed.GetValue(paths)!, cancellation));
        }

        var lake = LakeTable.Open(settings.DataFolder, Host.Clock);
        var summary = parsed.GetValue(follow)
            ? await FollowAsync(NewFollow(parsed, settings, key, interval), parsed.GetValue(paths)!, settings, lake, cancellation)
            : Execute(NewRun(parsed, settings, key), parsed.GetValue(paths)!, lake, cancellation);
        var status = Tell(parsed, summary);
        if (!parsed.GetValue(dryRun) && !cancellation.IsCancellationRequested)
        {
            new SitePrune(Host, settings, lake).RunIfConfigured(key, cancellation);
            new LakeCare(Host, Stores.Tables(Host, settings.DataFolder), settings.DataFolder).TryOnce(CompactionOptions.AfterIngest, cancellation);
        }

        return status;
    }

    /// <summary>Prints what became of the lines.</summary>
    /// <returns>Whether all went well, as one of <see cref="ExitStatus"/>.</returns>
    private int Tell(ParseResult parsed, IngestSummary summary)
    {
        var isQuiet = parsed.GetValue(quiet);
        if (!isQuiet)
        {
            Host.Output.Write(
                parsed.GetValue(json) ? IndentedJson.Print(writer => IngestSummaryJson.Write(writer, summary)) : IngestSummaryTable.Print(summary));
        }

        foreach (var line in IngestRemarks.Of(summary, withNotes: !isQuiet))
        {
            Host.Error.WriteLine(ErrorLine.Of(line));
        }

        return summary.Problems.Count == 0 ? ExitStatus.Done : ExitStatus.Failed;
    }

    /// <summary>Follows; what that makes many small files of is tidied up meanwhile, and what becomes old in the site is pruned.</summary>
    private async Task<IngestSummary> FollowAsync(
        ObservedFollow run, IReadOnlyList<string> logs, Settings settings, LakeTable lake, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var care = Task.WhenAll(
            new LakeCare(Host, Stores.Tables(Host, settings.DataFolder), settings.DataFolder).UntilStoppedAsync(stop.Token),
            new SitePrune(Host, settings, lake).UntilStoppedAsync([run.Site], stop.Token));
        try
        {
            return await run.UntilStoppedAsync(logs, cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await care;
        }
    }

    private ObservedFollow NewFollow(ParseResult parsed, Settings settings, string key, TimeSpan interval) => new(Host, settings)
    {
        Site = key,
        GeoFiles = parsed.GetValue(geo) ?? [],
        CommitEvery = interval,
        Quiet = parsed.GetValue(quiet),
    };

    private ObservedSending NewSending(ParseResult parsed, Settings settings, string key, string address) => new(Host)
    {
        Url = ObservedSending.Address(address)
            ?? throw CommandException.WrongUsage($"option '--url': '{address}' is no address of a server; expected one such as https://stats.example.org"),
        Token = SendingToken.Read(Host, Given(parsed, token), Given(parsed, tokenFile), settings.Token),
        Site = key,
        DryRun = parsed.GetValue(dryRun),
        OnlyPlays = parsed.GetValue(plays),
        Quiet = parsed.GetValue(quiet),
    };

    private ObservedIngest NewRun(ParseResult parsed, Settings settings, string key) => new(Host, settings)
    {
        Site = key,
        GeoFiles = parsed.GetValue(geo) ?? [],
        DryRun = parsed.GetValue(dryRun),
        OnlyPlays = parsed.GetValue(plays),
        Quiet = parsed.GetValue(quiet),
    };

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

    /// <summary>The summary is all that a dry run has, and all that <c>--json</c> is about; what is to come can only be followed for real.</summary>
    private void ThrowIfContradictory(ParseResult parsed)
    {
        if (parsed.GetValue(follow) && parsed.GetValue(dryRun))
        {
            throw CommandException.WrongUsage("option '--follow' keeps writing what '--dry-run' would not write; give one of them");
        }

        if (parsed.GetValue(follow) && parsed.GetValue(plays))
        {
            throw CommandException.WrongUsage("option '--follow' tells by content which files are playlists, and '--plays' takes every file for one; give one of them");
        }

        ThrowIfMeantForHere(parsed);
        var asking = new[] { json, dryRun }.FirstOrDefault(option => parsed.GetValue(option));
        if (parsed.GetValue(quiet) && asking is not null)
        {
            throw CommandException.WrongUsage($"option '--quiet' leaves out the summary that '{asking.Name}' asks for; give one of them");
        }
    }

    /// <summary>What is sent is read by the server's settings, into the server's lake.</summary>
    private void ThrowIfMeantForHere(ParseResult parsed)
    {
        if (Given(parsed, url) is null)
        {
            if (new[] { token, tokenFile }.FirstOrDefault(option => Given(parsed, option) is not null) is { } shown)
            {
                throw CommandException.WrongUsage($"option '{shown.Name}' needs --url");
            }

            return;
        }

        if (new Option[] { data, geo, follow }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } here)
        {
            throw CommandException.WrongUsage($"option '{here.Name}' is about this machine, and '--url' about a server; give one of them");
        }
    }

    private static long Lines(LakeTable lake) => lake.Snapshot().Files.Sum(file => file.Rows);

    /// <summary>The time between commits; wrong usage where it is none, or where nothing is followed.</summary>
    private TimeSpan GivenInterval(ParseResult parsed)
    {
        var isFollowing = parsed.GetValue(follow);
        if (isFollowing && parsed.GetValue(paths)!.Contains("-"))
        {
            throw CommandException.WrongUsage("option '--follow': standard input cannot be followed; expected files, folders and globs");
        }

        return Given(parsed, commitEvery) is not { } text ? FollowOptions.Default.CommitEvery
            : !isFollowing ? throw CommandException.WrongUsage("option '--commit-every' needs --follow")
            : LengthOfTime.TryParse(text, out var interval) ? interval
            : throw CommandException.WrongUsage($"option '--commit-every': '{text}' is no {LengthOfTime.Expectation}");
    }

    private string? GivenSite(ParseResult parsed)
        => Given(parsed, site) is not { } key || SiteKey.IsValid(key) ? parsed.GetValue(site)
            : throw CommandException.WrongUsage($"option '--site': '{key}' is no site key; expected {SiteKey.Expectation}");
}
