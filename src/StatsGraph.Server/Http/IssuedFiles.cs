using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Ingest;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Tables;

namespace StatsGraph.Server.Http;

/// <summary>
/// Issued compliance reports as files: <c>/reports/issued/SITE/PROFILE/PERIOD/REVISION.FORMAT</c>, where <c>latest</c> stands for the newest revision. JSON is
/// what is kept, byte for byte; the other forms follow from it.
/// </summary>
/// <param name="desk">Has the reports.</param>
/// <param name="answers">Refuses requests.</param>
/// <param name="others">Tells whose page asks.</param>
/// <param name="options">The paper, and what caches may do.</param>
/// <param name="logger">Is told which report is damaged.</param>
internal sealed partial class IssuedFiles(ComplianceDesk desk, GraphQLEndpoint answers, OtherSites others, ServerOptions options, ILogger logger)
{
    private const string Latest = "latest";

    private readonly IReadOnlyList<FileForm> forms = FileForms.For(options.Paper);

    /// <summary>The file that the path names.</summary>
    public async Task GetAsync(HttpContext context)
    {
        var file = (string)context.Request.RouteValues["file"]!;
        var form = forms.FirstOrDefault(known => Path.GetExtension(file) == "." + known.Ending);
        try
        {
            // A site that one may not read is answered as one that never was.
            var report = form is null ? null : Find(context, Path.GetFileNameWithoutExtension(file));
            if ((others.Fault(context.Request) ?? (report is null ? Missing() : null)) is { } refused)
                await answers.RefuseAsync(context, refused);
            else
                await WriteAsync(context, report!, form!);
        }
        catch (ComplianceException damage)
        {
            Damaged(logger, damage.Message);
            await answers.RefuseAsync(context, new RequestFault(
                StatusCodes.Status500InternalServerError, ErrorCodes.IssuedReportDamaged, ErrorMapping.DamagedMessage));
        }
    }

    /// <summary>The report of the path; null where there is none for the caller. Nothing of the path becomes one of the disk but by comparison.</summary>
    private IssuedReport? Find(HttpContext context, string revision)
    {
        string Value(string name) => (string)context.Request.RouteValues[name]!;
        var site = Value("site");
        if (!desk.KeepsReports || !SiteKey.IsValid(site) || !Caller.Of(context).MayRead(site)
            || desk.Issued.Keys(site, Value("profile")).FirstOrDefault(key => key.Period == Value("period")) is not { } found)
        {
            return null;
        }

        if (revision == Latest)
            return desk.Issued.Last(found);
        return uint.TryParse(revision, out var number) && number > 0 && number <= desk.Issued.Count(found) ? desk.Issued.Read(found, (int)number) : null;
    }

    private async Task WriteAsync(HttpContext context, IssuedReport report, FileForm form)
    {
        using var content = new MemoryStream();
        form.WriteReport(report.Report, report.Bytes, content);

        // Another version of the program may print a report differently, so that the tag is of the file and not of the report.
        var tag = EntityTags.Of(content.GetBuffer().AsSpan(0, (int)content.Length));
        if (!Attachment.IsHeld(context, tag, options.CacheControl))
            await Attachment.WriteAsync(context, $"{FileForms.NameOf(report.Report)}.{form.Ending}", form.MediaType, content);
    }

    private RequestFault Missing() => new(
        StatusCodes.Status404NotFound,
        ErrorCodes.IssuedReportNotFound,
        $"There is no such issued report; expected site, profile, period and revision of one, or '{Latest}', with one of the endings "
        + $"{string.Join(", ", forms.Select(known => known.Ending))}.");

    [LoggerMessage(40, LogLevel.Error, "An issued report cannot be sent: {Damage}")]
    private static partial void Damaged(ILogger logger, string damage);
}
