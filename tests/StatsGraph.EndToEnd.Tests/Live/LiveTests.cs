using System.Diagnostics;
using System.Globalization;
using StatsGraph.EndToEnd.Tests.Clients;

namespace StatsGraph.EndToEnd.Tests.Live;

/// <summary>Subscriptions with the clients that the authors of both protocols wrote, in Node: what they print is what went well.</summary>
public sealed class LiveTests
{
    private static readonly string[] Files = [".npmrc", "live.mjs", "tokens.mjs", "package.json", "package-lock.json"];

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Clients_of_both_protocols_are_told_of_every_change_and_of_the_end(string columns)
    {
        using var folder = new TemporaryFolder();
        await InstallAsync(folder);
        using var server = StatsGraphProcess.Start(
            folder, ["serve", "--data", "data", "--urls", "http://127.0.0.1:0"], ("STATSGRAPH_Reports__Columns", columns));
        var home = await ServeTests.AddressAsync(server);
        var told = await StatsGraphProcess.RunScriptAsync(folder, $"node live.mjs \"$0\" data {home} {server.Id}");
        Assert.True(told.ExitStatus == 0, told.Output + told.Error);
        Assert.Equal(
            [
                "an event stream for each: the state, then each change of the site and of no other",
                "an event stream for each: a query",
                "an event stream for each: a wrong document and an unknown site are told",
                "one event stream for all: the state, then each change of the site and of no other",
                "one event stream for all: a query",
                "one event stream for all: a wrong document and an unknown site are told",
                "a WebSocket: the state, then each change, and pongs",
                "a WebSocket: a query",
                "a WebSocket: a wrong document and an unknown site are told",
                "a WebSocket that broke is made again, and has the state at once",
                "a server that stops says farewell to all",
            ],
            told.Output.TrimEnd().Split('\n'));

        var began = Stopwatch.GetTimestamp();
        var end = await server.EndAsync();
        Assert.Equal((0, ""), (end.ExitStatus, end.Error));
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10), $"the server took {Stopwatch.GetElapsedTime(began)} to end");
    }

    [Fact]
    public async Task Clients_of_both_protocols_bear_tokens_and_are_told_when_theirs_is_revoked()
    {
        using var folder = new TemporaryFolder();
        await InstallAsync(folder);
        var stamp = DateTimeOffset.UtcNow.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
        folder.Write("access.log", $"10.0.0.1 - - [{stamp} +0000] \"GET /live.mp3 HTTP/1.1\" 200 123456 \"-\" \"VLC/3.0.20\" 1\n");
        foreach (var site in new[] { "radio", "jazz" })
            await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", site, "access.log"]);
        var (token, other) = (await AddAsync(folder, "radio"), await AddAsync(folder, "jazz"));
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var home = await ServeTests.AddressAsync(server);
        var told = await StatsGraphProcess.RunScriptAsync(folder, $"node tokens.mjs \"$0\" data {home} {token} {other}");
        Assert.True(told.ExitStatus == 0, told.Output + told.Error);
        Assert.Equal(
            [
                "no token: nothing",
                "a wrong token: nothing",
                "a token for another site: no such site",
                "a token for the site: its state",
                "the token is revoked: an error",
            ],
            told.Output.TrimEnd().Split('\n'));
        var end = await server.TerminateAsync();
        Assert.Equal((0, ""), (end.ExitStatus, end.Error));
    }

    private static async Task<string> AddAsync(TemporaryFolder folder, string site)
        => (await StatsGraphProcess.RunAsync(folder, ["token", "add", "--scope", "read", "--site", site])).Output.Trim();

    /// <summary>Puts the scripts and the clients into a folder.</summary>
    private static async Task InstallAsync(TemporaryFolder folder)
    {
        if (NodeProject.Missing is { } reason)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", reason);
            Assert.Fail(reason);
        }

        foreach (var file in Files)
            File.Copy(Path.Combine(Repository.Folder("tests/StatsGraph.EndToEnd.Tests/Live"), file), folder[file]);
        var install = await StatsGraphProcess.RunScriptAsync(folder, "npm ci --ignore-scripts --prefer-offline");
        Assert.True(install.ExitStatus == 0, install.Output + install.Error);
    }
}
