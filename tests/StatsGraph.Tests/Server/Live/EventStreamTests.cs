using System.Net;
using System.Net.Sockets;
using System.Text;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server.Live;

/// <summary>Subscriptions as Server-Sent Events, a connection for each.</summary>
public sealed class EventStreamTests
{
    [Fact]
    public async Task The_state_comes_at_once_and_again_when_lines_come_to_the_site()
    {
        await using var server = await LiveServer.StartAsync();
        using var events = await server.SubscribeAsync();
        Assert.Equal("text/event-stream; charset=utf-8", events.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            """{"version":0,"dataThrough":"2026-10-06T11:00:00Z","today":{"period":{"from":"2026-11-21T23:00:00Z"},"totals":{"sessions":0}}}""",
            (await events.StateAsync()).GetRawText());
        server.Commit();
        Assert.Equal(
            """{"version":1,"dataThrough":"2026-11-22T12:00:00Z","today":{"period":{"from":"2026-11-21T23:00:00Z"},"totals":{"sessions":1}}}""",
            (await events.StateAsync()).GetRawText());
    }

    [Fact]
    public async Task Lines_of_other_sites_are_no_event()
    {
        await using var server = await LiveServer.StartAsync();
        using var events = await server.SubscribeAsync();
        using var other = await server.SubscribeAsync("""subscription { siteChanged(key: "other") { version } }""");
        Assert.Equal("SITE_NOT_FOUND", await other.FaultAsync());
        await events.StateAsync();
        server.Commit("other");
        await Task.Delay(600, TestContext.Current.CancellationToken);
        server.Commit();
        Assert.Equal(2, (await events.StateAsync()).GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task At_midnight_of_the_site_today_is_another_day_for_those_who_asked_for_it()
    {
        await using var server = await LiveServer.StartAsync();
        using var events = await server.SubscribeAsync();
        using var indifferent = await server.SubscribeAsync("""subscription { siteChanged(key: "demo") { version } }""");
        await events.StateAsync();
        await indifferent.StateAsync();
        server.Clock.Pass(TimeSpan.FromHours(11));
        Assert.Equal(
            "2026-11-22T23:00:00Z", (await events.StateAsync()).GetProperty("today").GetProperty("period").GetProperty("from").GetString());
        server.Commit();
        Assert.Equal("""{"version":1}""", (await indifferent.StateAsync()).GetRawText());
    }

    [Fact]
    public async Task Changes_that_follow_one_another_closely_come_as_one_and_the_last_one_comes()
    {
        await using var server = await LiveServer.StartAsync(new LiveOptions { Interval = TimeSpan.FromSeconds(1) });
        using var events = await server.SubscribeAsync();
        await events.StateAsync();
        const int Commits = 20;
        for (var commit = 0; commit < Commits; commit++)
        {
            server.Commit();
            await Task.Delay(40, TestContext.Current.CancellationToken);
        }

        var versions = new List<long>();
        do
        {
            versions.Add((await events.StateAsync()).GetProperty("version").GetInt64());
        }
        while (versions[^1] < Commits);
        Assert.InRange(versions.Count, 1, 4);
        Assert.Equal(versions.Order(), versions);
    }

    [Theory]
    [InlineData("subscription { siteChanged(key: \"nowhere\") { version } }", "SITE_NOT_FOUND")]
    [InlineData("subscription { nothing }", "FIELDS_ON_CORRECT_TYPE")]
    [InlineData("subscription { ", "HC0011")]
    [InlineData("subscription { __typename }", "SINGLE_ROOT_FIELD_SUBSCRIPTIONS")]
    [InlineData("subscription A { a: siteChanged(key: \"demo\") { version } b: siteChanged(key: \"other\") { version } }", "SINGLE_ROOT_FIELD_SUBSCRIPTIONS")]
    [InlineData("subscription A { ...F } fragment F on Subscription { a: siteChanged(key: \"demo\") { version } b: siteChanged(key: \"b\") { version } }",
        "SINGLE_ROOT_FIELD_SUBSCRIPTIONS")]
    [InlineData("subscription ($k: String!) { siteChanged(key: $k) { version } }", "HC0016")]
    [InlineData("subscription { siteChanged(key: \"demo\") { site { report(period: { month: \"2026-10\" }) { a: comparedTo(baseline: PREVIOUS_YEAR) { "
        + "comparedTo(baseline: PREVIOUS_YEAR) { comparedTo(baseline: PREVIOUS_YEAR) { comparedTo(baseline: PREVIOUS_YEAR) { comparedTo(baseline: "
        + "PREVIOUS_YEAR) { comparedTo(baseline: PREVIOUS_YEAR) { comparedTo(baseline: PREVIOUS_YEAR) { comparedTo(baseline: PREVIOUS_YEAR) { comparedTo("
        + "baseline: PREVIOUS_YEAR) { comparedTo(baseline: PREVIOUS_YEAR) { comparedTo(baseline: PREVIOUS_YEAR) { totals { visits } } } } } } } } } } } } } } } }",
        "TOO_DEEP")]
    [InlineData("mutation { __typename }", "OPERATION_NOT_SUPPORTED")]
    [InlineData("subscription A { siteChanged(key: \"demo\") { version } } query B { __typename }", "OPERATION_UNKNOWN")]
    public async Task What_is_wrong_with_a_document_is_told_as_an_event(string document, string code)
    {
        await using var server = await LiveServer.StartAsync();
        using var events = await server.SubscribeAsync(document);
        Assert.Equal(HttpStatusCode.OK, events.Response.StatusCode);
        Assert.Equal(code, await events.FaultAsync());
        await server.AssertDesertedAsync();
    }

    [Fact]
    public async Task The_operation_that_is_named_is_the_one_that_counts()
    {
        const string Two = "subscription A { siteChanged(key: \"demo\") { version } } subscription B { siteChanged(key: \"other\") { version } }";
        await using var server = await LiveServer.StartAsync();
        using var a = await server.ReadAsync(LiveServer.Post(new { query = Two, operationName = "A" }));
        using var b = await server.ReadAsync(LiveServer.Post(new { query = Two, operationName = "B" }));
        Assert.Equal("""{"version":0}""", (await a.StateAsync()).GetRawText());
        Assert.Equal("SITE_NOT_FOUND", await b.FaultAsync());
    }

    [Fact]
    public async Task A_query_is_one_event()
    {
        await using var server = await LiveServer.StartAsync();
        using var events = await server.GetAsync("/graphql?query={__typename}");
        Assert.Equal(("next", """{"data":{"__typename":"Query"}}"""), await events.NextAsync());
        Assert.Equal(("complete", ""), await events.NextAsync());
        Assert.Equal(("", ""), await events.NextAsync());
    }

    [Theory]
    [InlineData(LiveServer.Document, "application/graphql-response+json, application/json, text/event-stream, multipart/mixed", "text/event-stream")]
    [InlineData("{ __typename }", "application/graphql-response+json, application/json, text/event-stream, multipart/mixed", "application/graphql-response+json")]
    [InlineData(LiveServer.Document, "*/*", "application/json")]
    [InlineData(LiveServer.Document, "application/json, text/event-stream;q=0", "application/json")]
    public async Task Who_accepts_events_and_json_gets_events_for_subscriptions_alone(string document, string accept, string type)
    {
        await using var server = await LiveServer.StartAsync();
        using var events = await server.ReadAsync(LiveServer.Post(new { query = document }, accept));
        Assert.Equal(type, events.Response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Who_accepts_no_events_is_told_how_to_subscribe_also_when_others_are_subscribed()
    {
        await using var server = await LiveServer.StartAsync();
        using var events = await server.SubscribeAsync();
        await events.StateAsync();
        using var posted = await server.Client.SendAsync(
            LiveServer.Post(new { query = LiveServer.Document }, "application/graphql-response+json"), TestContext.Current.CancellationToken);
        using var got = await server.Client.GetAsync(
            "/graphql?query=" + Uri.EscapeDataString(LiveServer.Document), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (posted.StatusCode, got.StatusCode));
        var told = """
            {"errors":[{"message":"A subscription has many answers, and here there is one: ask a server for it with 'Accept: text/event-stream', or over a WebSocket with the protocol graphql-transport-ws.","extensions":{"code":"OPERATION_NOT_SUPPORTED"}}]}
            """;
        Assert.Equal(told, (await RunningServer.JsonAsync(posted)).GetRawText());
        Assert.Equal(told, (await RunningServer.JsonAsync(got)).GetRawText());
    }

    [Fact]
    public async Task Saved_documents_are_subscribed_by_name_and_where_no_others_are_trusted_only_they()
    {
        using var queries = new SomeQueries().With(
            "live.graphql", "subscription Live($site: String!) { siteChanged(key: $site) { version } }");
        await using var server = await LiveServer.StartAsync(
            options: new ServerOptions { QueriesFolder = queries.Path, TrustedDocumentsOnly = true });
        using var named = await server.GetAsync("/graphql/persisted/live?site=demo");
        using var posted = await server.ReadAsync(LiveServer.Post(new { id = "live", variables = new { site = "demo" } }));
        using var other = await server.SubscribeAsync();
        Assert.Equal("""{"version":0}""", (await named.StateAsync()).GetRawText());
        Assert.Equal("""{"version":0}""", (await posted.StateAsync()).GetRawText());
        Assert.Equal("HC0067", await other.FaultAsync());
        using var file = await server.Client.GetAsync("/reports/live.csv?site=demo", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, file.StatusCode);
    }

    [Fact]
    public async Task There_are_no_more_than_are_allowed_and_who_goes_leaves_a_place()
    {
        await using var server = await LiveServer.StartAsync(new LiveOptions { MaximumPerCaller = 1 });
        using (var events = await server.SubscribeAsync())
        {
            await events.StateAsync();
            Assert.Equal((1, 1), server.Counts);
            using var refused = await server.SubscribeAsync();
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.Response.StatusCode);
            Assert.Equal(
                """{"code":"TOO_MANY_SUBSCRIPTIONS","limit":1}""",
                (await RunningServer.JsonAsync(refused.Response)).GetProperty("errors")[0].GetProperty("extensions").GetRawText());
        }

        await server.AssertDesertedAsync();
        using var next = await server.SubscribeAsync();
        await next.StateAsync();
    }

    [Fact]
    public async Task A_silent_stream_gives_signs_of_life()
    {
        await using var server = await LiveServer.StartAsync(new LiveOptions { KeepAlive = TimeSpan.FromMilliseconds(100) });
        using var response = await server.Client.SendAsync(
            LiveServer.Post(new { query = LiveServer.Document }), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        for (var comments = 0; comments < 4;)
            comments += await lines.ReadLineAsync(TestContext.Current.CancellationToken) == ":" ? 1 : 0;
    }

    [Fact]
    public async Task A_reader_who_takes_nothing_is_given_up()
    {
        await using var server = await LiveServer.StartAsync(
            new LiveOptions { Interval = TimeSpan.FromMilliseconds(1), StallTimeout = TimeSpan.FromMilliseconds(400) });
        const string Long =
            """subscription { siteChanged(key: "demo") { version site { report(period: { days: { from: "2026-08-01", to: "2026-11-01" } }) { timeSeries(interval: QUARTER_HOUR) { buckets { start end metrics { sessions visits } } } } } } }""";
        using var client = new TcpClient { ReceiveBufferSize = 4_096 };
        await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"GET /graphql?query={Uri.EscapeDataString(Long)} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"),
            TestContext.Current.CancellationToken);
        while (server.Counts != (1, 1))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        for (var commits = 0; commits < 40 && server.Counts.Connections > 0; commits++)
        {
            server.Commit();
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        await server.AssertDesertedAsync();
    }

    [Fact]
    public async Task A_head_has_the_headers_and_ends()
    {
        await using var server = await LiveServer.StartAsync();
        using var response = await server.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Head, "/graphql?query=" + Uri.EscapeDataString(LiveServer.Document)) { Headers = { Accept = { new("text/event-stream") } } },
            TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        await server.AssertDesertedAsync();
    }

    [Fact]
    public async Task A_page_of_another_site_gets_no_stream()
    {
        await using var server = await LiveServer.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query=" + Uri.EscapeDataString(LiveServer.Document));
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Forbidden, "application/json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task A_server_that_stops_says_so_and_waits_for_nobody()
    {
        await using var server = await LiveServer.StartAsync();
        using var events = await server.SubscribeAsync();
        await events.StateAsync();
        var began = TimeProvider.System.GetTimestamp();
        await server.Running.StopAsync();
        Assert.Equal(("complete", ""), await events.NextAsync());
        Assert.Equal(("", ""), await events.NextAsync());
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10));
    }
}
