using System.CommandLine;
using System.Globalization;
using NodaTime;
using StatsGraph.Configuration;
using StatsGraph.Reports.Use;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph report-of-use</c>: writes a month's report of use of sound recordings, as 37 CFR 370.4 has it.</summary>
internal sealed class ReportOfUseVerb : Verb
{
    private readonly Option<string> data = DataOption();

    private readonly Option<string> site = new("--site")
    {
        HelpName = "KEY",
        Description = "Site (default: DefaultSite of the configuration, else the only configured site, else 'default')",
    };

    private readonly Option<string> month = new("--month") { HelpName = "YYYY-MM", Description = "The month, in the site's zone", Required = true };

    private readonly Option<string> service = new("--service")
    {
        HelpName = "NAME",
        Description = "Name of the service (default: ReportOfUse:Service of the site, else its name)",
    };

    private readonly Option<string> category = new("--category")
    {
        HelpName = "LETTER",
        Description = $"Transmission category, {ReportOfUse.Categories[0]} to {ReportOfUse.Categories[^1]} (default: ReportOfUse:Category of the site)",
    };

    private readonly Option<UseFormat> format = new("--format")
    {
        HelpName = "FORMAT",
        Description = "txt, the file of the regulation, or csv",
        DefaultValueFactory = _ => UseFormat.Txt,
    };

    private readonly Option<bool> byHours = new("--by-hours")
    {
        Arity = ArgumentArity.Zero,
        Description = "Aggregate tuning hours, channel and play frequency in place of actual total performances",
    };

    private readonly Option<bool> headers = new("--headers")
    {
        Arity = ArgumentArity.Zero,
        Description = "Begin the text file with service, contact, period and column names; needs ReportOfUse of the site",
    };

    private readonly Option<string> outFolder = new("--out") { HelpName = "DIR", Description = "Folder that the file is written to (default: .)" };

    public ReportOfUseVerb(CommandHost host)
        : base(host, "report-of-use", "Writes a month's report of use of sound recordings (37 CFR 370.4), and says what is missing in it.",
            "statsgraph report-of-use --site radio --month 2026-10 --category B --out reports")
    {
        Add(data);
        Add(site);
        Add(month);
        Add(service);
        Add(category);
        Add(format);
        Add(byHours);
        Add(headers);
        Add(outFolder);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = ReadSettings(parsed, data);
        var key = settings.ResolveSite(Given(parsed, site));
        var configured = settings.Site(key);
        var request = new ReportOfUseRequest(
            Given(parsed, service) ?? configured.Use.Service ?? configured.Profile.Name ?? key,
            Category(parsed, configured.Use),
            parsed.GetValue(month)!,
            parsed.GetValue(byHours));
        var contact = parsed.GetValue(headers) ? Contact(parsed, configured.Use, key) : null;

        using var store = Stores.Open(Host, settings);
        using var lake = store.Open(isVisible: null);
        var reports = lake.Site(key) ?? throw CommandException.Failed($"option '--site': there is no site '{key}' in the lake or the configuration");
        using var budget = store.StartBudget();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, budget.Token);
        var report = await ReportOfUse.OfAsync(reports, request, stop.Token);
        var path = Write(report, contact, Host.Located(Given(parsed, outFolder) ?? "."), parsed.GetValue(format), configured.Profile.TimeZone);
        await Host.Output.WriteAsync(ReportOfUseSummary.Print(report, path, parsed.GetValue(format) == UseFormat.Txt));
        return ExitStatus.Done;
    }

    private string Write(ReportOfUse report, ReportOfUseContact? contact, string folder, UseFormat asked, string zone)
    {
        var today = Instant.FromDateTimeOffset(Host.Clock.GetUtcNow()).InZone(DateTimeZoneProviders.Tzdb[zone]).Date;
        var (content, ending) = asked == UseFormat.Csv ? (ReportOfUseText.Csv(report), "csv") : (ReportOfUseText.Text(report, contact, today), "txt");
        var path = Path.Combine(folder, $"{ReportOfUseText.FileName(report)}.{ending}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(path + ".tmp", content);
            File.Move(path + ".tmp", path, overwrite: true);
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{path}: {failure.Message}", failure);
        }
    }

    private char Category(ParseResult parsed, UseSettings use)
    {
        var text = Given(parsed, category)
            ?? use.Category
            ?? throw CommandException.WrongUsage(
                $"option '--category' is missing, and so is ReportOfUse:Category of the site; expected a letter from {ReportOfUse.Categories[0]} to {ReportOfUse.Categories[^1]}");
        return text.Length == 1 && ReportOfUse.Categories.Contains(text[0], StringComparison.Ordinal) ? text[0]
            : throw CommandException.WrongUsage(string.Create(
                CultureInfo.InvariantCulture,
                $"option '--category': '{text}' is no transmission category; expected a letter from {ReportOfUse.Categories[0]} to {ReportOfUse.Categories[^1]}"));
    }

    private ReportOfUseContact Contact(ParseResult parsed, UseSettings use, string key)
        => parsed.GetValue(format) == UseFormat.Csv ? throw CommandException.WrongUsage("option '--headers' is for the text file; leave it out with --format csv")
            : use.Contact ?? throw CommandException.Failed(
                $"option '--headers': the contact is missing; expected Contact, Street, City, Telephone and Email in setting Sites:{key}:ReportOfUse");
}

/// <summary>How a report of use is written.</summary>
internal enum UseFormat
{
    Txt,
    Csv,
}
