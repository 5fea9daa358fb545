using System.CommandLine;
using System.Globalization;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Configuration;
using StatsGraph.Lake;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph vacuum</c>: deletes what the lake does not need any more.</summary>
internal sealed class VacuumVerb : Verb
{
    private readonly Option<string> data = DataOption();

    private readonly Option<string> olderThan = new("--older-than")
    {
        HelpName = "AGE",
        Description = "Delete what left the lake longer ago: a number and h, d, w, mo or y (default: 7d); whoever reads an older version loses it",
    };

    private readonly Option<bool> dryRun = new("--dry-run")
    {
        Arity = ArgumentArity.Zero,
        Description = "Delete nothing and say what would be deleted",
    };

    public VacuumVerb(CommandHost host)
        : base(host, "vacuum", "Deletes files that the lake does not need any more: replaced ones, old parts of its log, leftovers of crashes.",
            "statsgraph vacuum --data /srv/statsgraph --older-than 7d --dry-run")
    {
        Add(data);
        Add(olderThan);
        Add(dryRun);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var options = new VacuumOptions
        {
            DryRun = parsed.GetValue(dryRun),
            Age = GivenAge(parsed),
            Keep = IssuedReports.NeededVersions(ReadSettings(parsed, data).DataFolder),
        };
        var result = OpenTables(parsed, data).Select(table => table.Vacuum(options, cancellation)).Aggregate((lines, plays) => lines.And(plays));
        var verb = options.DryRun ? "Would delete" : "Deleted";
        var files = string.Create(
            CultureInfo.InvariantCulture,
            $"{result.DataFiles:N0} data files, {result.LogFiles:N0} files of the log and {result.Leftovers:N0} leftovers");
        Host.Output.WriteLine($"{verb} {files}: {ByteText.Of(result.Bytes)}.");
        if (result.Kept > 0)
        {
            Host.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Kept {result.Kept:N0} data files that issued reports were made of."));
        }

        foreach (var path in result.Strange)
        {
            Host.Error.WriteLine(ErrorLine.Of($"{path}: not of this program and no part of the lake; left alone"));
        }

        return Task.FromResult(ExitStatus.Done);
    }

    private TimeSpan GivenAge(ParseResult parsed)
    {
        if (Given(parsed, olderThan) is not { } text)
        {
            return VacuumOptions.DefaultAge;
        }

        try
        {
            var now = Host.Clock.GetUtcNow();
            return now - Age.Parse(text).Before(now);
        }
        catch (FormatException invalid)
        {
            throw CommandException.WrongUsage($"option '--older-than': {invalid.Message}", invalid);
        }
    }
}
