namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>The process is killed at moments that nobody chose.</summary>
public sealed class KillTests
{
    private const int Kills = 15;
    private const int Lines = 60_000;

    [Theory]
    [InlineData(1, "access.log")]
    [InlineData(2, "-")]
    public async Task A_large_import_that_is_killed_again_and_again_ends_like_a_clean_one(int seed, string path)
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", CrashLog.Lines(Lines));
        var dice = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var ingest = StatsGraphProcess.Start(folder, ["ingest", path], ("STATSGRAPH_Ingest__LinesPerCommit", "400"));
            var input = path == "-" ? FeedAsync(ingest, File.ReadAllText(folder["access.log"])) : Task.CompletedTask;
            await CommitsAsync(folder["data/lake/_delta_log"], dice.Next(5), ingest);
            await Task.Delay(dice.Next(15), TestContext.Current.CancellationToken);
            Assert.Equal(128 + 9, (await ingest.KillAsync()).ExitStatus);
            await input;
            Leftovers.In(folder["data"]);
        }

        Leftovers.Age(folder["data"]);
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["verify"])).ExitStatus);
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"])).ExitStatus);
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["verify"])).ExitStatus);
        Assert.Empty(Leftovers.In(folder["data"]));

        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log", "--data", "clean"]);
        Assert.Equal(await Answers.OfAsync(folder, "clean"), await Answers.OfAsync(folder, "data"));
    }

    /// <summary>Waits until so many more commits are there.</summary>
    private static async Task CommitsAsync(string log, int more, StatsGraphProcess ingest)
    {
        var before = Count(log);
        while (Count(log) < before + more)
        {
            Assert.True(ingest.IsRunning, "the log is too short: its import ended before it could be killed");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    private static int Count(string log) => Directory.Exists(log) ? Directory.GetFiles(log, "*.json").Length : 0;

    /// <summary>Writes until the reader is killed.</summary>
    private static async Task FeedAsync(StatsGraphProcess ingest, string text)
    {
        try
        {
            await ingest.WriteAsync(text);
        }
        catch (IOException)
        {
            // The reader is gone.
        }
    }
}
