using StatsGraph.Ingest.Following;
using StatsGraph.Ingest.Logs;

namespace StatsGraph.Tests.Ingest.Following;

public sealed class FollowedLogsTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_held_open_are_bounded_by_a_number()
    {
        for (var number = 0; number < 300; number++)
            folder.Write($"logs/{number}.log", "");
        using var logs = new FollowedLogs([folder.At("logs")], folder.Data);

        Look(logs, TimeProvider.System.GetUtcNow());

        Assert.Equal(300, logs.All.Count);
        Assert.Equal(128, logs.All.Count(log => log.IsOpen));
    }

    [Fact]
    public void A_file_keeps_its_identity_under_another_name_and_a_new_one_is_another_log()
    {
        folder.Write("logs/access.log", "x");
        using var logs = new FollowedLogs([folder.At("logs/access.log")], folder.Data);
        Look(logs, TimeProvider.System.GetUtcNow());
        var log = Assert.Single(logs.All);

        File.Move(folder.At("logs/access.log"), folder.At("logs/access.log.1"));
        folder.Write("logs/access.log", "y");
        Look(logs, TimeProvider.System.GetUtcNow());

        Assert.Equal(2, logs.All.Count);
        Assert.Equal(folder.At("logs/access.log.1"), log.Log.Name);
        Assert.True(log.IsOpen);
    }

    [Fact]
    public void A_pipe_is_no_log()
    {
        using (var made = System.Diagnostics.Process.Start("mkfifo", [folder.At("pipe.log")]))
            made.WaitForExit();
        using var logs = new FollowedLogs([folder.At("pipe.log")], folder.Data);
        var failures = new List<(string, string)>();

        logs.Look(TimeProvider.System.GetUtcNow(), canForget: true, (log, message) => failures.Add((log.Name, message)));

        Assert.Equal([(folder.At("pipe.log"), "it is no file that can be followed, such as a folder or a pipe")], failures);
        Assert.Empty(logs.All);
    }

    private static void Look(FollowedLogs logs, DateTimeOffset now)
        => logs.Look(now, canForget: true, (LogFile log, string message) => Assert.Fail($"{log.Name}: {message}"));
}
