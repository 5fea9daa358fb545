using System.CommandLine;
using StatsGraph.Configuration;
using StatsGraph.Lake;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph prune</c>: takes old lines out of the lake, whole visits only.</summary>
internal sealed class PruneVerb : Verb
{
    private readonly Option<string> data = DataOption();

    private readonly Option<string> olderThan = new("--older-than")
    {
        HelpName = "AGE",
        Description = "Remove what is older: a number and h, d, w, mo or y, such as 24mo (default: each site's Retention)",
    };

    private readonly Option<string> site = new("--site") { HelpName = "KEY", Description = "The only site to prune (default: all)" };

    private readonly Option<bool> dryRun = new("--dry-run")
    {
        Arity = ArgumentArity.Zero,
        Description = "Remove nothing and say what would be removed",
    };

    public PruneVerb(CommandHost host)
        : base(host, "prune", "Removes old lines from the lake, a session only with its whole visit: figures of the days kept do not change.",
            "statsgraph prune --data /srv/statsgraph --older-than 24mo --dry-run")
    {
        Add(data);
        Add(olderThan);
        Add(site);
        Add(dryRun);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var age = GivenAge(parsed);
        var only = Given(parsed, site);
        var settings = ReadSettings(parsed, data);
        var lake = LakeTable.Open(settings.DataFolder, Host.Clock);
        var sites = lake.Snapshot().Sites.Where(key => (only ?? key) == key).ToList();
        if (only is not null && sites.Count == 0 && !settings.Sites.ContainsKey(only))
        {
            throw CommandException.Failed($"site '{only}' has no lines in the lake of {settings.DataFolder}");
        }

        if (age is null && settings.Sites.Values.All(configured => configured.Retention is null))
        {
            throw CommandException.WrongUsage("how old lines may become is not said: give --older-than AGE, or configure Sites:KEY:Retention");
        }

        var due = sites.Select(key => (Site: key, Retention: age ?? settings.Site(key).Retention)).Where(pair => pair.Retention is not null).ToList();
        if (due.Count == 0)
        {
            Host.Output.WriteLine(sites.Count == 0 ? $"Nothing to remove: the lake has no lines{(only is null ? "" : $" of site {only}")}."
                : $"Nothing to remove: no Retention is configured for {string.Join(", ", sites)}.");
        }

        var removed = 0L;
        var prune = new SitePrune(Host, settings, lake);
        foreach (var (key, retention) in due)
        {
            var (lines, text) = prune.Run(key, retention!, parsed.GetValue(dryRun), cancellation);
            Host.Output.WriteLine(text);
            removed += lines;
        }

        if (removed > 0 && !parsed.GetValue(dryRun))
        {
            Host.Output.WriteLine("What was removed stays on disk until 'statsgraph vacuum' deletes it, after 7 days; at once with --older-than 0h.");
        }

        return Task.FromResult(ExitStatus.Done);
    }

    private Retention? GivenAge(ParseResult parsed)
    {
        try
        {
            return Given(parsed, olderThan) is { } text ? Retention.Parse(text) : null;
        }
        catch (FormatException invalid)
        {
            throw CommandException.WrongUsage($"option '--older-than': {invalid.Message}", invalid);
        }
    }
}
