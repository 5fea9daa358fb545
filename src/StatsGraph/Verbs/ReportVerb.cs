using System.CommandLine;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Compliance.Use;
using StatsGraph.Configuration;
using StatsGraph.Server.Tables;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph report</c>: computes compliance reports, issues them, shows issued ones and verifies them, with no server.</summary>
internal sealed class ReportVerb : IssuingVerb
{
    private readonly Argument<string?> profile = new("PROFILE") { Description = "Name of the profile, such as US-ATH", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<ReportFormat> format = new("--format")
    {
        HelpName = "FORMAT",
        Description = "json, csv, xlsx or pdf (default: json)",
        DefaultValueFactory = _ => ReportFormat.Json,
    };

    public ReportVerb(CommandHost host)
        : base(host, "report", "Computes a compliance report by the rules of a profile; keeps it only when it is issued.",
            "statsgraph report US-ATH --site radio --month 2026-10 --format csv", "List the revisions of the site; without --site and PROFILE, the profiles")
    {
        Add(profile);
        AddOptions(format);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var asked = Revision(parsed);
        var settings = ReadSettings(parsed);
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
        var days = Days(parsed, settings.Site(key));
        var issued = new IssuedKey(key, rules.Name, days.Name);
        var output = Output(parsed);
        if (asked.Verify)
        {
            return await texts.VerifyAsync(desk, issued, asked.Number, cancellation);
        }

        if (asked.Number is { } number)
        {
            var kept = desk.Issued.Read(issued, number);
            return await WriteAsync(output, parsed.GetValue(format), settings, kept.Report, kept.Bytes, cancellation);
        }

        if (!asked.Issue)
        {
            var draft = await desk.DraftAsync(key, rules, days, cancellation);
            return await WriteAsync(output, parsed.GetValue(format), settings, draft, ReportDocument.Write(draft), cancellation);
        }

        WholePeriods.ThrowIfPruned(settings, key, days, Host.Clock.GetUtcNow());
        var result = await desk.IssueAsync(key, rules, days, cancellation);
        texts.Tell(result);
        return await WriteAsync(output, parsed.GetValue(format), settings, result.Report.Report, result.Report.Bytes, cancellation);
    }

    /// <summary>Writes a report, of which <paramref name="document"/> is what is kept.</summary>
    private static async Task<int> WriteAsync(
        ReportOutput output, ReportFormat asked, Settings settings, ComplianceReport report, ReadOnlyMemory<byte> document, CancellationToken cancellation)
    {
        var form = FileForms.For(settings.Paper, settings.Fonts).Single(known => known.Ending.Equals(asked.ToString(), StringComparison.OrdinalIgnoreCase));
        using var content = new MemoryStream();
        form.WriteReport(report, document, content);
        await output.WriteAsync(
            $"{FileForms.NameOf(report)}.{form.Ending}", content.ToArray(), asked is ReportFormat.Json or ReportFormat.Csv, cancellation);
        return ExitStatus.Done;
    }

    private int List(ParseResult parsed, Settings settings, ComplianceDesk desk, ReportTexts texts)
    {
        if (parsed.GetValue(profile) is null && Given(parsed, Site) is null)
        {
            return texts.ListProfiles(desk.Profiles);
        }

        var key = Key(parsed, settings);
        return texts.ListIssued(
            desk.Issued,
            key,
            parsed.GetValue(profile) is null ? null : Rules(parsed, desk.Profiles).Name,
            GivenPeriod(parsed, settings.Site(key)));
    }

    private ComplianceProfile Rules(ParseResult parsed, ComplianceProfiles profiles)
    {
        var known = string.Join(", ", profiles.All.Select(one => one.Name));
        return parsed.GetValue(profile) is not { } name ? throw CommandException.WrongUsage($"a profile is missing; expected one of {known}")
            : ReportOfUse.IsNamed(name) ? throw CommandException.WrongUsage($"'{name}' is no profile; the report of use has a verb of its own: statsgraph report-of-use")
            : profiles.Find(name) ?? throw CommandException.WrongUsage($"there is no profile '{name}'; expected one of {known}");
    }
}

/// <summary>How a report is written.</summary>
internal enum ReportFormat
{
    Json,
    Csv,
    Xlsx,
    Pdf,
}
