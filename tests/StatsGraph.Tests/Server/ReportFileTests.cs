using System.Net;
using System.Text.Json;
using Apache.Arrow.Ipc;
using MiniExcelLibs;
using StatsGraph.Tests.Printing;

namespace StatsGraph.Tests.Server;

/// <summary>Saved documents as files.</summary>
[Collection(SharedServer.Name)]
public sealed class ReportFileTests(RunningServer server)
{
    private const string Entries = "/reports/entry-mounts.";
    private const string Variables = "?site=demo&month=2026-10&first=2";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_has_a_header_and_a_row_for_each_of_the_list()
    {
        using var response = await server.GetAsync(Entries + "csv" + Variables);

        Assert.Equal((HttpStatusCode.OK, "text/csv"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal("entry-mounts.csv", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var lines = (await response.Content.ReadAsStringAsync(Cancellation)).Split("\r\n");
        Assert.Equal("period_from,period_to,period_timeZone,period_complete,mount,share,visits,sessions,listeners,tuningHours,averageDuration", lines[0]);
        Assert.StartsWith("2026-09-30T22:00:00Z,2026-10-31T23:00:00Z,Europe/Berlin,", lines[1], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public async Task All_forms_have_the_same_rows()
    {
        var json = JsonSerializer.Deserialize<List<Dictionary<string, JsonElement>>>(await BytesAsync("json"))!;
        using var stream = new MemoryStream(await BytesAsync("arrow"));
        using var reader = new ArrowStreamReader(stream);
        using var batch = await reader.ReadNextRecordBatchAsync(Cancellation);
        using var sheet = new MemoryStream(await BytesAsync("xlsx"));
        var cells = sheet.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();

        Assert.Equal(2, json.Count);
        Assert.Equal(json[0].Keys, batch.Schema.FieldsList.Select(field => field.Name));
        Assert.Equal(json[0].Keys, cells[0].Keys);
        Assert.Equal(json.Select(row => row["mount"].GetString()), cells.Select(row => (string?)row["mount"]));
        Assert.Equal(2, batch.Length);
        Assert.Equal("PAR1"u8.ToArray(), (await BytesAsync("parquet"))[..4]);
    }

    [Fact]
    public async Task A_page_is_headed_by_the_document_and_what_it_was_asked()
    {
        using var response = await server.GetAsync(Entries + "pdf" + Variables);
        var pdf = await PdfText.ReadAsync(await response.Content.ReadAsByteArrayAsync(Cancellation));

        Assert.Equal(("application/pdf", "entry-mounts.pdf"), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        Assert.Contains("entry-mounts site demo month 2026-10 first 2 Rows 2 ", pdf.Flowing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_still_holds_is_not_sent_again()
    {
        using var first = await server.GetAsync(Entries + "csv" + Variables);
        using var again = new HttpRequestMessage(HttpMethod.Get, Entries + "csv" + Variables);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await server.Client.SendAsync(again, Cancellation);
        using var other = await server.GetAsync(Entries + "json" + Variables);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.NotEqual(first.Headers.ETag, other.Headers.ETag);
    }

    [Theory]
    [InlineData("/reports/entry-mounts.doc?site=demo&month=2026-10", 404, "PERSISTED_QUERY_NOT_FOUND", "There is no report 'entry-mounts.doc'")]
    [InlineData("/reports/nothing.csv?site=demo", 404, "PERSISTED_QUERY_NOT_FOUND", "There is no report 'nothing.csv'")]
    [InlineData("/reports/entry-mounts.csv?site=demo&month=2026-10&mont=1", 400, "HC0009", "has no variable 'mont'")]
    [InlineData("/reports/entry-mounts.csv?site=demo&month=October", 400, null, "October")]
    [InlineData("/reports/entry-mounts.csv?site=none&month=2026-10", 422, "NO_TABLE", "The answer has no 'site'")]
    [InlineData("/reports/average-duration.csv?site=demo&month=2026-10", 422, "NO_TABLE", "asks for two lists")]
    public async Task What_is_no_file_says_why(string address, int status, string? code, string message)
    {
        using var response = await server.GetAsync(address);
        var error = (await RunningServer.JsonAsync(response)).GetProperty("errors")[0];

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        if (code is not null)
            Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
    }

    private async Task<byte[]> BytesAsync(string format)
    {
        using var response = await server.GetAsync(Entries + format + Variables);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync(Cancellation);
    }
}
