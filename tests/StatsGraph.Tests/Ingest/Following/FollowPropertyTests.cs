using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Ingest.Following;

/// <summary>
/// Random appends, cut at any byte, random rotations of all kinds, restarts and kills: the lake is the one that a cold run makes of all files.
/// </summary>
public sealed class FollowPropertyTests : IDisposable
{
    private const int Steps = 120;

    private readonly DataFolder folder = new();
    private readonly DataFolder cold = new();
    private SomeFollow? follow;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 10)];

    public void Dispose()
    {
        follow?.Dispose();
        folder.Dispose();
        cold.Dispose();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_lake_is_that_of_a_cold_run_over_all_files(int seed)
    {
        var dice = new Random(seed);
        var bytes = RandomLog.Make(new RandomLogOptions(seed, 300, "Europe/Berlin", new DateOnly(2026, 10, 1))).ToBytes();
        var clock = SomeFollow.Clock;
        using var logs = new LiveLogs(folder.At("logs"), folder.At("kept"));
        string[] paths = [folder.At(new[] { "logs/access.log", "logs", "logs/access.log*" }[dice.Next(3)])];
        var commit = new[] { 3, 40, 250_000 }[dice.Next(3)];
        follow = new SomeFollow(folder, clock, paths, commit);
        var written = 0;
        for (var step = 0; step < Steps; step++)
        {
            var length = step == Steps - 1 ? bytes.Length - written : Math.Min(bytes.Length - written, dice.Next(2 * bytes.Length / Steps));
            logs.Append(bytes.AsSpan(written, length));
            written += length;
            Rotate(logs, follow, dice);
            if (dice.Next(3) > 0)
                follow.Pass(dice.Next(1, 4));
            if (dice.Next(50) == 0)
                clock.Pass(TimeSpan.FromHours(2));
            if (dice.Next(10) == 0 && !logs.IsUnlinked)
            {
                // A restart commits what was read, a kill does not.
                if (dice.Next(2) == 0)
                    follow.Finish();
                follow.Dispose();
                follow = new SomeFollow(folder, clock, paths, commit);
            }
        }

        logs.FinishArchive();
        follow.Pass(1);
        if (logs.IsBehind)
            logs.Reopen();
        follow.Pass(12);
        follow.Finish();

        Directory.CreateDirectory(cold.Data);
        File.Copy(Path.Combine(folder.Data, "lake.key"), Path.Combine(cold.Data, "lake.key"));
        cold.Ingest(logs.Everything());
        Assert.Equal(cold.Query("select class, count(*) from line group by all order by all"), folder.Query("select class, count(*) from line group by all order by all"));
        Assert.Equal(cold.Everything(), folder.Everything());
    }

    private static void Rotate(LiveLogs logs, SomeFollow follow, Random dice)
    {
        if (logs.IsBehind)
        {
            if (dice.Next(3) > 0)
                return;
            // What has no name can be read only by one who holds it open, and is gone when that one is killed.
            if (logs.IsUnlinked)
                follow.Pass(7);
            logs.Reopen();
            return;
        }

        switch (dice.Next(24))
        {
            case 0 or 1:
                logs.Rename();
                break;
            case 2 or 3:
                logs.CopyAndCut();
                break;
            case 4:
                logs.Archive();
                break;
            case 5 or 6:
                logs.Compress(dice, half: dice.Next(2) == 0);
                break;
            case 7:
                follow.Pass(12);
                logs.Delete(dice);
                break;
            case 8:
                follow.Look();
                logs.Unlink();
                break;
            case 9:
                logs.Replace();
                break;
            default:
                break;
        }
    }
}
