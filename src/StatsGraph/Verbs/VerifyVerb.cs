using System.CommandLine;
using StatsGraph.Ingest;
using StatsGraph.Lake.Verification;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph verify</c>: checks the lake against itself and changes nothing.</summary>
internal sealed class VerifyVerb : Verb
{
    private readonly Option<string> data = DataOption();

    private readonly Option<string> site = new("--site") { HelpName = "KEY", Description = "Check the data files of this site only (default: all)" };

    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "Print what was found as one JSON object" };

    public VerifyVerb(CommandHost host)
        : base(host, "verify", "Checks every byte of the lake against its log, and the log against itself. Changes nothing.",
            "statsgraph verify --data /srv/statsgraph")
    {
        Add(data);
        Add(site);
        Add(json);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var key = Given(parsed, site) is not { } asked || SiteKey.IsValid(asked) ? parsed.GetValue(site)
            : throw CommandException.WrongUsage($"option '--site': '{asked}' is no site key; expected {SiteKey.Expectation}");
        var settings = ReadSettings(parsed, data);
        var report = LakeVerification.Verify(settings.DataFolder, key, cancellation);
        var plays = LakeVerification.VerifyPlays(settings.DataFolder, key, cancellation);
        var isSound = report.IsSound && plays is not { IsSound: false };
        if (report.Version < 0 && plays is null && report.Findings.Count == 0 && !Directory.Exists(settings.DataFolder))
        {
            throw CommandException.Failed($"{settings.DataFolder}: there is no such folder; expected a data folder that something was ingested into");
        }

        if (key is not null && report.Files == 0 && plays is not { Files: > 0 } && isSound)
        {
            throw CommandException.Failed($"option '--site': the lake has no lines of '{key}'");
        }

        Host.Output.Write(parsed.GetValue(json) ? VerificationText.Json(report, plays) : VerificationText.Summary(report, plays, settings.DataFolder));
        foreach (var finding in report.Findings.Union(plays?.Findings ?? []))
        {
            Host.Error.WriteLine(ErrorLine.Of(VerificationText.Line(finding)));
        }

        return Task.FromResult(isSound ? ExitStatus.Done : ExitStatus.Failed);
    }
}
