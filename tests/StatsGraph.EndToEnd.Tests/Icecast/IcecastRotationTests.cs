namespace StatsGraph.EndToEnd.Tests.Icecast;

/// <summary>The logs of a real Icecast are followed while it archives them itself and while others rotate them.</summary>
[Collection(Alone.Name)]
public sealed class IcecastRotationTests
{
    [Fact]
    public async Task Its_own_archive_and_a_rename_with_a_signal_lose_nothing_and_count_nothing_twice()
    {
        if (IcecastServer.Missing is { } reason)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", reason);
            Assert.Fail(reason);
        }

        using var folder = new TemporaryFolder();
        using var logs = new TemporaryFolder();
        var cancellation = TestContext.Current.CancellationToken;
        using var follow = StatsGraphProcess.Start(folder, ["ingest", "--follow", "--commit-every", "300ms", "--json", logs["access.log"]]);

        // It archives a log of more than 2 KiB, and names the archive by the second: two in one second would overwrite one another.
        await using var server = await IcecastServer.StartAsync(logs, cancellation, "<logsize>2</logsize><logarchive>1</logarchive>");
        await RequestAsync(server, 0, 50, cancellation);
        File.Move(logs["access.log"], logs["access.log.1"]);
        await RequestAsync(server, 50, 3, cancellation);
        server.ReopenLogs();
        await Task.Delay(500, cancellation);
        await RequestAsync(server, 53, 10, cancellation);
        await server.StopAsync(cancellation);

        var files = Directory.GetFiles(logs.Path).Where(path => Path.GetFileName(path).StartsWith("access.log", StringComparison.Ordinal)).ToArray();
        var written = files.Sum(path => File.ReadLines(path).Count());
        await FollowTests.UntilAsync(folder, lines => lines >= written);
        var end = await follow.TerminateAsync();

        Assert.Equal(0, end.ExitStatus);
        Assert.True(files.Length >= 4, string.Join(' ', files));
        Assert.True(written >= 63, $"{written} lines in {files.Length} files");
        Assert.Equal(written, (await FollowTests.LinesAsync(folder)).Lines);
        var cold = await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", .. files]);
        Assert.Equal((written, written), (cold.Json.GetProperty("lines").GetInt32(), cold.Json.GetProperty("alreadyIngested").GetInt32()));
    }

    /// <summary>Asks for mounts that there are not, each another one, so that no two lines are equal.</summary>
    private static async Task RequestAsync(IcecastServer server, int first, int count, CancellationToken cancellation)
    {
        foreach (var number in Enumerable.Range(first, count))
        {
            await Client.RequestAsync(server, "GET", $"/gone-{number}.mp3", asAdministrator: false, cancellation);
            await Task.Delay(100, cancellation);
        }
    }
}
