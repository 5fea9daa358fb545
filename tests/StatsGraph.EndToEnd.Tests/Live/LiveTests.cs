using System.Diagnostics;
using StatsGraph.EndToEnd.Tests.Clients;

namespace StatsGraph.EndToEnd.Tests.Live;

/// <summary>Subscriptions with the clients that the authors of both protocols wrote, in Node: what they print is what went well.</summary>
public sealed class LiveTests
{
    private static readonly string[] Files = [".npmrc", "live.mjs", "package.json", "package-lock.json"];

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Clients_of_both_protocols_are_told_of_every_change_and_of_the_end(string columns)
    {
        if (NodeProject.Missing is { } reason)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", reason);
            Assert.Fail(reason);
        }

        using var folder = new TemporaryFolder();
        foreach (var file in Files)
            File.Copy(Path.Combine(Repository.Folder("tests/StatsGraph.EndToEnd.Tests/Live"), file), folder[file]);
        var install = await StatsGraphProcess.RunScriptAsync(folder, "npm ci --ignore-scripts --prefer-offline");
        Assert.True(install.ExitStatus == 0, install.Output + install.Error);

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
}
