using System.CommandLine;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Configuration;
using StatsGraph.Ingest;
using StatsGraph.Printing;
using StatsGraph.Server.Tables;
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

    private readonly RevisionOptions revisions = new("List the revisions of the site; without --site and PROFILE, the profiles");

    public ReportVerb(CommandHost host)
        : base(host, "report", "Computes a compliance report by the rules of a profile; keeps it only when it is issued.",
            "statsgraph report US-ATH --site radio --month 2026-10 --format csv")
    {
        Add(profile);
        foreach (var option in (Option[])[site, month, period, format, folder, .. revisions.All, data])
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var asked = revisions.Read(parsed);
        var settings = ReadSettings(parsed, data);
        var options = Stores.Compliance(settings);
        using var store = Stores.Open(Host, settings);
        var desk = new ComplianceDesk(options, store);
        var texts = new ReportTexts(Host);
        if (asked.List)
        {
            return List(parsed, settings, desk, texts);
        }

        var rules = Rules(parsed, options.Profiles);
        var key = Key(parsed, settings);
        var days = Days(parsed, settings.Site(key).Profile.TimeZone);
        var issued = new IssuedKey(key, rules.Name, days.Name);
        var output = new ReportOutput(Host, Given(parsed, folder));
        if (asked.Verify)
        {
            return await texts.VerifyAsync(desk, issued, asked.Number, cancellation);
        }

        if (asked.Number is { } number)
        {
            var kept = desk.Issued.Read(issued, number);
            return await WriteAsync(output, parsed.GetValue(format), settings.Paper, kept.Report, kept.Bytes, cancellation);
        }

        if (!asked.Issue)
        {
            var draft = await desk.DraftAsync(key, rules, days, cancellation);
            return await WriteAsync(output, parsed.GetValue(format), settings.Paper, draft, ReportDocument.Write(draft), cancellation);
        }

        WholePeriods.ThrowIfPruned(settings, key, days, Host.Clock.GetUtcNow());
        var result = await desk.IssueAsync(key, rules, days, cancellation);
        texts.Tell(result);
        return await WriteAsync(output, parsed.GetValue(format), settings.Paper, result.Report.Report, result.Report.Bytes, cancellation);
    }

    /// <summary>Writes a report, of which <paramref name="document"/> is what is kept.</summary>
    private static async Task<int> WriteAsync(
        ReportOutput output, ReportFormat asked, PaperFormat? paper, ComplianceReport report, ReadOnlyMemory<byte> document, CancellationToken cancellation)
    {
        var form = FileForms.For(paper).Single(known => known.Ending.Equals(asked.ToString(), StringComparison.OrdinalIgnoreCase));
        using var content = new MemoryStream();
        form.WriteReport(report, document, content);
        await output.WriteAsync(
            $"{FileForms.NameOf(report)}.{form.Ending}", content.ToArray(), asked is ReportFormat.Json or ReportFormat.Csv, cancellation);
        return ExitStatus.Done;
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
