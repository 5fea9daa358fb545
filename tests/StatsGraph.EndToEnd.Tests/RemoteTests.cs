using System.Net.Sockets;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>Logs that one process sends and another takes.</summary>
public sealed class RemoteTests
{
    private const int Lines = 20_000;

    /// <summary>Commits of a few lines, so that there are many moments at which something may end.</summary>
    private static readonly (string, string) SmallCommits = ("STATSGRAPH_Ingest__LinesPerCommit", "500");

    [Fact]
    public async Task A_server_that_is_killed_again_and_again_has_in_the_end_what_a_clean_import_has()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", Crashes.CrashLog.Lines(Lines));
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "--data", "clean", "access.log"])).ExitStatus);
        var port = FreePort();
        var dice = new Random(3);
        for (var kill = 0; kill < 6; kill++)
        {
            using var server = await StartAsync(folder, port);
            using var sender = StatsGraphProcess.Start(folder, ["ingest", "--url", $"http://127.0.0.1:{port}", "access.log"]);
            var before = Commits(folder);
            while (Commits(folder) < before + 1 + dice.Next(3) && sender.IsRunning)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            Assert.Equal(128 + 9, (await server.KillAsync()).ExitStatus);
            await sender.KillAsync();
        }

        // One that is only stopped has its sender wait and go on.
        using (var server = await StartAsync(folder, port))
        {
            using var sender = StatsGraphProcess.Start(folder, ["ingest", "--json", "--url", $"http://127.0.0.1:{port}", "access.log"]);
            await Task.Delay(600, TestContext.Current.CancellationToken);
            Assert.Equal(0, (await server.TerminateAsync()).ExitStatus);
            using var next = await StartAsync(folder, port);
            var sent = await sender.EndAsync();
            Assert.True(sent.ExitStatus == 0, sent.Error);
            Assert.Equal(Lines, sent.Json.GetProperty("lines").GetInt32());
            await next.TerminateAsync();
        }

        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["verify"])).ExitStatus);
        Assert.Equal(await Answers.OfAsync(folder, "clean"), await Answers.OfAsync(folder, "data"));
    }

    [Fact]
    public async Task A_log_that_grows_and_is_rotated_is_sent_as_it_grows_and_the_answers_have_it_soon()
    {
        using var folder = new TemporaryFolder();
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var address = await ServeTests.AddressAsync(server);
        using var client = new HttpClient { BaseAddress = address };
        string[] send = ["ingest", "--json", "--url", address.ToString(), "access.log*"];
        for (var (lines, turn) = (1_000, 0); turn < 3; lines += 1_000, turn++)
        {
            // The last line is still being written.
            folder.Write("access.log", SomeLog.Sessions(lines) + SomeLog.Session(lines)[..30]);
            var summary = (await StatsGraphProcess.RunAsync(folder, send)).Json;
            Assert.Equal((lines, lines - 1_000, 1), (summary.GetProperty("lines").GetInt32(), summary.GetProperty("alreadyIngested").GetInt32(), summary.GetProperty("waiting").GetInt32()));
            await UntilSessionsAsync(client, lines);
        }

        folder.Write("access.log.2", SomeLog.Sessions(3_090));
        Assert.Equal(0, (await StatsGraphProcess.RunScriptAsync(folder, "gzip -k access.log.2 && rm access.log && head -n 200 access.log.2 > access.log.3")).ExitStatus);
        var rotated = await StatsGraphProcess.RunAsync(folder, send);
        Assert.Equal((0, "", 90), (rotated.ExitStatus, rotated.Error, rotated.Json.GetProperty("classes").GetProperty("listener").GetInt32()));
        await UntilSessionsAsync(client, 3_090);
        await server.TerminateAsync();
    }

    [Fact]
    public async Task Two_senders_at_once_and_curl_make_what_one_import_makes()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", Crashes.CrashLog.Lines(Lines));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--data", "clean", "access.log"]);
        folder.Write("first.token", await AccessTests.AddAsync(folder, "--scope", "ingest", "--site", "default") + "\n");
        using (var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"], SmallCommits))
        {
            var address = await ServeTests.AddressAsync(server);
            string[] send = ["ingest", "--json", "--url", address.ToString(), "access.log"];
            var both = await Task.WhenAll(
                StatsGraphProcess.RunAsync(folder, [.. send, "--token-file", "first.token"]),
                StatsGraphProcess.RunAsync(folder, send, "", ("STATSGRAPH_TOKEN", await AccessTests.AddAsync(folder, "--scope", "ingest"))));
            Assert.All(both, sent => Assert.Equal((0, ""), (sent.ExitStatus, sent.Error)));
            Assert.Equal(Lines, both.Sum(sent => sent.Json.GetProperty("classes").EnumerateObject().Sum(entry => entry.Value.GetInt32())));
            var curl = await StatsGraphProcess.RunScriptAsync(
                folder, $"gzip -k access.log && curl -sS -f --data-binary @access.log.gz -H \"Authorization: Bearer $(cat first.token)\" {address}ingest/default");
            Assert.True(curl.ExitStatus == 0, curl.Error);
            Assert.Equal((Lines, Lines), (curl.Json.GetProperty("lines").GetInt32(), curl.Json.GetProperty("alreadyIngested").GetInt32()));
            await server.TerminateAsync();
        }

        Directory.Delete(folder["data/tokens"], recursive: true);
        Assert.Equal(await Answers.OfAsync(folder, "clean"), await Answers.OfAsync(folder, "data"));
    }

    [Fact]
    public async Task Where_tokens_are_asked_for_one_sends_and_reads_nothing_and_another_reads_and_sends_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(10));
        var sender = await AccessTests.AddAsync(folder, "--scope", "ingest", "--site", "radio");
        var reader = await AccessTests.AddAsync(folder, "--scope", "read", "--site", "radio");
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var address = await ServeTests.AddressAsync(server);
        string[] send = ["ingest", "--json", "--url", address.ToString(), "access.log"];
        var sent = await StatsGraphProcess.RunAsync(folder, [.. send, "--site", "radio", "--token", sender]);
        Assert.Equal((0, "", 10), (sent.ExitStatus, sent.Error, sent.Json.GetProperty("lines").GetInt32()));
        var all = await AccessTests.AddAsync(folder, "--scope", "admin");
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, [.. send, "--site", "jazz"], "", ("STATSGRAPH_TOKEN", all))).ExitStatus);

        var refusals = new Dictionary<string, string>
        {
            [sender] = "the token may not send logs for site 'SITE' (403): This token is not for that: expected one of the scope 'ingest' or 'admin' that is for this site.",
            [reader] = "the token may not send logs for site 'SITE' (403): This token is not for that: expected one of the scope 'ingest' or 'admin' that is for this site.",
            ["sg_abc"] = "the server does not know the token (401); expected one that it was given and that still holds",
            [""] = "the server asks for a token (401); expected one by --token-file, STATSGRAPH_TOKEN, the setting Token or --token",
        };
        foreach (var (token, message) in refusals)
        {
            // There is a site jazz, and none of the other name.
            foreach (var site in new[] { "jazz", "nosuch" })
            {
                var refused = await StatsGraphProcess.RunAsync(folder, [.. send, "--site", site], "", token.Length > 0 ? [("STATSGRAPH_TOKEN", token)] : []);
                Assert.Equal(
                    (1, $"statsgraph: {address}ingest/{site}: {message.Replace("SITE", site, StringComparison.Ordinal)}\n"), (refused.ExitStatus, refused.Error));
            }
        }

        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", reader);
        await UntilSessionsAsync(client, 10, "radio");
        client.DefaultRequestHeaders.Authorization = new("Bearer", sender);
        Assert.Equal("AUTH_NOT_AUTHORIZED", (await Answers.AskAsync(client, "{__typename}")).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        var end = await server.TerminateAsync();
        Assert.Equal((0, ""), (end.ExitStatus, end.Error));
    }

    [Theory]
    [InlineData(null, "a.token: there is no such file")]
    [InlineData("", "a.token: holds no token; expected it on one line, as the server gave it")]
    [InlineData("sg_abc\nsg_def\n", "a.token: holds no token; expected it on one line, as the server gave it")]
    public async Task A_file_that_holds_no_token_is_told_and_nothing_of_what_it_holds(string? text, string message)
    {
        using var folder = new TemporaryFolder();
        if (text is not null)
            folder.Write("a.token", text);
        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", "--url", "http://127.0.0.1:1", "--token-file", "a.token", "access.log"]);
        Assert.Equal((1, $"statsgraph: {message}\n"), (result.ExitStatus, result.Error));
    }

    [Theory]
    [InlineData("--url", "ftp://a", "option '--url': 'ftp://a' is no address of a server; expected one such as https://stats.example.org")]
    [InlineData("--token", "abc", "option '--token' needs --url")]
    [InlineData("--token-file", "abc", "option '--token-file' needs --url")]
    [InlineData("--url=http://a", "--follow", "option '--follow' is about this machine, and '--url' about a server; give one of them")]
    [InlineData("--url=http://a", "--data=x", "option '--data' is about this machine, and '--url' about a server; give one of them")]
    [InlineData("--url=http://a", "--token=a b", "the token holds a blank, a control or a letter beyond ASCII; expected it as the server gave it")]
    public async Task Wrong_usage_is_told(string first, string second, string message)
    {
        using var folder = new TemporaryFolder();
        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", first, second, "access.log"]);
        Assert.Equal((2, $"statsgraph: {message}\n"), (result.ExitStatus, result.Error));
    }

    private static async Task<StatsGraphProcess> StartAsync(TemporaryFolder folder, int port)
    {
        var server = StatsGraphProcess.Start(folder, ["serve", "--urls", $"http://127.0.0.1:{port}"], SmallCommits);
        await ServeTests.AddressAsync(server);
        return server;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static int Commits(TemporaryFolder folder)
        => Directory.Exists(folder["data/lake/_delta_log"]) ? Directory.GetFiles(folder["data/lake/_delta_log"], "*.json").Length : 0;

    private static async Task UntilSessionsAsync(HttpClient client, int expected, string site = "default")
    {
        var query = $$"""{ site(key: "{{site}}") { report(period: { month: "2026-10" }) { totals { sessions } } } }""";
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Sessions(await Answers.AskAsync(client, query)) != expected)
        {
            await Task.Delay(50, deadline.Token);
        }
    }

    private static int Sessions(JsonElement answer)
        => answer.GetProperty("data").GetProperty("site") is { ValueKind: JsonValueKind.Object } site
            ? site.GetProperty("report").GetProperty("totals").GetProperty("sessions").GetInt32() : -1;
}
