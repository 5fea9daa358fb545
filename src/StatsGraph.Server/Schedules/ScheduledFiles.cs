using System.Text.Json;
using Microsoft.Extensions.Logging;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Use;
using StatsGraph.Reports;
using StatsGraph.Schedules;
using StatsGraph.Schedules.Runs;
using StatsGraph.Schedules.Times;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Documents;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Tables;

namespace StatsGraph.Server.Schedules;

/// <summary>Makes the files of scheduled runs: issues compliance reports, and answers saved documents. Safe for any number of threads.</summary>
public sealed class ScheduledFiles
{
    /// <summary>Changes of a report that are told one by one.</summary>
    private const int MostChanges = 20;

    private readonly ComplianceDesk desk;

    /// <summary>Only for schedules of documents: whoever has none reads none and needs no engine.</summary>
    private readonly Lazy<SavedDocuments> saved;
    private readonly Lazy<GraphQLEngine> engine;
    private readonly IReadOnlyList<FileForm> forms;
    private readonly Action<string, CompliancePeriod> check;

    /// <param name="store">The figures; stays the caller's.</param>
    /// <param name="options">Names the folders, the profiles, and what a document may ask for.</param>
    /// <param name="forms">The formats that there are.</param>
    /// <param name="check">Throws where a period of a site cannot be reported on; the message says why.</param>
    /// <param name="logger">Is told what nobody expected.</param>
    public ScheduledFiles(ReportStore store, ServerOptions options, IReadOnlyList<FileForm> forms, Action<string, CompliancePeriod> check, ILogger logger)
    {
        desk = new ComplianceDesk(options.Compliance with { DataFolder = options.DataFolder }, store);
        saved = new Lazy<SavedDocuments>(() => SavedDocuments.Of(options, logger));
        engine = new Lazy<GraphQLEngine>(() => new GraphQLEngine(store, options.Limits, logger, compliance: desk));
        (this.forms, this.check) = (forms, check);
    }

    private SavedDocuments Documents => saved.Value;

    /// <summary>What is wrong with a schedule as far as that can be told before it runs: the setting, and a complaint about it. Null where nothing is.</summary>
    public (string Setting, string Complaint)? Fault(Schedule schedule)
    {
        var isUse = schedule.Work is ScheduledWork.Report { Profile: var name } && ReportOfUse.IsNamed(name);
        string[] endings = [.. isUse ? UseForms.All.Select(form => form.Ending) : forms.Select(form => form.Ending)];
        if (schedule.Formats.FirstOrDefault(format => !endings.Contains(format, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            return ("Formats", $"'{unknown}' is none of {string.Join(", ", endings)}");
        return schedule.Work switch
        {
            ScheduledWork.Report use when isUse => desk.Use.RequestOf(schedule.Site!, use.Profile, SomePeriod(schedule)) is null ? ("Report", NoCategory(schedule.Site!)) : null,
            ScheduledWork.Report report when desk.Profiles.Find(report.Profile) is null
                => ("Report", $"there is no profile '{report.Profile}'; expected one of {string.Join(", ", desk.Profiles.All.Select(profile => profile.Name))}, {ReportOfUse.ByPerformancesName} and {ReportOfUse.ByHoursName}"),
            ScheduledWork.Query query => Fault(schedule, query),
            _ => null,
        };
    }

    /// <summary>Makes the files of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ScheduleException">The document has errors, or its answer is no table.</exception>
    /// <exception cref="ComplianceException">The report cannot be issued.</exception>
    /// <exception cref="ReportException">The report is too large.</exception>
    public Task<RunOutput> MakeAsync(DueRun run, CancellationToken cancellation)
        => run.Schedule.Work switch
        {
            ScheduledWork.Report report when ReportOfUse.IsNamed(report.Profile) => IssueUseAsync(run, report.Profile, cancellation),
            ScheduledWork.Report report => IssueAsync(run, report.Profile, cancellation),
            _ => AnswerAsync(run, (ScheduledWork.Query)run.Schedule.Work, cancellation),
        };

    private (string Setting, string Complaint)? Fault(Schedule schedule, ScheduledWork.Query query)
    {
        if (Documents.Find(query.Document) is not { } document)
            return ("Query", $"there is no document '{query.Document}'; expected one of {string.Join(", ", Documents.Names)}");
        try
        {
            QueryVariables.Of(document, query.Variables, schedule.Site, SomePeriod(schedule));
            GraphQLExecutor.Shape(document.Text);
            return null;
        }
        catch (FormatException wrong)
        {
            return ("Variables", wrong.Message);
        }
        catch (NoTableException none)
        {
            return ("Query", none.Message);
        }
    }

    private async Task<RunOutput> IssueAsync(DueRun run, string name, CancellationToken cancellation)
    {
        var profile = desk.Profiles.Find(name) ?? throw new ScheduleException($"there is no profile '{name}' any more");
        check(run.Schedule.Site!, run.Period);
        var issued = (await desk.IssueAsync(run.Schedule.Site!, profile, run.Period, cancellation)).Report;
        var report = issued.Report;
        var files = run.Schedule.Formats.Select(format => File(
            FileForms.NameOf(report), format, (form, output) => form.WriteReport(report, issued.Bytes, output)));
        return Output(profile.Title, issued, Summary(report), files);
    }

    private async Task<RunOutput> IssueUseAsync(DueRun run, string name, CancellationToken cancellation)
    {
        var site = run.Schedule.Site!;
        var request = desk.Use.RequestOf(site, name, run.Period) ?? throw new ScheduleException(NoCategory(site));
        check(site, run.Period);
        var issued = (await desk.Use.IssueAsync(site, request, cancellation)).Report;
        var lacking = ReportOfUseWords.Missing(issued.Report).ToList();
        var files = run.Schedule.Formats
            .Select(format => (UseForms.Find(format) ?? throw new ScheduleException($"there is no format '{format}' any more")).File(issued));
        return Output(
            "Report of use of sound recordings",
            issued,
            [
                .. Summary(issued.Report), .. ReportOfUseWords.Totals(issued.Report).Select(text => $"{text}."), .. lacking.Take(MostChanges),
                .. lacking.Count > MostChanges ? (string[])[FormattableString.Invariant($"and {lacking.Count - MostChanges} more recordings that lack something.")] : [],
            ],
            files);
    }

    private static RunOutput Output<TReport>(string title, IssuedReport<TReport> issued, IReadOnlyList<string> summary, IEnumerable<OutputFile> files)
        where TReport : IssuableReport
    {
        var revision = issued.Revision == 1 ? "" : FormattableString.Invariant($", revision {issued.Revision}");
        return new RunOutput(
            $"{title}: {issued.Report.Site.Name}, {issued.Report.Period.Name}{revision}", summary, new MadeReport(issued.Revision, issued.Report.Checksum!), [.. files]);
    }

    private static List<string> Summary(IssuableReport report)
    {
        var issue = report.Issue!;
        List<string> summary = [FormattableString.Invariant($"Revision {issue.Revision} of {issue.IssuedAt}, checksum {report.Checksum}.")];
        if (issue.Revision > 1)
        {
            summary.Add(FormattableString.Invariant(
                $"{issue.Changes.Count} figures have changed since the revision before; active sessions since the first one: {issue.SessionsSinceFirst:+0;-0;0}."));
            summary.AddRange(issue.Changes.Take(MostChanges).Select(change => $"{change.Channel ?? "All channels"}, {change.Figure}: {change.Describe()}."));
            summary.AddRange(issue.OtherChanges);
        }

        summary.AddRange(report.Remarks);
        return summary;
    }

    private static string NoCategory(string site)
        => $"'{site}' has no transmission category; expected the setting Sites:{site}:ReportOfUse:Category";

    /// <summary>The period of some run, to try what follows from one.</summary>
    private static CompliancePeriod SomePeriod(Schedule schedule) => new DueRun(schedule, DateTimeOffset.UnixEpoch.AddYears(1)).Period;

    private async Task<RunOutput> AnswerAsync(DueRun run, ScheduledWork.Query query, CancellationToken cancellation)
    {
        var document = Documents.Find(query.Document) ?? throw new ScheduleException($"there is no document '{query.Document}' any more");
        var variables = JsonSerializer.SerializeToElement(QueryVariables.Of(document, query.Variables, run.Schedule.Site, run.Period));
        var answer = await engine.Value.ExecuteAsync(
            new GraphQLRequest(document.Text, null, variables) { Saved = document.Name }, Caller.Reader(run.Schedule.Site), cancellation);
        if (answer.Result.Errors is [var error, ..])
            throw new ScheduleException($"the document '{document.Name}' could not be answered: {error.Message}");
        var response = new GraphQLResponse(await GraphQLEngine.SerializeAsync(answer.Result, cancellation), HasErrors: false);
        var (table, heading) = (Table(document, response), PdfHeading.Of(document.Name, variables));
        var files = run.Schedule.Formats.Select(format => File(
            FormattableString.Invariant($"{run.Schedule.Name}_{run.Period.Name}_{run.Due.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"), format, (form, output) => form.WriteTable(table, heading, output)));
        return new RunOutput($"{run.Schedule.Name}: {run.Period.Name}", [$"The answer to {document.Name}."], null, [.. files]);
    }

    private static FlatTable Table(SavedDocument document, GraphQLResponse response)
    {
        try
        {
            return GraphQLExecutor.Table(document.Text, null, response);
        }
        catch (NoTableException none)
        {
            throw new ScheduleException($"the document '{document.Name}': {none.Message}", none);
        }
    }

    private OutputFile File(string name, string format, Action<FileForm, Stream> write)
    {
        var form = Form(format) ?? throw new ScheduleException($"there is no format '{format}' any more");
        using var content = new MemoryStream();
        write(form, content);
        return new OutputFile($"{name}.{form.Ending}", form.MediaType, content.ToArray());
    }

    private FileForm? Form(string format) => forms.FirstOrDefault(form => form.Ending.Equals(format, StringComparison.OrdinalIgnoreCase));
}
