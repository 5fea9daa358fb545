using System.Diagnostics;
using Microsoft.Extensions.Logging;
using StatsGraph.Reports.Columns;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server.Telemetry;

/// <summary>Which spans a listener gets.</summary>
[Collection(WatchedServers.Name)]
public sealed class TraceTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static readonly ServerOptions Quiet = new() { LogLevel = LogLevel.None };

    [Fact]
    public async Task A_request_has_a_span_with_the_answer_that_is_computed_in_it_and_the_figures_in_that()
    {
        using var station = new SomeStation();
        await using var server = await WatchedServer.StartAsync(station.Store, Quiet, traces: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, "graphql/persisted/tuning-hours?site=demo&month=2026-10")
        {
            Headers = { { "traceparent", $"00-{Trace}-00f067aa0ba902b7-01" }, { "tracestate", "who=someone" }, { "baggage", "who=someone" } },
        };
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(Trace, response.Headers.GetValues("X-Request-Id").Single());
        var spans = (await server.SpansAsync(spans => spans.Any(span => span.DisplayName.StartsWith("GET ", StringComparison.Ordinal))))
            .Where(span => span.TraceId.ToHexString() == Trace).ToList();

        var http = spans.Single(span => span.Source.Name == "Microsoft.AspNetCore");
        Assert.Equal(("GET /graphql/persisted/{name}", "00f067aa0ba902b7"), (http.DisplayName, http.ParentSpanId.ToHexString()));
        Assert.Equal(
            ["http.request.method=GET", "http.response.status_code=200", "http.route=/graphql/persisted/{name}", "url.scheme=http"], TagsOf(http));
        Assert.Null(http.TraceStateString);
        Assert.Empty(http.Baggage);

        var query = spans.Single(span => span.DisplayName == "query");
        Assert.Equal((http.SpanId, ActivityKind.Server), (query.ParentSpanId, query.Kind));
        Assert.Equal(["graphql.operation.name=tuning-hours", "graphql.operation.type=query", "statsgraph.lake.version=0"], TagsOf(query));

        var figures = spans.Where(span => span.ParentSpanId == query.SpanId).ToList();
        Assert.Equal(spans.Count - 2, figures.Count);
        Assert.Equal(
            ["statsgraph.figure=totals", "statsgraph.road=lake", "statsgraph.rows=1", "statsgraph.rows_read=5", "statsgraph.site=demo"],
            TagsOf(figures.First(span => span.DisplayName == "figure totals")));
        Assert.All(figures, figure => Assert.InRange(figure.StartTimeUtc, query.StartTimeUtc, query.StartTimeUtc + query.Duration));
        Assert.All(figures, figure => Assert.True(figure.Duration > TimeSpan.Zero && figure.Duration <= query.Duration, figure.DisplayName));
    }

    [Fact]
    public async Task A_kept_answer_is_not_computed_and_a_wrong_document_is_an_error_without_its_text()
    {
        using var station = new SomeStation();
        await using var server = await WatchedServer.StartAsync(station.Store, Quiet, traces: true);
        await server.AskAsync("""query Mine { site(key: "demo") { name } }""");
        await server.AskAsync("""query Mine { site(key: "demo") { name } }""");
        await server.AskAsync("query Mine { nothing }");
        var spans = await server.SpansAsync(spans => spans.Count(span => span.DisplayName == "POST /graphql") == 3);

        var queries = spans.Where(span => span.DisplayName == "query").ToList();
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], queries.Select(query => query.Status));
        Assert.Equal(["error.type=VALIDATION", "graphql.operation.name=other", "graphql.operation.type=query", "statsgraph.lake.version=0"], TagsOf(queries[1]));
    }

    [Fact]
    public async Task Each_version_that_the_columns_follow_has_a_span()
    {
        using var station = new SomeStation();
        await using var server = await WatchedServer.StartAsync(station.Store, Quiet, traces: true);
        using var columns = new ColumnStore(station.Lake, station.Folder, station.Sites, _ => { });
        columns.Start();
        var spans = await server.SpansAsync(spans => spans.Any(span => span.DisplayName == "follow lake"));

        Assert.Equal(
            ["statsgraph.lake.version=0", "statsgraph.lines=10", "statsgraph.sites=1"], TagsOf(spans.Single(span => span.DisplayName == "follow lake")));
    }

    private static IEnumerable<string> TagsOf(Activity span)
        => span.TagObjects.Select(tag => FormattableString.Invariant($"{tag.Key}={tag.Value}")).Order(StringComparer.Ordinal);
}
