using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Telemetry;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Telemetry;

/// <summary>Nothing that is a listener's or a client's gets out in metrics, traces or the log, whatever is asked with it.</summary>
[Collection(WatchedServers.Name)]
public sealed class PrivacyTests
{
    /// <summary>Each stands in the log of the station, in requests, or in both.</summary>
    private static readonly string[] Markers =
        ["81.2.69", "198.51.100", "MarkerAgent", "marker-referrer", "markertoken", "markerquery", "markeruser", "markervalue", "markerpath", "markerbaggage", "4711081"];

    private const string WrongToken = "Bearer sg_abcdefghijkl_" + "4711081471108147110814711081471108147110814711081471108147110814";

    private const string Log = """
        81.2.69.160 - markeruser [22/Nov/2026:10:00:00 +0000] "GET /live.mp3?markerquery=markertoken HTTP/1.1" 200 306829 "http://marker-referrer.example/" "MarkerAgent/1.0" 60
        198.51.100.7 - - [22/Nov/2026:11:00:00 +0000] "GET /live.mp3?markerquery=markertoken HTTP/1.1" 200 306829 "http://marker-referrer.example/" "MarkerAgent/1.0"
        198.51.100.8 - - markerquery=markertoken MarkerAgent

        """;

    private static readonly string[] Documents =
    [
        """{ site(key: "radio") { report(period: { month: "2026-11" }, where: { userAgent: { eq: "MarkerAgent/1.0" } }) { totals { sessions } players { nodes { name } } } } }""",
        """{ site(key: "radio") { report(period: { month: "2026-11" }, where: { userAgent: { contains: "markervalue" }, referrer: { eq: "marker-referrer.example" } }) { referrers { nodes { host } } } } }""",
        """{ site(key: "markervalue") { name } }""",
        """{ site(key: "radio") { report(period: { month: "markervalue" }) { totals { sessions } } } }""",
        """{ site(key: "radio") { intake { lines rejections { reason examples } } report(period: { month: "2026-11" }, minDuration: 4711081) { totals { sessions } } } }""",
        """{ site(key: "markervalue" }""",
        "{ site(key: \"\"\"markervalue\"\"\") { nothing(a: 4711081, b: \"81.2.69.160\") } } # 198.51.100.7 markertoken",
        """query ($markervariable: String!) { site(key: "radio") { report(period: { month: "2026-11" }, where: { player: { eq: $markervariable } }) { totals { sessions } } } }""",
    ];

    [Theory]
    [InlineData(LogFormat.Text)]
    [InlineData(LogFormat.Json)]
    public async Task Markers_that_are_planted_everywhere_are_nowhere(LogFormat format)
    {
        var now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        using var lake = new SomeLake("UTC", now);
        var clock = new ManualClock(now);
        var token = new TokenFolder(lake.Data, clock).Add(TokenScope.Admin, [], null, null).Text;
        string[] markers = [.. Markers, token.Split('_')[2]];
        lake.Ingest([lake.Write("access.log", Encoding.UTF8.GetBytes(Log))]);
        using var columns = new ColumnStore(LakeTable.Open(lake.Data), lake.Data, [], _ => { });
        columns.Start();
        using var store = new ReportStore(LakeTable.Open(lake.Data), [], new StoppedClock(now), new ReportOptions { MemoryLimit = "256MB" }, columns);
        await using var server = await WatchedServer.StartAsync(
            store,
            new ServerOptions
            {
                LogLevel = LogLevel.Debug,
                Telemetry = new TelemetryOptions { SlowQuery = TimeSpan.Zero, LogFormat = format },
                DataFolder = lake.Data,
                Clock = clock,
            },
            traces: true,
            token: token);
        await server.UntilAsync(metrics => metrics.Matching("statsgraph_site_rejected_lines").Any() && store.Building is null);
        foreach (var document in Documents)
            await SendAsync(server, HttpMethod.Post, "graphql", document);
        foreach (var shown in new[] { "Bearer markertoken", $"Bearer {token}0", "Basic bWFya2VydXNlcjptYXJrZXJ0b2tlbg==" }.Concat(Enumerable.Repeat(WrongToken, 25)))
            await SendAsync(server, HttpMethod.Post, "graphql", Documents[0], shown);
        await SendAsync(server, HttpMethod.Post, "sign-in", null);
        await SendAsync(server, HttpMethod.Get, "graphql?query=%7Bsite(key:%22markerquery%22)%7Bname%7D%7D&markerquery=markertoken", null);
        await SendAsync(server, HttpMethod.Get, "graphql/persisted/markerpath?markerquery=markertoken", null);
        await SendAsync(server, HttpMethod.Get, "reports/markerpath.csv?markerquery=markertoken", null);
        await SendAsync(server, HttpMethod.Get, "markerpath/81.2.69.160", null);
        await SendAsync(server, new HttpMethod("MARKERPATH"), "graphql", null);

        // From now on tokens from that address are looked at again.
        clock.Pass(TimeSpan.FromMinutes(5));
        var metrics = await server.Client.GetStringAsync("metrics", TestContext.Current.CancellationToken);
        var lines = await server.LinesAsync(lines => lines.Count(line => line.Contains(" ms for ", StringComparison.Ordinal)) > Documents.Length + 35);
        var spans = server.Spans.Select(span => string.Join(
            ' ', span.TagObjects.Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}"))
                .Concat(span.Baggage.Select(pair => $"{pair.Key}={pair.Value}")).Append(span.DisplayName).Append(span.TraceStateString).Append(span.StatusDescription)
                .Concat(span.Events.Select(happened => happened.Name + string.Join(' ', happened.Tags)))));

        Assert.Contains(lines, line => line.Contains("Slow query", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(" ms for " + token.Split('_')[1], StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("wrong tokens came from one address", StringComparison.Ordinal));
        Assert.Contains(server.Spans, span => span.DisplayName == "query");
        Assert.DoesNotContain(markers, marker => metrics.Contains(marker, StringComparison.OrdinalIgnoreCase));
        Assert.All(lines.Concat(spans), text => Assert.DoesNotContain(markers, marker => text.Contains(marker, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task SendAsync(WatchedServer server, HttpMethod method, string address, string? document, string? shown = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (document is not null)
        {
            request.Content = System.Net.Http.Json.JsonContent.Create(new
            {
                query = document,
                variables = document.Contains("$markervariable", StringComparison.Ordinal) ? new { markervariable = "markervalue" } : null,
            });
        }

        request.Headers.TryAddWithoutValidation("User-Agent", "MarkerAgent/1.0");
        request.Headers.TryAddWithoutValidation("Referer", "http://marker-referrer.example/");
        if (shown is not null)
            request.Headers.TryAddWithoutValidation("Authorization", shown);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "81.2.69.160");
        request.Headers.TryAddWithoutValidation("X-Request-Id", "81.2.69.160");
        request.Headers.TryAddWithoutValidation("Cookie", "markertoken=markertoken; statsgraph-token=markertoken");
        request.Headers.TryAddWithoutValidation("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        request.Headers.TryAddWithoutValidation("tracestate", "markerbaggage=markerbaggage");
        request.Headers.TryAddWithoutValidation("baggage", "markerbaggage=markerbaggage");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.NotEqual(500, (int)response.StatusCode);
    }
}
