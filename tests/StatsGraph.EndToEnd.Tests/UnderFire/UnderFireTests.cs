using System.Globalization;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests.UnderFire;

/// <summary>
/// Everything at once on a real server: queries of every kind, uploads, subscriptions, hostile documents, wrong tokens, connections that break or are
/// left half open. A short while with every run of the tests, as long as <c>STATSGRAPH_FIRE_SECONDS</c> says where that is set.
/// </summary>
[Collection(Alone.Name)]
public sealed class UnderFireTests(ITestOutputHelper output)
{
    private const int DefaultSeconds = 30;
    private const long Gigabyte = 1L << 30;
    private const long Megabyte = 1L << 20;

    /// <summary>Memory that may come and go between two collections.</summary>
    private const long Slack = 100 * Megabyte;

    /// <summary>Files and connections that may still be open when those who fired are gone.</summary>
    private const int HandleSlack = 100;

    private static readonly (string, string)[] Settings =
    [
        ("STATSGRAPH_Server__Limits__RequestsPerMinute", "1000000"), ("STATSGRAPH_Server__Limits__RequestsAtOnce", "1000"),
        ("STATSGRAPH_Server__Limits__CostPerMinute", "100000000"), ("STATSGRAPH_Server__Ingest__MaximumBytes", "67108864"),
    ];

    private static readonly string[] Serve = ["serve", "--urls", "http://127.0.0.1:0"];

    [Fact]
    public async Task Nothing_is_lost_nothing_grows_and_no_error_is_the_servers()
    {
        var seconds = int.Parse(
            Environment.GetEnvironmentVariable("STATSGRAPH_FIRE_SECONDS") ?? $"{DefaultSeconds}", CultureInfo.InvariantCulture);
        using var folder = new TemporaryFolder();
        var token = await AccessTests.AddAsync(folder, "--scope", "admin");
        var senders = new Senders();

        using (var server = StatsGraphProcess.Start(folder, Serve, Settings))
        {
            var address = await ServeTests.AddressAsync(server);
            var before = ProcessState.Of(server.Id);
            await senders.BeginAsync(address, token);
            using var end = new CancellationTokenSource();
            using var battle = new Battle(address, token, end.Token);
            Task[] fire = [.. Askers.Begin(battle), .. senders.Begin(battle), .. Strangers.Begin(battle), .. Subscribers.Begin(battle)];
            var states = await WatchAsync(server, TimeSpan.FromSeconds(seconds));

            // It is told to stop while everything goes on.
            battle.IsStopping = true;
            var stopped = server.TerminateAsync();
            var finished = await Task.WhenAny(stopped, Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)) == stopped;
            await end.CancelAsync();
            await Task.WhenAll(fire);

            Report(battle, senders, before, states);
            Assert.Empty(battle.Failures);
            Assert.True(finished, "the server did not end within a minute");
            var result = await stopped;
            Assert.Equal(0, result.ExitStatus);
            Assert.DoesNotContain("fail:", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("crit:", result.Error, StringComparison.Ordinal);
            AssertBounded(states);
        }

        await AssertCompleteAsync(folder, token, senders);
    }

    private static async Task<List<ProcessState>> WatchAsync(StatsGraphProcess server, TimeSpan time)
    {
        var states = new List<ProcessState>();
        var until = DateTime.UtcNow + time;
        while (DateTime.UtcNow < until)
        {
            Assert.True(server.IsRunning);
            states.Add(ProcessState.Of(server.Id));
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        return states;
    }

    /// <summary>The last third of the time has no more of anything than the one before it, but for what comes and goes.</summary>
    private static void AssertBounded(List<ProcessState> states)
    {
        var third = states.Count / 3;
        var (middle, last) = (states[third..(2 * third)], states[(2 * third)..]);
        Assert.InRange(states.Max(state => state.OwnBytes), 1, Gigabyte);
        Assert.InRange(last.Max(state => state.OwnBytes), 1, (middle.Max(state => state.OwnBytes) * 5 / 4) + Slack);
        Assert.InRange(last.Max(state => state.Handles), 1, middle.Max(state => state.Handles) + HandleSlack);
        Assert.InRange(last.Max(state => state.Threads), 1, middle.Max(state => state.Threads) + HandleSlack);
    }

    /// <summary>A server that is started again takes the rest; then every session is in the answers, once, and when it is left alone it holds little.</summary>
    private static async Task AssertCompleteAsync(TemporaryFolder folder, string token, Senders senders)
    {
        const string Query =
            """{ site(key: "default") { intake { lines } report(period: { days: { from: "2026-10-01", to: "2026-12-01" } }) { totals { sessions } } } }""";
        using (var server = StatsGraphProcess.Start(folder, Serve, Settings))
        {
            using var battle = new Battle(await ServeTests.AddressAsync(server), token, TestContext.Current.CancellationToken);
            await senders.FinishAsync(battle);
            Assert.Empty(battle.Failures);
            await ServeTests.UntilAsync(async () =>
            {
                var site = (await Answers.AskAsync(battle.Friend, Query)).GetProperty("data").GetProperty("site");
                return site.GetProperty("report").GetProperty("totals").GetProperty("sessions").GetInt64() == senders.Sessions;
            });
            Assert.Equal(0, (await server.TerminateAsync()).ExitStatus);
        }

        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["verify"])).ExitStatus);
        var found = await Lake.QueryAsync(folder, "data", Query, "{}");
        Assert.Equal(senders.Sessions, found.GetProperty("site").GetProperty("intake").GetProperty("lines").GetInt64());
    }

    private void Report(Battle battle, Senders senders, ProcessState before, List<ProcessState> states)
    {
        // Whole, for an assertion cuts them short.
        foreach (var failure in battle.Failures)
            output.WriteLine(failure);
        output.WriteLine(JsonSerializer.Serialize(battle.Counts.OrderBy(count => count.Key, StringComparer.Ordinal).ToDictionary()));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{senders.Sessions} sessions sent in {senders.Answered} answered uploads, {senders.Unanswered} logs left to be sent again"));
        foreach (var (name, state) in (ReadOnlySpan<(string, ProcessState)>)
            [("at the start", before), .. Enumerable.Range(0, 10).Select(i => ($"after {i}/10", states[i * states.Count / 10])), ("at the end", states[^1])])
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name}: {state.OwnBytes / Megabyte} MiB of its own, {state.Handles} handles, {state.Threads} threads"));
        }
    }
}
