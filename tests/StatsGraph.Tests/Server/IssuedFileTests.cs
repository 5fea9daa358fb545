using System.Net;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Use;
using StatsGraph.Server;
using StatsGraph.Tests.Printing;

namespace StatsGraph.Tests.Server;

/// <summary>Issued reports as files over HTTP; who may have them is told by the tests of routes.</summary>
public sealed class IssuedFileTests
{
    private const string Folder = "/reports/issued/demo/US-ATH/2026-10/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_of_use_is_sent_in_its_own_forms_by_the_name_of_the_rule()
    {
        var station = new SomeStation();
        var desk = new UseDesk(new ComplianceOptions { DataFolder = station.Folder }, station.Store);
        var issued = (await desk.IssueAsync(SomeStation.Key, new ReportOfUseRequest("Demo FM", 'B', CompliancePeriod.Parse("2026-10"), ByHours: false, Contact: null), Cancellation)).Report;
        await using var server = new RunningServer(station, new ServerOptions { DataFolder = station.Folder });
        await server.InitializeAsync();
        const string Folder = "/reports/issued/demo/REPORT-OF-USE/2026-10/";

        Assert.Equal(issued.Bytes.ToArray(), await server.Client.GetByteArrayAsync(Folder + "1.json", Cancellation));
        Assert.Equal("demo_REPORT-OF-USE_2026-10_r1.csv", await NameAsync("latest.csv"));
        Assert.Equal("DemoFM20261001-20261031.txt", await NameAsync("latest.txt"));
        Assert.Equal("DemoFM20261001-20261031.zip", await NameAsync("1.zip"));
        using var none = await server.GetAsync(Folder + "1.pdf");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains("with one of the endings txt, zip, csv, json.", await none.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        async Task<string> NameAsync(string file)
        {
            using var answer = await server.GetAsync(Folder + file);
            return answer.Content.Headers.ContentDisposition!.FileName!.Trim('"');
        }
    }

    [Fact]
    public async Task A_revision_is_sent_in_each_form_as_it_was_issued_and_nothing_else_is()
    {
        var station = new SomeStation();
        var first = await new SomeIssues(station).IssueAsync("2026-10");
        await using var server = new RunningServer(station, new ServerOptions { DataFolder = station.Folder });
        await server.InitializeAsync();

        using var json = await server.GetAsync(Folder + "1.json");
        Assert.Equal(first.Bytes.ToArray(), await json.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("demo_US-ATH_2026-10_r1.json", json.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        using var again = await server.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, Folder + "latest.json") { Headers = { { "If-None-Match", json.Headers.ETag!.ToString() } } }, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);

        var page = await server.Client.GetByteArrayAsync(Folder + "latest.pdf", Cancellation);
        Assert.Contains(first.Report.Checksum![^16..], (await PdfText.ReadAsync(page)).Flowing, StringComparison.Ordinal);
        Assert.Equal(page, await server.Client.GetByteArrayAsync(Folder + "1.pdf", Cancellation));
        Assert.Contains(first.Report.Checksum, await server.Client.GetStringAsync(Folder + "1.csv", Cancellation), StringComparison.Ordinal);
        Assert.Equal("PK"u8.ToArray(), (await server.Client.GetByteArrayAsync(Folder + "1.xlsx", Cancellation))[..2]);

        foreach (var other in new[] { "2.json", "0.json", "-1.json", "first.json", "1.exe", "1" })
        {
            using var none = await server.GetAsync(Folder + other);
            Assert.True(none.StatusCode == HttpStatusCode.NotFound, other);
        }

        foreach (var other in new[] { "/reports/issued/demo/US-ATH/2026-09/1.json", "/reports/issued/demo/..%2Fdemo/US-ATH/1.json", "/reports/issued/%2E%2E/issued/demo/1.json" })
        {
            using var none = await server.GetAsync(other);
            Assert.True(none.StatusCode == HttpStatusCode.NotFound, other);
        }
    }
}
