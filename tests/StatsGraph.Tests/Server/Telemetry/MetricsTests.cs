using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Server;
using StatsGraph.Server.Telemetry;
using StatsGraph.Tests.Command;
using StatsGraph.Tests.Schedules;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Telemetry;

/// <summary>What <c>/metrics</c> says after requests that are known.</summary>
[Collection(WatchedServers.Name)]
public sealed partial class MetricsTests
{
    private const string Requests = "statsgraph_graphql_request_duration_seconds_count";
    private const string Totals = """{ site(key: "demo") { report(period: { month: "2026-10" }) { totals { sessions listeners } } } }""";

    private static readonly ServerOptions Quiet = new() { LogLevel = Microsoft.Extensions.Logging.LogLevel.None };

    [Fact]
    public async Task Requests_are_counted_by_saved_document_and_by_how_they_end()
    {
        using var station = new SomeStation();
        await using var server = await WatchedServer.StartAsync(station.Store, Quiet);
        var overview = Repository.Read("queries/overview.graphql");
        var variables = new { site = SomeStation.Key, month = "2026-10" };
        await server.AskAsync(overview, variables);
        await server.AskAsync(overview, variables);
        await server.Client.GetAsync("graphql/persisted/overview?site=demo&month=2026-09", TestContext.Current.CancellationToken);
        await server.Client.GetAsync("reports/countries.csv?site=demo&month=2026-10", TestContext.Current.CancellationToken);
        await server.AskAsync(Totals);
        await server.AskAsync("{ nothing }");
        await server.AskAsync("{ nothing ");
        await server.AskAsync("""{ site(key: "demo") { report(period: { month: "soon" }) { totals { sessions } } } }""");
        var metrics = await server.MetricsAsync();

        Assert.Equal(3, metrics.Sum(Requests, ("graphql_operation_name", "overview"), ("statsgraph_outcome", "ok")));
        Assert.Equal(1, metrics.Sum(Requests, ("graphql_operation_name", "countries"), ("statsgraph_outcome", "ok")));
        Assert.Equal(1, metrics.Sum(Requests, ("graphql_operation_name", "other"), ("statsgraph_outcome", "ok")));
        Assert.Equal(2, metrics.Sum(Requests, ("graphql_operation_name", "other"), ("statsgraph_outcome", "refused")));
        Assert.Equal(1, metrics.Sum(Requests, ("graphql_operation_name", "other"), ("statsgraph_outcome", "errors")));
        Assert.Equal(8, metrics.Sum(Requests));
        Assert.Equal(
            ["HC0011 1", "PERIOD_INVALID 1", "VALIDATION 1"],
            metrics.Matching("statsgraph_graphql_errors_total").Select(sample => $"{sample.Labels["error_type"]} {sample.Value}").Order(StringComparer.Ordinal));
        Assert.Equal((1, 7), (metrics.Sum("statsgraph_answers_total", ("statsgraph_answer_source", "kept")), metrics.Sum("statsgraph_answers_total", ("statsgraph_answer_source", "computed"))));
        Assert.Equal((4, 0), (metrics.Sum("statsgraph_answer_cache_entries"), metrics.Sum("statsgraph_graphql_active_queries")));
        Assert.InRange(metrics.Sum("statsgraph_answer_cache_size_bytes"), 1_000, 100_000);
        Assert.Equal(6, metrics.Sum("http_server_request_duration_seconds_count", ("http_route", "/graphql"), ("http_request_method", "POST")));
        Assert.Equal(["lake"], metrics.Matching("statsgraph_figure_rows_read_total").Select(sample => sample.Labels["statsgraph_road"]));
        Assert.True(metrics.Sum("statsgraph_figure_duration_seconds_count", ("statsgraph_figure", "totals"), ("statsgraph_road", "lake")) >= 3);
        Assert.Equal(
            "0.0005 0.001 0.0025 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 30 +Inf",
            string.Join(' ', metrics.Matching("http_server_request_duration_seconds_bucket", ("http_request_method", "POST")).Select(bucket => bucket.Labels["le"]).Distinct()));
    }

    [Fact]
    public async Task A_thousand_names_methods_and_codes_that_a_stranger_makes_up_add_no_series()
    {
        using var station = new SomeStation();
        await using var server = await WatchedServer.StartAsync(station.Store, Quiet);
        await MakeUpAsync(server, 0);
        await server.MetricsAsync();
        var before = (await server.MetricsAsync()).Samples.Count(IsOfRequests);
        for (var number = 1; number < 1_000; number++)
            await MakeUpAsync(server, number);
        var metrics = await server.MetricsAsync();

        Assert.Equal(before, metrics.Samples.Count(IsOfRequests));
        Assert.Equal(3_000, metrics.Sum(Requests, ("graphql_operation_name", "other")));
        Assert.DoesNotContain(metrics.Samples, sample => sample.Labels.Values.Any(value => value.Contains("name77", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task What_became_of_lines_is_what_intake_says_right_after_they_came()
    {
        using var lake = new SomeLake("UTC", new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        var columns = new ColumnStore(LakeTable.Open(lake.Data), lake.Data, [], _ => { });
        columns.Start();
        using var store = new ReportStore(
            LakeTable.Open(lake.Data), [], new StoppedClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)), new ReportOptions { MemoryLimit = "256MB" }, columns);
        await using var server = await WatchedServer.StartAsync(store, Quiet);
        await server.UntilAsync(metrics => metrics.Sum("statsgraph_lake_version") == -1);
        lake.Ingest([lake.Write("access.log", """
            81.2.69.160 - - [22/Nov/2026:10:00:00 +0000] "GET /live.mp3 HTTP/1.1" 200 306829 "-" "VLC/3.0.20" 60
            81.2.69.161 - - [22/Nov/2026:11:59:00 +0000] "GET /live.mp3 HTTP/1.1" 200 306829 "-" "VLC/3.0.20" 90
            81.2.69.161 - - [22/Nov/2026:11:00:00 +0000] "GET /gone HTTP/1.1" 404 10 "-" "VLC/3.0.20" 0
            81.2.69.162 - - [22/Nov/2026:11:00:00 +0000] "GET /live.mp3 HTTP/1.1" 200 306829 "-" "VLC/3.0.20"
            81.2.69.163 - - [22/Nov/2026:11:00:00 +0000] "GET /live.mp3 HTTP/1.1" 200 306829 "-" "VLC/3.0.20"
            this is no line

            """u8.ToArray())]);
        var metrics = await server.UntilAsync(metrics => metrics.Matching("statsgraph_site_lines").Any() && metrics.Sum("statsgraph_columns_sessions") > 0);
        var (answer, _) = await server.AskAsync("""{ site(key: "radio") { intake { lines blank classes { class lines } rejections { reason lines } } } }""");
        var intake = answer.GetProperty("data").GetProperty("site").GetProperty("intake");

        Assert.Equal(intake.GetProperty("lines").GetInt64(), metrics.Sum("statsgraph_site_lines", ("statsgraph_site", "radio")));
        Assert.All(intake.GetProperty("classes").EnumerateArray(), row => Assert.Equal(
            row.GetProperty("lines").GetInt64(),
            metrics.Sum("statsgraph_site_lines", ("statsgraph_line_class", row.GetProperty("class").GetString()!.ToLowerInvariant()))));
        Assert.Equal(
            intake.GetProperty("rejections").EnumerateArray().Select(row => $"{row.GetProperty("reason")} {row.GetProperty("lines")}").Order(StringComparer.Ordinal),
            metrics.Matching("statsgraph_site_rejected_lines").Select(sample => $"{sample.Labels["statsgraph_line_reason"]} {sample.Value}").Order(StringComparer.Ordinal));
        Assert.Equal((2, 3), (metrics.Sum("statsgraph_columns_sessions"), metrics.Sum("statsgraph_site_rejected_lines")));
        Assert.Equal(60, metrics.Sum("statsgraph_site_lag_seconds", ("statsgraph_site", "radio")));
        Assert.Equal((0, 1, 1), (metrics.Sum("statsgraph_lake_version"), metrics.Sum("statsgraph_lake_commits_total"), metrics.Sum("statsgraph_lake_files")));
        Assert.Equal(new DirectoryInfo(Path.Combine(lake.Data, "lake", "site=radio")).EnumerateFiles("*.parquet").Sum(file => file.Length), metrics.Sum("statsgraph_lake_size_bytes"));
        Assert.InRange(metrics.Sum("statsgraph_columns_follow_delay_seconds"), 0.0001, 30);
        columns.Dispose();
    }

    [Fact]
    public async Task A_lake_that_is_damaged_is_told_and_fails_no_scrape()
    {
        using var station = new SomeStation();
        await using var server = await WatchedServer.StartAsync(station.Store, Quiet);
        await server.UntilAsync(metrics => metrics.Matching("statsgraph_site_lines").Any());
        File.WriteAllText(Path.Combine(station.Folder, "lake", "_delta_log", $"{1:D20}.json"), "{");
        var metrics = await server.UntilAsync(metrics => metrics.Sum("statsgraph_lake_readable") == 0);

        Assert.Equal((0, 10), (metrics.Sum("statsgraph_lake_version"), metrics.Sum("statsgraph_site_lines")));
        Assert.Equal("LAKE_UNREADABLE", (await server.AskAsync(Totals)).Json.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(1, (await server.MetricsAsync()).Sum(Requests, ("statsgraph_outcome", "failed")));
    }

    [Fact]
    public async Task Files_that_are_lost_and_columns_that_are_not_there_yet_fail_no_scrape()
    {
        using var station = new SomeStation();
        station.LoseFiles();
        using var never = new ColumnStore(station.Lake, station.Folder, station.Sites, _ => { });
        using var building = station.Open(never);
        foreach (var store in new[] { station.Store, building })
        {
            await using var server = await WatchedServer.StartAsync(store, Quiet);
            var metrics = await server.UntilAsync(metrics => metrics.Sum("statsgraph_lake_readable") == 1);
            await Task.Delay(1_500, TestContext.Current.CancellationToken);
            metrics = await server.MetricsAsync();
            Assert.Equal((1, 0), (metrics.Sum("statsgraph_lake_files"), metrics.Matching("statsgraph_site_lines").Count()));
        }
    }

    [Fact]
    public async Task Who_switches_metrics_off_has_none_and_is_answered_as_before()
    {
        using var station = new SomeStation();
        await using var without = await WatchedServer.StartAsync(station.Store, Quiet with { Telemetry = new TelemetryOptions { Metrics = false } });
        Assert.Equal(HttpStatusCode.NotFound, (await without.Client.GetAsync("metrics", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("4", (await without.AskAsync(Totals)).Json.GetProperty("data").GetProperty("site").GetProperty("report").GetProperty("totals").GetProperty("sessions").ToString());
    }

    [Fact]
    public async Task Subscribers_are_counted_while_they_are_there_and_their_requests_once()
    {
        using var station = new SomeStation();
        await using var server = await WatchedServer.StartAsync(station.Store, Quiet);
        Assert.Equal(HttpStatusCode.OK, (await SubscribeAsync(server, "nowhere")).StatusCode);
        using (var stream = await SubscribeAsync(server, SomeStation.Key))
        {
            using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("siteChanged", StringComparison.Ordinal))
            {
            }

            var metrics = await server.UntilAsync(metrics => metrics.Sum(Requests) == 2);
            Assert.Equal((1, 1), (metrics.Sum("statsgraph_live_connections"), metrics.Sum("statsgraph_live_subscriptions")));
            Assert.Equal(1, metrics.Sum(Requests, ("graphql_operation_name", "other"), ("statsgraph_outcome", "ok")));
            Assert.Equal(["SITE_NOT_FOUND"], metrics.Matching("statsgraph_graphql_errors_total").Select(sample => sample.Labels["error_type"]));
        }

        await server.UntilAsync(metrics => (metrics.Sum("statsgraph_live_connections"), metrics.Sum("statsgraph_live_subscriptions")) == (0, 0));
    }

    [Fact]
    public async Task Two_servers_of_one_process_count_for_themselves()
    {
        using var station = new SomeStation();
        await using var first = await WatchedServer.StartAsync(station.Store, Quiet);
        await using var second = await WatchedServer.StartAsync(station.Store, Quiet);
        await first.AskAsync(Totals);

        Assert.Equal(1, (await first.MetricsAsync()).Sum(Requests));
        Assert.Equal(0, (await second.MetricsAsync()).Sum(Requests));
    }

    [Fact]
    public async Task The_readme_has_every_metric_with_its_labels()
    {
        using var station = new SomeStation();
        using var columns = new ColumnStore(station.Lake, station.Folder, station.Sites, _ => { });
        columns.Start();
        using var store = station.Open(columns);
        using var schedules = new SomeSchedules("2026-10-31T00:00:00Z");
        var book = await schedules.BookAsync();
        await using var server = await WatchedServer.StartAsync(store, Quiet with { Schedules = book });
        await server.AskAsync(Totals);
        await server.AskAsync("{ nothing }");
        var metrics = await server.UntilAsync(
            metrics => metrics.Matching("statsgraph_site_lines").Any() && metrics.Matching("http_server_request_duration_seconds_count").Any());
        var exported = metrics.Types.Keys.Where(name => !name.StartsWith("dotnet_", StringComparison.Ordinal) && !name.StartsWith("kestrel_", StringComparison.Ordinal))
            .Select(name => $"{name}: {string.Join(' ', LabelsOf(metrics, name))}");

        Assert.Equal(exported.Order(StringComparer.Ordinal), Documented().Order(StringComparer.Ordinal));
        Assert.Contains("dotnet_process_memory_working_set_bytes", metrics.Types.Keys);
        Assert.Contains("kestrel_active_connections", metrics.Types.Keys);
    }

    private static IEnumerable<string> LabelsOf(PrometheusText metrics, string name)
        => metrics.Samples.Where(sample => sample.Name == name || (metrics.Types[name] == "histogram" && sample.Name == name + "_count"))
            .SelectMany(sample => sample.Labels.Keys).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Documented()
        => from row in MetricRow().Matches(Repository.Read("README.md"))
           let labels = string.Join(' ', Code().Matches(row.Groups["labels"].Value).Select(code => code.Groups[1].Value).Order(StringComparer.Ordinal))
           from name in Code().Matches(row.Groups["names"].Value).Select(code => code.Groups[1].Value)
           where !name.EndsWith('*')
           select $"{name}: {labels}";

    private static bool IsOfRequests(MetricSample sample)
        => sample.Name.StartsWith("statsgraph_graphql", StringComparison.Ordinal) || sample.Name.StartsWith("statsgraph_answers", StringComparison.Ordinal)
            || sample.Name.StartsWith("http_server", StringComparison.Ordinal);

    private static async Task<HttpResponseMessage> SubscribeAsync(WatchedServer server, string site)
    {
        var document = $$"""subscription { siteChanged(key: "{{site}}") { version } }""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query = document }) };
        request.Headers.Add("Accept", "text/event-stream");
        return await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static async Task MakeUpAsync(WatchedServer server, int number)
    {
        var name = FormattableString.Invariant($"name{number}");
        await server.AskAsync($$"""query {{name}} { site(key: "{{name}}") { name } }""");
        await server.AskAsync($$"""query {{name}} { {{name}} }""");
        using var method = new HttpRequestMessage(new HttpMethod(name), name);
        using var unknown = await server.Client.SendAsync(method, TestContext.Current.CancellationToken);
        using var saved = await server.Client.GetAsync($"graphql/persisted/{name}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, saved.StatusCode);
    }

    [GeneratedRegex(@"^\| (?<names>`(statsgraph|http|target|kestrel)_[^|]+) \| [^|]+ \| (?<labels>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex MetricRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
