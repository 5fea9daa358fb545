using System.Text;
using Microsoft.AspNetCore.Http;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Documents;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Tables;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Server.Http;

/// <summary>Answers of saved documents as files of flat rows: <c>/reports/NAME.FORMAT</c>, with the document's variables as parameters.</summary>
/// <param name="answers">Answers the documents.</param>
/// <param name="documents">The saved documents.</param>
/// <param name="others">Tells whose page asks.</param>
/// <param name="options">Limits, the fonts of pages, and what caches may do.</param>
/// <param name="metrics">Counts what is asked.</param>
internal sealed class ReportFiles(
    GraphQLEndpoint answers, DocumentResolver documents, OtherSites others, ServerOptions options, ServerMetrics metrics)
{
    private readonly Form[] forms =
    [
        new("json", "application/json; charset=utf-8", (table, _, output) => JsonTable.Write(table, output)),
        new("csv", "text/csv; charset=utf-8; header=present", (table, _, output) => WriteCsv(table, output)),
        new("arrow", "application/vnd.apache.arrow.stream", (table, _, output) => ArrowTable.Write(table, output)),
        new("parquet", "application/vnd.apache.parquet", (table, _, output) => ParquetTable.Write(table, output)),
        new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (table, _, output) => ExcelTable.Write(table, output)),
        new("pdf", "application/pdf", (table, heading, output) => PdfTable.Write(table, heading, output, fonts: options.Fonts)),
    ];

    /// <summary>The file that the path names.</summary>
    public async Task GetAsync(HttpContext context)
    {
        var file = (string)context.Request.RouteValues["file"]!;
        var form = Array.Find(forms, form => Path.GetExtension(file) == "." + form.Ending);
        if (form is null || documents.Saved.Find(Path.GetFileNameWithoutExtension(file)) is not { } document)
        {
            await answers.RefuseAsync(context, new RequestFault(
                StatusCodes.Status404NotFound,
                ErrorCodes.DocumentNotFound,
                $"There is no report '{file}'; expected the name of a saved document ({string.Join(", ", documents.Saved.Names)}) with one of the endings "
                + $"{string.Join(", ", forms.Select(known => known.Ending))}."));
            return;
        }

        var (request, fault) = SavedRequestReader.Read(context.Request, document, options.Limits.MaximumQueryStringBytes);
        if (request is { } read)
            (request, fault) = documents.Resolve(read);
        using var asked = metrics.Ask();
        if ((others.Fault(context.Request) ?? fault) is { } refused)
        {
            asked.Refused(refused);
            await answers.RefuseAsync(context, refused);
            return;
        }

        var answer = await answers.AnswerAsync(request! with { Explanation = Explanation.None }, Caller.Of(context), context.RequestAborted);
        asked.Answered(document.Name, answer);
        if (answer.IsWhole)
            await WriteAsync(context, document, request!, answer, form);
        else
            await answers.WriteErrorsAsync(context, answer);
    }

    private async Task WriteAsync(HttpContext context, SavedDocument document, GraphQLRequest request, Answer answer, Form form)
    {
        if (Attachment.IsHeld(context, $"{answer.Tag(AnswerType.Json)[..^1]}-{form.Ending}\"", options.CacheControl))
            return;

        using var content = new MemoryStream();
        try
        {
            form.Write(
                GraphQLExecutor.Table(document.Text, request.OperationName, new GraphQLResponse(answer.Json, HasErrors: false)),
                PdfHeading.Of(document.Name, request.Variables),
                content);
        }
        catch (NoTableException none)
        {
            context.Response.Headers.Remove("ETag");
            await answers.RefuseAsync(context, new RequestFault(StatusCodes.Status422UnprocessableEntity, ErrorCodes.NoTable, none.Message));
            return;
        }

        await Attachment.WriteAsync(context, $"{document.Name}.{form.Ending}", form.MediaType, content);
    }

    private static void WriteCsv(FlatTable table, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        CsvTable.Write(table, text);
    }

    private sealed record Form(string Ending, string MediaType, Action<FlatTable, PdfHeading, Stream> Write);
}
