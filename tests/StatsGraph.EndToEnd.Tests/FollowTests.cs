using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>Live logs in, figures within seconds.</summary>
public sealed class FollowTests
{
    private const string Logrotate = "/usr/sbin/logrotate";

    [Fact]
    public async Task It_follows_until_it_is_terminated_and_then_says_what_became_of_every_line()
    {
        using var folder = new TemporaryFolder();
        using var follow = StatsGraphProcess.Start(folder, ["ingest", "--follow", "--commit-every", "200ms", "--json", "access.log"]);
        folder.Write("access.log", SomeLog.Sessions(3));
        await UntilAsync(folder, lines => lines == 3);
        await File.AppendAllTextAsync(folder["access.log"], SomeLog.Session(3) + SomeLog.Session(4)[..30],
            TestContext.Current.CancellationToken);
        await UntilAsync(folder, lines => lines == 4);

        var end = await follow.TerminateAsync();

        Assert.Equal(0, end.ExitStatus);
        Assert.Equal((4, 4, 1),
            (Number(end.Json, "lines"), Number(end.Json.GetProperty("classes"), "listener"), Number(end.Json, "waiting")));
        Assert.All(end.Error.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("statsgraph: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_and_started_again_it_loses_nothing_and_counts_nothing_twice()
    {
        using var folder = new TemporaryFolder();
        using var server = new LogServer(folder["access.log"], pace: 200);
        for (var round = 1; round <= 3; round++)
        {
            using var killed = StatsGraphProcess.Start(folder, ["ingest", "--follow", "--commit-every", "100ms", "access.log"]);
            var before = round * 40;
            await UntilAsync(folder, lines => lines > before);
            server.Meanwhile(() => File.Move(folder["access.log"], folder[$"access.log.{9 - round}"]));
            server.Reopen();
        }

        await server.StopAsync();
        using var last = StatsGraphProcess.Start(folder, ["ingest", "--follow", "--commit-every", "100ms", "access.log"]);
        await UntilAsync(folder, lines => lines >= server.Lines);

        Assert.Equal(0, (await last.InterruptAsync()).ExitStatus);
        Assert.Equal((server.Lines, server.Lines), await LinesAsync(folder));
    }

    [Theory]
    [InlineData("copytruncate", "compress", true)]
    [InlineData("create", "compress\n  delaycompress", false)]
    [InlineData("create\n  dateext\n  dateformat -%Y%m%d-%s", "nocompress", false)]
    public async Task Nothing_is_lost_and_nothing_counted_twice_while_logrotate_rotates(string rotation, string compression, bool paused)
    {
        if (!File.Exists(Logrotate))
        {
            const string Reason = $"{Logrotate} is not installed (Debian package logrotate)";
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", Reason);
            Assert.Fail(Reason);
        }

        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["logs"]);
        folder.Write("rotate.conf", $"{folder["logs/access.log"]} {{\n  rotate 99\n  {rotation}\n  {compression}\n}}\n");
        using var server = new LogServer(folder["logs/access.log"], pace: 300);
        using var follow = StatsGraphProcess.Start(folder, ["ingest", "--follow", "--commit-every", "300ms", "--json", "logs/access.log"]);
        for (var round = 1; round <= 4; round++)
        {
            var before = round * 100;
            await UntilAsync(folder, lines => lines > before);
            if (paused)
            {
                // What is written between the copy and the cut is lost by the rotation itself.
                server.Meanwhile(() => Rotate(folder));
            }
            else
            {
                var rotated = TimeProvider.System.GetUtcNow();
                Rotate(folder);
                await Task.Delay(300, TestContext.Current.CancellationToken);
                server.Reopen();

                // A name by the second can be given once in it.
                await Task.Delay(rotated + TimeSpan.FromSeconds(1) - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } rest ? rest : TimeSpan.Zero,
                    TestContext.Current.CancellationToken);
            }
        }

        await server.StopAsync();
        await UntilAsync(folder, lines => lines >= server.Lines);
        var end = await follow.TerminateAsync();

        Assert.Equal(0, end.ExitStatus);
        Assert.Equal((server.Lines, server.Lines), await LinesAsync(folder));
        Assert.Equal(server.Lines, Number(end.Json.GetProperty("classes"), "listener"));
        var cold = await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "logs"]);
        Assert.Equal((0, 0), (Number(cold.Json.GetProperty("classes"), "listener"), Number(cold.Json, "blank")));
        Assert.Equal(server.Lines, Number(cold.Json, "alreadyIngested"));
    }

    [Fact]
    public async Task A_server_follows_the_logs_and_the_playlists_of_its_sites()
    {
        using var folder = new TemporaryFolder();
        folder.Write("appsettings.json", """{ "Sites": { "radio": { "Logs": ["logs/access.log", "logs/playlist.log"] }, "jazz": { "Logs": ["jazz.log"] } } }""");
        folder.Write("jazz.log", SomeLog.Sessions(2));
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };
        Directory.CreateDirectory(folder["logs"]);
        folder.Write("logs/access.log", SomeLog.Sessions(3));
        folder.Write("logs/playlist.log", "");
        await UntilSessionsAsync(client, "radio", 3);
        await File.AppendAllTextAsync(folder["logs/playlist.log"],
            "01/Oct/2026:11:59:30 +0000|/live.mp3|1|Artist - One\n01/Oct/2026:12:01:00 +0000|/live.mp3|1|Artist - Tw", TestContext.Current.CancellationToken);
        await UntilPlaysAsync(client, "radio", ("One", 3));
        await File.AppendAllTextAsync(folder["logs/access.log"], SomeLog.Session(3), TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(folder["logs/playlist.log"], "o | more\n", TestContext.Current.CancellationToken);
        await UntilSessionsAsync(client, "radio", 4);
        await UntilPlaysAsync(client, "radio", ("One", 2), ("Two | more", 2));
        await UntilSessionsAsync(client, "jazz", 2);

        var end = await server.TerminateAsync();

        Assert.Equal(0, end.ExitStatus);
        Assert.Contains("statsgraph: site jazz: 2 new lines committed\n", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_goes_on_when_its_logs_cannot_be_followed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("appsettings.json", """{ "Sites": { "radio": { "Logs": ["access.log"] } } }""");
        folder.Write("access.log", SomeLog.Sessions(3));
        Directory.CreateDirectory(folder["data"]);
        folder.Write("data/lake.key", "no key");
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };
        Assert.Equal("live\n", await client.GetStringAsync("health/live", TestContext.Current.CancellationToken));
        var end = await server.TerminateAsync();

        Assert.Equal(0, end.ExitStatus);
        Assert.StartsWith("statsgraph: the logs of site radio are not followed for now: ",
            Assert.Single(end.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private static void Rotate(TemporaryFolder folder)
    {
        using var logrotate = Process.Start(Logrotate, ["--force", "--state", folder["state"], folder["rotate.conf"]]);
        logrotate.WaitForExit();
        Assert.Equal(0, logrotate.ExitCode);
    }

    private static Task UntilSessionsAsync(HttpClient client, string site, long sessions)
        => UntilAsync(client, site, "totals { sessions }", report => report.GetProperty("totals").GetProperty("sessions").GetInt64() == sessions);

    /// <summary>Waits until a site has these plays, and none beside them, each with so many performances.</summary>
    private static Task UntilPlaysAsync(HttpClient client, string site, params (string Title, long Performances)[] plays)
        => UntilAsync(
            client, site, "plays(order: [{ start: ASC }]) { nodes { title performances } }",
            report => plays.SequenceEqual(report.GetProperty("plays").GetProperty("nodes").EnumerateArray()
                .Select(play => (play.GetProperty("title").GetString()!, play.GetProperty("performances").GetInt64()))));

    private static async Task UntilAsync(HttpClient client, string site, string fields, Predicate<JsonElement> isWanted)
    {
        var query = $$"""query ($site: String!) { site(key: $site) { report(period: { month: "2026-10" }) { {{fields}} } } }""";
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var response = await client.PostAsJsonAsync("graphql", new { query, variables = new { site } }, deadline.Token);
            var found = (await response.Content.ReadFromJsonAsync<JsonElement>(deadline.Token)).GetProperty("data").GetProperty("site");
            if (found.ValueKind == JsonValueKind.Object && isWanted(found.GetProperty("report")))
            {
                return;
            }

            await Task.Delay(100, deadline.Token);
        }
    }

    /// <summary>Waits until the lake has as many lines as are wanted.</summary>
    internal static async Task UntilAsync(TemporaryFolder folder, Predicate<long> isWanted)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!isWanted((await LinesAsync(folder)).Lines))
        {
            await Task.Delay(100, deadline.Token);
        }
    }

    /// <summary>Lines of the lake, and sessions of its October 2026.</summary>
    internal static async Task<(long Lines, long Sessions)> LinesAsync(TemporaryFolder folder)
    {
        const string Document = """{ site(key: "default") { intake { lines } report(period: { month: "2026-10" }) { totals { sessions } } } }""";
        var site = (await Lake.QueryAsync(folder, "data", Document, "{}")).GetProperty("site");
        return site.ValueKind != JsonValueKind.Object ? (0, 0)
            : (site.GetProperty("intake").GetProperty("lines").GetInt64(),
                site.GetProperty("report").GetProperty("totals").GetProperty("sessions").GetInt64());
    }

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
