namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>An import that is asked to end.</summary>
public sealed class SignalTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_ends_with_status_1_says_how_many_lines_are_in_and_leaves_nothing_behind(bool terminated)
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", CrashLog.Lines(60_000));
        using var ingest = StatsGraphProcess.Start(folder, ["ingest", "access.log"], ("STATSGRAPH_Ingest__LinesPerCommit", "300"));
        while (!File.Exists(folder["data/lake/_delta_log/00000000000000000003.json"]))
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        var result = terminated ? await ingest.TerminateAsync() : await ingest.InterruptAsync();
        var verified = await StatsGraphProcess.RunAsync(folder, ["verify", "--json"]);
        var rows = verified.Json.GetProperty("rows").GetInt32();
        Assert.Equal((1, ""), (result.ExitStatus, result.Output));
        Assert.Equal(FormattableString.Invariant($"statsgraph: interrupted; {rows:N0} new lines are in the lake, the next run reads the rest\n"), result.Error);
        Assert.Equal((0, ""), (verified.ExitStatus, verified.Error));
        Assert.Equal((0, true), (rows % 300, rows is >= 1_200 and < 60_000));

        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"])).ExitStatus);
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--data", "clean", "access.log"]);
        Assert.Equal(await Answers.OfAsync(folder, "clean"), await Answers.OfAsync(folder, "data"));
    }
}
