using System.CommandLine;
using System.Globalization;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph compact</c>: makes few large files of the lake's many small ones.</summary>
internal sealed class CompactVerb : Verb
{
    private readonly Option<string> data = DataOption();

    private readonly Option<string> site = new("--site") { HelpName = "KEY", Description = "Only this site (default: all)" };

    public CompactVerb(CommandHost host)
        : base(host, "compact", "Makes few large files of the lake's many small ones. No line changes; ingests and readers go on meanwhile.",
            "statsgraph compact --data /srv/statsgraph")
    {
        Add(data);
        Add(site);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var key = Given(parsed, site);
        if (key is not null && !SiteKey.IsValid(key))
        {
            throw CommandException.WrongUsage($"option '--site': '{key}' is no site key; expected {SiteKey.Expectation}");
        }

        var tables = OpenTables(parsed, data);
        var sites = tables.SelectMany(table => table.Snapshot().Sites).Distinct().Order(StringComparer.Ordinal).ToList();
        if (key is not null && !sites.Contains(key, StringComparer.Ordinal))
        {
            throw CommandException.Failed($"option '--site': the lake has no lines of '{key}'; expected one of {string.Join(", ", sites)}");
        }

        var result = tables.Select(table => table.Compact(CompactionOptions.Full with { Site = key }, cancellation))
            .Aggregate((lines, plays) => lines.And(plays));
        if (result.Merges > 0)
        {
            Host.Output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{result.Files:N0} files became {result.Merges:N0}: {result.Rows:N0} lines, ")
                + $"{ByteText.Of(result.BytesAfter)} instead of {ByteText.Of(result.BytesBefore)}.");
        }
        else if (result.Failures.Count == 0)
        {
            Host.Output.WriteLine("Nothing to compact.");
        }

        foreach (var failure in result.Failures)
        {
            Host.Error.WriteLine(ErrorLine.Of(failure.Message));
        }

        return Task.FromResult(result.Failures.Count == 0 ? ExitStatus.Done : ExitStatus.Failed);
    }
}
