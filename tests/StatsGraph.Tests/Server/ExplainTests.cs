using System.Net;
using System.Text.Json;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

/// <summary>How an answer tells what it took.</summary>
[Collection(SharedServer.Name)]
public sealed class ExplainTests(RunningServer server)
{
    private const string Totals = """{ site(key: "demo") { report(period: { month: "2026-10" }) { totals { sessions listeners } } } }""";

    [Fact]
    public async Task Every_figure_is_listed_with_its_road_its_rows_and_its_time()
    {
        using var station = new SomeStation();
        const string Query = """
            { site(key: "demo") { mounts intake { lines } report(period: { month: "2026-10" }) {
              totals { sessions listeners median: durationQuantile averageQuarterHour peakConcurrent { sessions } }
              countries { nodes { code metrics { sessions } } } groups(by: [NETWORK]) { totalCount } errors { totalCount } } } }
            """;
        var response = await GraphQLExecutor.ExecuteAsync(
            station.Store, Query, null, null, TestContext.Current.CancellationToken, explain: true);
        var explained = JsonSerializer.Deserialize<JsonElement>(response.Json.Span).GetProperty("extensions").GetProperty("explain");

        Assert.Equal(0, explained.GetProperty("lakeVersion").GetInt64());
        var figures = explained.GetProperty("figures").EnumerateArray().ToList();
        Assert.Equal(
            [
                "averageQuarterHour 5 1", "dataThrough 10 1", "durationQuantile 5 1", "errors 10 2", "groups 5 1", "groups 5 3", "intake 10 1",
                "listeners 5 1", "mounts 10 1", "networkNames 5 0", "peakConcurrent 5 1", "rejections 10 1", "sessions 10 5", "totals 5 1",
            ],
            figures.Select(Line).Order(StringComparer.Ordinal));
        Assert.All(figures, figure => Assert.Equal(
            ("demo", "lake"), (figure.GetProperty("site").GetString(), figure.GetProperty("road").GetString())));
        Assert.All(figures, figure => Assert.InRange(
            figure.GetProperty("milliseconds").GetDouble(), 0.001, explained.GetProperty("milliseconds").GetDouble()));
    }

    [Fact]
    public async Task What_columns_and_rollups_answer_is_said_to_be_their_answer()
    {
        using var station = new SomeStation();
        using var columns = new ColumnStore(station.Lake, station.Folder, station.Sites, _ => { });
        using var store = station.Open(columns);
        columns.Start();
        while (store.Building is not null)
            await Task.Delay(5, TestContext.Current.CancellationToken);

        const string Query = """
            { site(key: "demo") { report(period: { month: "2026-10" }) {
              totals { sessions listeners median: durationQuantile averageQuarterHour peakConcurrent { sessions } } countries { totalCount }
              mounts { nodes { metrics { peakConcurrent { sessions } } } } groups(by: [CITY, NETWORK]) { totalCount } } } }
            """;
        var response = await GraphQLExecutor.ExecuteAsync(store, Query, null, null, TestContext.Current.CancellationToken, explain: true);
        var explained = JsonSerializer.Deserialize<JsonElement>(response.Json.Span).GetProperty("extensions").GetProperty("explain");

        Assert.Equal(
            [
                "averageQuarterHour rollup", "dataThrough lake", "durationQuantile columns", "groups columns", "groups rollup", "groups rollup",
                "listeners columns", "networkNames columns", "peakConcurrent columns", "peakConcurrent rollup", "totals rollup",
            ],
            explained.GetProperty("figures").EnumerateArray()
                .Select(figure => $"{figure.GetProperty("figure").GetString()} {figure.GetProperty("road").GetString()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_known_already_is_not_listed()
    {
        using var station = new SomeStation();
        Task<GraphQLResponse> Ask() => GraphQLExecutor.ExecuteAsync(
            station.Store, Totals, null, null, TestContext.Current.CancellationToken, explain: true);
        Assert.Contains("sessions", Figures(await Ask()));

        Assert.Equal(["listeners", "totals"], Figures(await Ask()).Order());
    }

    [Fact]
    public async Task An_explained_answer_is_computed_anew_and_kept_for_nobody()
    {
        var address = "/graphql?query=" + Uri.EscapeDataString(Totals);
        var usual = await RunningServer.JsonAsync(await server.GetAsync(address));
        for (var round = 0; round < 2; round++)
        {
            using var response = await server.GetAsync(address + "&extensions=" + Uri.EscapeDataString("""{"explain":true}"""));
            var explained = await RunningServer.JsonAsync(response);
            Assert.Equal(usual.GetProperty("data").GetRawText(), explained.GetProperty("data").GetRawText());
            Assert.Contains(
                "totals", explained.GetProperty("extensions").GetProperty("explain").GetProperty("figures").EnumerateArray()
                    .Select(figure => figure.GetProperty("figure").GetString()));
            Assert.Equal((true, null), (response.Headers.CacheControl!.NoStore, response.Headers.ETag));
        }

        Assert.Equal(usual.GetRawText(), (await RunningServer.JsonAsync(await server.GetAsync(address))).GetRawText());
    }

    [Theory]
    [InlineData("""{ "explain": true, "other": [1] }""", true)]
    [InlineData("""{ "explain": false }""", false)]
    [InlineData("""{ "explain": null }""", false)]
    [InlineData("""{ "other": 1 }""", false)]
    [InlineData("null", false)]
    public async Task Only_those_who_ask_are_told_and_unknown_extensions_are_ignored(string extensions, bool told)
    {
        using var response = await server.PostAsync($$"""{ "query": "{ __typename }", "extensions": {{extensions}} }""");
        Assert.Equal(told, (await RunningServer.JsonAsync(response)).TryGetProperty("extensions", out _));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"true\"")]
    [InlineData("{}")]
    public async Task Whether_to_explain_is_true_or_false(string explain)
    {
        var extensions = $$"""{"explain":{{explain}}}""";
        using var post = await server.PostAsync($$"""{ "query": "{ __typename }", "extensions": {{extensions}} }""");
        using var get = await server.GetAsync("/graphql?query={__typename}&extensions=" + Uri.EscapeDataString(extensions));
        foreach (var response in new[] { post, get })
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(
                """[{"message":"'explain' in 'extensions' is neither true nor false.","extensions":{"code":"HC0009"}}]""",
                (await RunningServer.JsonAsync(response)).GetProperty("errors").GetRawText());
        }
    }

    [Fact]
    public async Task A_server_that_does_not_explain_says_so_beside_the_usual_answer()
    {
        await using var silent = new RunningServer(new SomeStation(), new ServerOptions { Explain = false });
        await silent.InitializeAsync();
        var body = JsonSerializer.Serialize(new { query = Totals, extensions = new { explain = true } });
        var usual = await silent.QueryAsync(Totals);
        for (var round = 0; round < 2; round++)
        {
            var answer = await RunningServer.JsonAsync(await silent.PostAsync(body));
            Assert.Equal(usual.GetProperty("data").GetRawText(), answer.GetProperty("data").GetRawText());
            Assert.Equal(
                """{"explain":{"refused":"This server does not explain its answers: its setting Server:Explain does not allow it."}}""",
                answer.GetProperty("extensions").GetRawText());
        }

        Assert.Equal(usual.GetRawText(), (await silent.QueryAsync(Totals)).GetRawText());
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080;http://[::1]:5080", null, true)]
    [InlineData("http://127.0.0.1:5080;http://192.168.1.7:5080", null, false)]
    [InlineData("http://*:5080", null, false)]
    [InlineData("http://*:5080", true, true)]
    [InlineData("http://127.0.0.1:5080", false, false)]
    public void Answers_are_explained_on_loopback_unless_the_setting_says_otherwise(string urls, bool? setting, bool allowed)
        => Assert.Equal(allowed, new ServerOptions { Urls = urls, Explain = setting }.AllowsExplain);

    [Fact]
    public async Task An_answer_that_took_too_long_tells_what_was_done_until_then()
    {
        using var station = new SomeStation(new ReportOptions { QueryTimeout = TimeSpan.Zero });
        var response = await GraphQLExecutor.ExecuteAsync(
            station.Store, Totals, null, null, TestContext.Current.CancellationToken, explain: true);
        Assert.True(response.HasErrors);
        Assert.Empty(Figures(response));
    }

    private static string Line(JsonElement figure)
        => $"{figure.GetProperty("figure").GetString()} {figure.GetProperty("rowsRead").GetInt64()} {figure.GetProperty("rows").GetInt64()}";

    private static List<string> Figures(GraphQLResponse response)
        => JsonSerializer.Deserialize<JsonElement>(response.Json.Span).GetProperty("extensions").GetProperty("explain").GetProperty("figures")
            .EnumerateArray().Select(figure => figure.GetProperty("figure").GetString()!).ToList();
}
