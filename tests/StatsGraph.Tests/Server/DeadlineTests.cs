using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using StatsGraph.Reports;
using StatsGraph.Reports.Engine;
using StatsGraph.Server;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server;

/// <summary>A request takes no longer than it may, and nothing goes on for one that has ended.</summary>
public sealed class DeadlineTests
{
    private const string Totals = """{ site(key: "demo") { report(period: { month: "2026-10" }) { totals { sessions } } } }""";

    private static readonly int Places = 2 * Environment.ProcessorCount;

    [Fact]
    public async Task A_request_without_any_time_is_told_so()
    {
        using var station = new SomeStation(new ReportOptions { QueryTimeout = TimeSpan.Zero });
        var response = await GraphQLExecutor.ExecuteAsync(station.Store, Totals, null, null, TestContext.Current.CancellationToken);

        Assert.True(response.HasErrors);
        Assert.Equal(
            """
            {"errors":[{"message":"Answering takes longer than the 0 s that a request may take: narrow the period or the filter, or ask for fewer figures at once.","locations":[{"line":1,"column":23}],"path":["site","report"],"extensions":{"code":"TIMEOUT"}}],"data":{"site":null}}
            """,
            Encoding.UTF8.GetString(response.Json.Span));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/graphql-response+json")]
    public async Task A_valid_document_that_takes_too_long_is_200_and_not_to_be_stored(string type)
    {
        await using var server = new RunningServer(
            new SomeStation(new ReportOptions { QueryTimeout = TimeSpan.Zero }), new ServerOptions());
        await server.InitializeAsync();
        using var response = await server.GetAsync($"/graphql?query={Uri.EscapeDataString(Totals)}", type);

        Assert.Equal((HttpStatusCode.OK, true, null), (response.StatusCode, response.Headers.CacheControl!.NoStore, response.Headers.ETag));
        var answer = await RunningServer.JsonAsync(response);
        Assert.Equal("""{"site":null}""", answer.GetProperty("data").GetRawText());
        Assert.Equal("TIMEOUT", Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_was_finished_in_time_stays_in_the_answer()
    {
        using var station = new SlowStation(aliases: 3_000, new ReportOptions { QueryTimeout = TimeSpan.FromSeconds(1) });
        var slow = SlowStation.Query(minDuration: 0).Trim()[1..^1];
        var response = await GraphQLExecutor.ExecuteAsync(
            station.Store, $$"""{ quick: sites { nodes { key } } slow: {{slow}} late: {{slow}} }""", null, null, TestContext.Current.CancellationToken);

        var answer = JsonSerializer.Deserialize<JsonElement>(response.Json.Span);
        Assert.Equal($$"""{"quick":{"nodes":[{"key":"{{SomeLake.Site}}"}]},"slow":null,"late":null}""", answer.GetProperty("data").GetRawText());
        Assert.Equal(
            ["late TIMEOUT", "slow TIMEOUT"],
            answer.GetProperty("errors").EnumerateArray()
                .Select(error => $"{error.GetProperty("path")[0]} {error.GetProperty("extensions").GetProperty("code")}").Order());
    }

    [Fact]
    public async Task A_timeout_is_told_to_all_who_wait_and_kept_for_nobody()
    {
        var clock = new HandClock();
        var station = new SomeStation(new ReportOptions(), clock);
        await using var server = new RunningServer(station, new ServerOptions());
        await server.InitializeAsync();
        using var busy = new CancellationTokenSource();
        var others = Enumerable.Range(0, Places).Select(_ => station.Store.Engine.ExecuteAsync(
            new Statement("select sum(a.range * b.range) from range(1000000) a, range(10000000) b"), busy.Token)).ToList();

        var asked = Enumerable.Range(0, 5).Select(_ => server.QueryAsync(Totals)).ToList();
        var answers = Task.WhenAll(asked);
        while (!answers.IsCompleted)
        {
            clock.Expire();
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.All(await answers, answer => Assert.Contains("TIMEOUT", answer.GetRawText(), StringComparison.Ordinal));

        await busy.CancelAsync();
        Assert.Equal("""{"data":{"site":{"report":{"totals":{"sessions":4}}}}}""", (await server.QueryAsync(Totals)).GetRawText());
        foreach (var other in others)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
    }

    [Fact]
    public async Task Nothing_is_computed_any_longer_for_requests_that_took_too_long()
    {
        using var station = new SlowStation(aliases: 3_000, new ReportOptions { QueryTimeout = TimeSpan.FromSeconds(2) });
        var responses = await Task.WhenAll(Enumerable.Range(0, Places).Select(minDuration => GraphQLExecutor.ExecuteAsync(
            station.Store, SlowStation.Query(minDuration), null, null, TestContext.Current.CancellationToken)));

        Assert.All(responses, response => Assert.Contains(
            "TIMEOUT", Encoding.UTF8.GetString(response.Json.Span), StringComparison.Ordinal));
        await station.AssertIdleAsync();
    }

    [Fact]
    public async Task Nothing_is_computed_any_longer_for_clients_that_have_gone()
    {
        using var station = new SlowStation(aliases: 3_000, new ReportOptions());
        await using var app = StatsGraphServer.Build(
            new ServerOptions { Urls = "http://127.0.0.1:0", LogLevel = LogLevel.Critical }, station.Store);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var leaving = new CancellationTokenSource();
        var asked = Enumerable.Range(0, Places).Select(minDuration => client.PostAsJsonAsync(
            "/graphql", new { query = SlowStation.Query(minDuration) }, leaving.Token)).ToList();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        foreach (var request in asked)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await station.AssertIdleAsync();
    }

    /// <summary>A clock that stands still, whose timers end when they are told to.</summary>
    private sealed class HandClock : TimeProvider
    {
        private readonly ConcurrentBag<Action> timers = [];

        public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(new ReportOptions().QueryTimeout, dueTime);
            timers.Add(() => callback(state));
            return new HandTimer();
        }

        /// <summary>Ends the timers that there are.</summary>
        public void Expire()
        {
            while (timers.TryTake(out var expire))
                expire();
        }

        private sealed class HandTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
