using System.CommandLine;
using System.Globalization;
using NodaTime;
using StatsGraph.Compliance.Use;
using StatsGraph.Configuration;
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

    private readonly Option<string> month = new("--month") { HelpName = "MONTH", Description = "Calendar month, such as 2026-10 (default: last month)" };

    private readonly Option<string> period = new("--period")
    {
        HelpName = "PERIOD",
        Description = "Days (2026-10-05_2026-10-12, the last one exclusive), for those who report weeks, or month, quarter, half-year, year",
    };

    private readonly Option<string> service = new("--service")
    {
        HelpName = "NAME",
        Description = "Name of the service (default: ReportOfUse:Service of the site, else its name)",
    };

    private readonly Option<string> category = new("--category")
    {
        HelpName = "LETTER",
        Description = $"Transmission category, {Letters} (default: ReportOfUse:Category of the site)",
    };

    private readonly Option<UseFormat> format = new("--format")
    {
        HelpName = "FORMAT",
        Description = "txt, the file of the regulation; zip, the same as it is delivered; or csv (default: txt)",
        DefaultValueFactory = _ => UseFormat.Txt,
    };

    private readonly Option<bool> byHours = new("--by-hours")
    {
        Arity = ArgumentArity.Zero,
        Description = "Aggregate tuning hours, channel and play frequency in place of actual total performances, for services that may report so",
    };

    private readonly Option<bool> headers = new("--headers")
    {
        Arity = ArgumentArity.Zero,
        Description = "Begin the text file with service, contact, period and column names; needs the contact in ReportOfUse of the site",
    };

    private readonly Option<string> folder = new("--out") { HelpName = "FOLDER", Description = "Folder to write a file into, or - for standard output (default: -)" };

    public ReportOfUseVerb(CommandHost host)
        : base(host, "report-of-use", "Makes a report of use of sound recordings (37 CFR 370.4), and says on standard error what is missing in it.",
            "statsgraph report-of-use --site radio --month 2026-10 --category B --format zip --out reports")
    {
        Add(data);
        Add(site);
        Add(month);
        Add(period);
        Add(service);
        Add(category);
        Add(format);
        Add(byHours);
        Add(headers);
        Add(folder);
    }

    private static string Letters => string.Join(", ", ReportOfUse.Categories.ToCharArray());

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = ReadSettings(parsed, data);
        var key = settings.ResolveSite(Given(parsed, site));
        var configured = settings.Site(key);
        var request = new ReportOfUseRequest(
            Given(parsed, service) ?? configured.Use.Service ?? configured.Profile.Name ?? key,
            Category(parsed, configured.Use),
            ReportedDays.Of(Host, (month.Name, Given(parsed, month)), (period.Name, Given(parsed, period)), configured.Profile.TimeZone),
            parsed.GetValue(byHours));
        WholePeriods.ThrowIfPruned(settings, key, request.Period, Host.Clock.GetUtcNow(), "reported");
        var contact = parsed.GetValue(headers) ? Contact(parsed, configured.Use, key) : null;

        using var store = Stores.Open(Host, settings);
        using var lake = store.Open(isVisible: null);
        var reports = lake.Site(key) ?? throw CommandException.Failed($"option '--site': there is no site '{key}' in the lake or the configuration");
        using var budget = store.StartBudget();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, budget.Token);
        var report = await ReportOfUse.OfAsync(reports, request, stop.Token);
        var asked = parsed.GetValue(format);
        await Host.Error.WriteAsync(ReportOfUseSummary.Print(report, asked != UseFormat.Csv));
        await new ReportOutput(Host, Given(parsed, folder)).WriteAsync(
            $"{ReportOfUseText.FileName(report)}.{asked.ToString().ToLowerInvariant()}",
            Content(report, contact, asked, configured.Profile.TimeZone),
            asked != UseFormat.Zip,
            cancellation);
        return ExitStatus.Done;
    }

    private byte[] Content(ReportOfUse report, ReportOfUseContact? contact, UseFormat asked, string zone)
    {
        var today = Instant.FromDateTimeOffset(Host.Clock.GetUtcNow()).InZone(DateTimeZoneProviders.Tzdb[zone]).Date;
        return asked switch
        {
            UseFormat.Csv => ReportOfUseText.Csv(report),
            UseFormat.Zip => ReportOfUseText.Zip(report, contact, today),
            _ => ReportOfUseText.Text(report, contact, today),
        };
    }

    private char Category(ParseResult parsed, UseSettings use)
    {
        var text = Given(parsed, category)
            ?? use.Category
            ?? throw CommandException.WrongUsage(
                $"option '--category' is missing, and so is ReportOfUse:Category of the site; expected one of {Letters}");
        return text.Length == 1 && ReportOfUse.Categories.Contains(text[0], StringComparison.Ordinal) ? text[0]
            : throw CommandException.WrongUsage(string.Create(
                CultureInfo.InvariantCulture,
                $"option '--category': '{text}' is no transmission category; expected one of {Letters}"));
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
    Zip,
    Csv,
}
