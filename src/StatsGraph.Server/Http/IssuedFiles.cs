using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Use;
using StatsGraph.Ingest;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Tables;

namespace StatsGraph.Server.Http;

/// <summary>
/// Issued reports as files: <c>/reports/issued/SITE/PROFILE/PERIOD/REVISION.FORMAT</c>, where <c>latest</c> stands for the newest revision, and the name of
/// a kind of report of use may stand for the profile. JSON is what is kept, byte for byte; the other forms follow from it.
/// </summary>
/// <param name="desk">Has the reports.</param>
/// <param name="answers">Refuses requests.</param>
/// <param name="others">Tells whose page asks.</param>
/// <param name="options">The paper, the fonts, and what caches may do.</param>
/// <param name="logger">Is told which report is damaged.</param>
internal sealed partial class IssuedFiles(ComplianceDesk desk, GraphQLEndpoint answers, OtherSites others, ServerOptions options, ILogger logger)
{
    private const string Latest = "latest";

    private readonly IReadOnlyList<FileForm> forms = FileForms.For(options.Paper, options.Fonts);

    /// <summary>The file that the path names.</summary>
    public async Task GetAsync(HttpContext context)
    {
        try
        {
            // A site that one may not read is answered as one that never was.
            var isUse = ReportOfUse.IsNamed(Value(context, "profile"));
            var file = isUse ? OfUse(context) : OfProfile(context);
            if ((others.Fault(context.Request) ?? (file is null ? Missing(isUse) : null)) is { } refused)
                await answers.RefuseAsync(context, refused);
            else
                await WriteAsync(context, file!);
        }
        catch (ComplianceException damage)
        {
            Damaged(logger, damage.Message);
            await answers.RefuseAsync(context, new RequestFault(
                StatusCodes.Status500InternalServerError, ErrorCodes.IssuedReportDamaged, ErrorMapping.DamagedMessage));
        }
    }

    private IssuedFile? OfProfile(HttpContext context)
    {
        if (forms.FirstOrDefault(known => known.Ending == Ending(context)) is not { } form || Find(context, desk) is not { } issued)
            return null;
        var content = new MemoryStream();
        form.WriteReport(issued.Report, issued.Bytes, content);
        return new IssuedFile($"{FileForms.NameOf(issued.Report)}.{form.Ending}", form.MediaType, content);
    }

    private IssuedFile? OfUse(HttpContext context)
    {
        if (UseForms.All.FirstOrDefault(known => known.Ending == Ending(context)) is not { } form || Find(context, desk.Use) is not { } issued)
            return null;
        var file = form.File(issued);
        return new IssuedFile(file.Name, file.MediaType, new MemoryStream(file.Content, 0, file.Content.Length, writable: false, publiclyVisible: true));
    }

    /// <summary>The report of the path; null where there is none for the caller. Nothing of the path becomes one of the disk but by comparison.</summary>
    private static IssuedReport<TReport>? Find<TReport>(HttpContext context, IssuingDesk<TReport> desk)
        where TReport : IssuableReport, IIssuable<TReport>
    {
        var (site, revision) = (Value(context, "site"), Path.GetFileNameWithoutExtension(Value(context, "file")));
        if (!desk.KeepsReports || !SiteKey.IsValid(site) || !Caller.Of(context).MayRead(site)
            || desk.Issued.Keys(site, Value(context, "profile")).FirstOrDefault(key => key.Period == Value(context, "period")) is not { } found)
        {
            return null;
        }

        if (revision == Latest)
            return desk.Issued.Last(found);
        return uint.TryParse(revision, out var number) && number > 0 && number <= desk.Issued.Count(found) ? desk.Issued.Read(found, (int)number) : null;
    }

    private async Task WriteAsync(HttpContext context, IssuedFile file)
    {
        await using var content = file.Content;

        // Another version of the program may print a report differently, so that the tag is of the file and not of the report.
        var tag = EntityTags.Of(content.GetBuffer().AsSpan(0, (int)content.Length));
        if (!Attachment.IsHeld(context, tag, options.CacheControl))
            await Attachment.WriteAsync(context, file.Name, file.MediaType, content);
    }

    private RequestFault Missing(bool isUse) => new(
        StatusCodes.Status404NotFound,
        ErrorCodes.IssuedReportNotFound,
        $"There is no such issued report; expected site, profile, period and revision of one, or '{Latest}', with one of the endings "
        + $"{string.Join(", ", isUse ? UseForms.All.Select(known => known.Ending) : forms.Select(known => known.Ending))}.");

    private static string Value(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    private static string Ending(HttpContext context) => Path.GetExtension(Value(context, "file")).TrimStart('.');

    [LoggerMessage(40, LogLevel.Error, "An issued report cannot be sent: {Damage}")]
    private static partial void Damaged(ILogger logger, string damage);

    private sealed record IssuedFile(string Name, string MediaType, MemoryStream Content);
}
