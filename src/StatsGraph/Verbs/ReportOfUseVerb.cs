using System.CommandLine;
using NodaTime;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Use;
using StatsGraph.Configuration;
using StatsGraph.Schedules.Runs;
using StatsGraph.Server.Tables;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>
/// <c>statsgraph report-of-use</c>: makes a month's report of use of sound recordings, as 37 CFR 370.4 has it, issues it, shows issued ones and verifies
/// them.
/// </summary>
internal sealed class ReportOfUseVerb : IssuingVerb
{
    private readonly Option<string> service = new("--service")
    {
        HelpName = "NAME",
        Description = "Name of the service (default: ReportOfUse:Service of the site, else its name)",
    };

    private readonly Option<string> category = new("--category")
    {
        HelpName = "LETTER",
        Description = $"Transmission category, {UseReader.Categories} (default: ReportOfUse:Category of the site)",
    };

    private readonly Option<UseFormat> format = new("--format")
    {
        HelpName = "FORMAT",
        Description = "txt, the file of the regulation; zip, the same as it is delivered; csv or json (default: txt)",
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
        Description = "Begin the text file with service, contact, period and column names, as ReportOfUse:Headers does; needs the contact beside that",
    };

    public ReportOfUseVerb(CommandHost host)
        : base(host, "report-of-use", "Makes a report of use of sound recordings (37 CFR 370.4), and says on standard error what is missing in it.",
            "statsgraph report-of-use --site radio --month 2026-10 --category B --format zip --out reports", "List the revisions of the site")
        => AddOptions(service, category, format, byHours, headers);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var asked = Revision(parsed);
        CheckUsage(parsed, asked);
        var settings = ReadSettings(parsed);
        var key = Key(parsed, settings);
        var configured = settings.Site(key);
        using var store = Stores.Open(Host, settings);
        var desk = new UseDesk(Stores.Compliance(settings), store);
        var texts = new ReportTexts(Host);
        if (asked.List)
        {
            return texts.ListIssued(desk.Issued, key, profile: null, GivenPeriod(parsed, configured));
        }

        var issued = new IssuedKey(key, parsed.GetValue(byHours) ? ReportOfUse.ByHoursName : ReportOfUse.ByPerformancesName, Days(parsed, configured).Name);
        if (asked.Verify)
        {
            return await texts.VerifyAsync(desk, issued, asked.Number, cancellation);
        }

        if (asked.Number is { } number)
        {
            return await WriteAsync(parsed, desk.Issued.Read(issued, number), tellsRemarks: true, cancellation);
        }

        var request = Request(parsed, key, configured);
        WholePeriods.ThrowIfPruned(settings, key, request.Period, Host.Clock.GetUtcNow(), asked.Issue ? "issued" : "reported");
        using var budget = store.StartBudget();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, budget.Token);
        if (!asked.Issue)
        {
            var draft = await desk.DraftAsync(key, request, stop.Token);
            return await WriteAsync(
                parsed, draft, form => form.File(draft, ReportDocument.Write(draft), Instant.FromDateTimeOffset(Host.Clock.GetUtcNow())), tellsRemarks: true, cancellation);
        }

        var result = await desk.IssueAsync(key, request, stop.Token);
        texts.Tell(result);
        return await WriteAsync(parsed, result.Report, tellsRemarks: !result.IsNew, cancellation);
    }

    /// <summary>What is asked of a report of the newest data.</summary>
    private ReportOfUseRequest Request(ParseResult parsed, string key, SiteSettings configured) => new(
        Given(parsed, service) ?? configured.Use.Service,
        Category(parsed, configured.Use),
        Days(parsed, configured),
        parsed.GetValue(byHours),
        parsed.GetValue(headers) || configured.Use.Headers ? Contact(configured.Use, key) : null);

    private Task<int> WriteAsync(ParseResult parsed, IssuedReport<ReportOfUse> issued, bool tellsRemarks, CancellationToken cancellation)
        => WriteAsync(parsed, issued.Report, form => form.File(issued), tellsRemarks, cancellation);

    private async Task<int> WriteAsync(
        ParseResult parsed, ReportOfUse report, Func<UseForm, OutputFile> write, bool tellsRemarks, CancellationToken cancellation)
    {
        var form = UseForms.Find(parsed.GetValue(format).ToString())!;
        IEnumerable<string> lines =
        [
            .. ReportOfUseWords.Totals(report), .. tellsRemarks ? report.Remarks : [], .. ReportOfUseWords.Missing(report),
            .. form.IsPlain ? ReportOfUseWords.WithoutPlainForm(report) : [],
        ];
        foreach (var line in lines)
        {
            await Host.Error.WriteAsync(line + "\n");
        }

        var file = write(form);
        await Output(parsed).WriteAsync(file.Name, file.Content, parsed.GetValue(format) != UseFormat.Zip, cancellation);
        return ExitStatus.Done;
    }

    /// <summary>What is asked of a report that is made cannot be asked of one that was issued.</summary>
    private void CheckUsage(ParseResult parsed, AskedRevision asked)
    {
        if (parsed.GetValue(headers) && parsed.GetValue(format) is UseFormat.Csv)
        {
            throw CommandException.WrongUsage("option '--headers' is for the text file; leave it out with --format csv");
        }

        var kept = asked switch
        {
            { List: true } => "--list",
            { Verify: true } => "--verify",
            { Number: not null } => "--revision",
            _ => null,
        };
        var made = ((Option[])[service, category, headers]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        if (kept is not null && made is not null)
        {
            throw CommandException.WrongUsage($"options '{kept}' and '{made.Name}' cannot be together");
        }
    }

    private char Category(ParseResult parsed, ReportOfUseTerms use) => Given(parsed, category) is { } text
        ? UseReader.CategoryOf(text) ?? throw CommandException.WrongUsage(
            $"option '--category': '{text}' is no transmission category; expected one of {UseReader.Categories}")
        : use.Category ?? throw CommandException.WrongUsage(
            $"option '--category' is missing, and so is ReportOfUse:Category of the site; expected one of {UseReader.Categories}");

    private static ReportOfUseContact Contact(ReportOfUseTerms use, string key) => use.Contact ?? throw CommandException.Failed(
        $"option '--headers': the contact is missing; expected Contact, Street, City, Telephone and Email in setting Sites:{key}:ReportOfUse");
}

/// <summary>How a report of use is written.</summary>
internal enum UseFormat
{
    Txt,
    Zip,
    Csv,
    Json,
}
