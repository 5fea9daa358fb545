using System.CommandLine;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Configuration;
using StatsGraph.Ingest;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph report</c>: computes compliance reports, issues them, shows issued ones and verifies them, with no server.</summary>
internal sealed class ReportVerb : Verb
{
    private readonly Argument<string?> profile = new("PROFILE") { Description = "Name of the profile, such as US-ATH", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string> data = DataOption();

    private readonly Option<string> site = new("--site") { HelpName = "KEY", Description = "Site (default: DefaultSite, else the only configured one)" };

    private readonly Option<string> month = new("--month") { HelpName = "MONTH", Description = "Calendar month, such as 2026-10 (default: last month)" };

    private readonly Option<string> period = new("--period")
    {
        HelpName = "PERIOD",
        Description = "Month, quarter (2026-Q4), half-year (2026-H2), year, or days (2026-10-01_2026-10-08, the last one exclusive)",
    };

    private readonly Option<ReportFormat> format = new("--format")
    {
        HelpName = "FORMAT",
        Description = "json, csv, xlsx or pdf (default: json)",
        DefaultValueFactory = _ => ReportFormat.Json,
    };

    private readonly Option<string> folder = new("--out") { HelpName = "FOLDER", Description = "Folder to write a file into, or - for standard output (default: -)" };

    private readonly Option<bool> issue = new("--issue")
    {
        Arity = ArgumentArity.Zero,
        Description = "Keep the report as issued: as revision 1, or as the next one where a figure has changed",
    };

    private readonly Option<int?> revision = new("--revision") { HelpName = "N", Description = "Show a revision as it was issued" };

    private readonly Option<bool> verify = new("--verify")
    {
        Arity = ArgumentArity.Zero,
        Description = "Check the issued revisions, or the one of --revision, and compute them again from the lake as it was",
    };

    private readonly Option<bool> list = new("--list")
    {
        Arity = ArgumentArity.Zero,
        Description = "List the revisions of the site; without --site and PROFILE, the profiles",
    };

    public ReportVerb(CommandHost host)
        : base(host, "report", "Computes a compliance report by the rules of a profile; keeps it only when it is issued.",
            "statsgraph report US-ATH --site radio --month 2026-10 --format csv")
    {
        Add(profile);
        foreach (var option in (Option[])[site, month, period, format, folder, issue, revision, verify, list, data])
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        CheckUsage(parsed);
        var settings = ReadSettings(parsed, data);
        var options = Stores.Compliance(settings);
        using var store = Stores.Open(Host, settings);
        var desk = new ComplianceDesk(options, store);
        var texts = new ReportTexts(Host);
        if (parsed.GetValue(list))
        {
            return List(parsed, settings, desk, texts);
        }

        var rules = Rules(parsed, options.Profiles);
        var key = Key(parsed, settings);
        var days = Days(parsed, settings.Site(key).Profile.TimeZone);
        var issued = new IssuedKey(key, rules.Name, days.Name);
        var output = new ReportOutput(
            Host, parsed.GetValue(format), Given(parsed, folder) is { } path and not "-" ? Host.Located(path) : null, settings.Paper);
        if (parsed.GetValue(verify))
        {
            return await texts.VerifyAsync(desk, issued, parsed.GetValue(revision), cancellation);
        }

        if (parsed.GetValue(revision) is { } number)
        {
            var kept = desk.Issued.Read(issued, number);
            return await output.WriteAsync(kept.Report, kept.Bytes, cancellation);
        }

        if (!parsed.GetValue(issue))
        {
            var draft = await desk.DraftAsync(key, rules, days, cancellation);
            return await output.WriteAsync(draft, ReportDocument.Write(draft), cancellation);
        }

        WholePeriods.ThrowIfPruned(settings, key, days, Host.Clock.GetUtcNow());
        var result = await desk.IssueAsync(key, rules, days, cancellation);
        texts.Tell(result);
        return await output.WriteAsync(result.Report.Report, result.Report.Bytes, cancellation);
    }

    private void CheckUsage(ParseResult parsed)
    {
        if (parsed.GetValue(revision) is < 1)
        {
            throw CommandException.WrongUsage("option '--revision': revisions are numbered from 1");
        }

        var acts = new[] { (issue.Name, parsed.GetValue(issue)), (verify.Name, parsed.GetValue(verify)), (list.Name, parsed.GetValue(list)) }
            .Where(act => act.Item2).Select(act => act.Name).ToList();
        if (acts.Count > 1)
        {
            throw CommandException.WrongUsage($"options '{acts[0]}' and '{acts[1]}' cannot be together");
        }

        if (parsed.GetValue(revision) is not null && acts.Exists(act => act != verify.Name))
        {
            throw CommandException.WrongUsage($"options '{revision.Name}' and '{acts[0]}' cannot be together");
        }
    }

    private int List(ParseResult parsed, Settings settings, ComplianceDesk desk, ReportTexts texts)
    {
        if (parsed.GetValue(profile) is null && Given(parsed, site) is null)
        {
            return texts.ListProfiles(desk.Profiles);
        }

        var named = parsed.GetValue(month) is not null || parsed.GetValue(period) is not null;
        var key = Key(parsed, settings);
        return texts.ListIssued(
            desk.Issued,
            key,
            parsed.GetValue(profile) is null ? null : Rules(parsed, desk.Profiles).Name,
            named ? Days(parsed, settings.Site(key).Profile.TimeZone).Name : null);
    }

    private ComplianceProfile Rules(ParseResult parsed, ComplianceProfiles profiles)
    {
        var known = string.Join(", ", profiles.All.Select(one => one.Name));
        return parsed.GetValue(profile) is not { } name ? throw CommandException.WrongUsage($"a profile is missing; expected one of {known}")
            : profiles.Find(name) ?? throw CommandException.WrongUsage($"there is no profile '{name}'; expected one of {known}");
    }

    private string Key(ParseResult parsed, Settings settings)
        => settings.ResolveSite(Given(parsed, site)) is var key && SiteKey.IsValid(key) ? key
            : throw CommandException.WrongUsage($"option '--site': '{key}' is no site key; expected {SiteKey.Expectation}");

    private CompliancePeriod Days(ParseResult parsed, string timeZone)
        => ReportedDays.Of(Host, (month.Name, Given(parsed, month)), (period.Name, Given(parsed, period)), timeZone);
}

/// <summary>How a report is written.</summary>
internal enum ReportFormat
{
    Json,
    Csv,
    Xlsx,
    Pdf,
}
