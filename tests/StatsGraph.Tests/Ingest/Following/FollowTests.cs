using System.Text;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Tests.Ingest.Logs;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Ingest.Following;

public sealed class FollowTests : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly ManualClock clock = SomeFollow.Clock;
    private readonly LiveLogs logs;

    public FollowTests() => logs = new LiveLogs(folder.At("logs"), folder.At("kept"));

    public void Dispose()
    {
        logs.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_line_is_committed_within_the_time_between_commits_and_nothing_while_nothing_comes()
    {
        using var follow = Follow();
        logs.Append(SomeLine.Log(3));
        follow.Look();
        follow.Pass(4);
        Assert.Equal(-1, Version);
        follow.Pass(1);
        Assert.Equal((0, 3), (Version, Lines));

        follow.Pass(20);
        Assert.Equal(0, Version);
        logs.Append(SomeLine.Log(1, first: 3));
        follow.Pass(6);
        Assert.Equal((1, 4), (Version, Lines));
        Assert.Equal(["site main: 3 new lines committed"], follow.Texts(FollowNewsKind.Committed));
    }

    [Fact]
    public void An_unfinished_line_waits_for_its_end()
    {
        var line = SomeLine.Log(1);
        using var follow = Follow();
        logs.Append(SomeLine.Log(1, first: 1) + line[..40]);
        follow.Pass(7);
        Assert.Equal(1, Lines);

        logs.Append(line[40..^1]);
        follow.Pass(7);
        Assert.Equal(1, Lines);
        Assert.Equal(1, follow.Finish().Waiting);

        logs.Append("\n");
        follow.Pass(7);
        Assert.Equal(2, Lines);
        Assert.Equal((2, 0), (follow.Finish().Lines, follow.Finish().Waiting));
    }

    [Fact]
    public void A_log_that_was_cut_is_read_from_its_start_even_when_it_is_longer_than_before()
    {
        using var follow = Follow();
        logs.Append(SomeLine.Log(5));
        follow.Look();

        logs.CopyAndCut();
        logs.Append(SomeLine.Log(50, first: 5));
        follow.Pass(7);

        Assert.Equal(55, Lines);
    }

    [Fact]
    public void What_was_not_read_before_a_log_was_cut_is_read_in_the_copy()
    {
        using var follow = Follow();
        logs.Append(SomeLine.Log(5));
        follow.Look();

        logs.Append(SomeLine.Log(5, first: 5));
        logs.CopyAndCut();
        logs.Append(SomeLine.Log(5, first: 10));
        follow.Pass(7);

        Assert.Equal(15, Lines);
    }

    [Fact]
    public void A_log_that_lost_its_name_is_read_to_its_end()
    {
        using var follow = Follow();
        logs.Append(SomeLine.Log(5));
        follow.Look();
        logs.Unlink();
        follow.Pass(30);
        logs.Append(SomeLine.Log(5, first: 5));
        follow.Pass(7);
        logs.Reopen();
        logs.Append(SomeLine.Log(5, first: 10));
        follow.Pass(7);

        Assert.Equal(15, Lines);
        Assert.Equal([$"{logs.Log}: no such file or folder; waiting for it"], follow.Texts(FollowNewsKind.Note));
    }

    [Fact]
    public void Logs_and_folders_may_come_later()
    {
        using var follow = new SomeFollow(folder, clock, [folder.At("later"), folder.At("more/*.log")]);
        follow.Look();
        follow.Look();
        folder.Write("later/sub/a.log", SomeLine.Log(2));
        folder.Write("more/b.log", SomeLine.Log(3, first: 2));
        folder.Write("more/b.other", SomeLine.Log(1, first: 5));
        follow.Pass(7);

        Assert.Equal(5, Lines);
        Assert.Equal(
            [$"{folder.At("later")}: no such file or folder; waiting for it", $"{folder.At("more/*.log")}: no file matches; waiting for it"],
            follow.Texts(FollowNewsKind.Note));
    }

    [Fact]
    public void Equal_lines_are_counted_on_after_a_restart_and_in_a_renamed_log()
    {
        var line = SomeLine.Text() + "\n";
        using (var first = Follow())
        {
            logs.Append(line + line);
            first.Pass(7);
        }

        logs.Append(line);
        using (var second = Follow())
        {
            second.Pass(7);
            logs.Rename();
            logs.Append(line + line);
            second.Pass(7);
        }

        Assert.Equal(["0", "1", "2", "3", "4"], folder.Query("select ordinal from line order by ordinal"));
    }

    [Fact]
    public void A_restart_says_how_many_lines_were_in_already()
    {
        logs.Append(SomeLine.Log(20));
        using (var first = Follow())
        {
            first.Pass(7);
        }

        logs.Append(SomeLine.Log(5, first: 20));
        using var second = Follow();
        second.Pass(7);

        var summary = second.Finish();
        Assert.Equal((25, 20, 5L, 1), (summary.Lines, summary.AlreadyIngested, summary.Classes[LineClass.Listener], summary.Files));
        Assert.Empty(summary.Problems);
    }

    [Fact]
    public void What_was_read_and_not_committed_is_read_again_after_a_kill()
    {
        using (var killed = Follow())
        {
            logs.Append(SomeLine.Log(20));
            killed.Look();
        }

        Assert.Equal(-1, Version);
        using var next = Follow();
        next.Pass(7);
        Assert.Equal(20, Lines);
    }

    [Fact]
    public void While_the_lake_cannot_be_written_that_is_told_once_and_then_everything_is_committed_once()
    {
        using var follow = Follow();
        logs.Append(SomeLine.Log(20));
        follow.Pass(7);
        Directory.Move(Path.Combine(folder.Data, "lake", "site=main"), folder.At("away"));
        var obstacle = folder.Write("data/lake/site=main", "");

        logs.Append(SomeLine.Log(10, first: 20));
        follow.Pass(200);
        var problem = Assert.Single(follow.Finish().Problems);
        File.Delete(obstacle);
        Directory.Move(folder.At("away"), obstacle);
        follow.Pass(100);

        Assert.Equal(folder.Data, problem.Log);
        Assert.StartsWith("nothing can be committed for now: ", problem.Message, StringComparison.Ordinal);
        Assert.Equal([$"{problem.Log}: {problem.Message}"], follow.Texts(FollowNewsKind.Trouble));
        Assert.Equal([$"{folder.Data}: lines are committed again"], follow.Texts(FollowNewsKind.Mended));
        Assert.Equal(30, Lines);
        var summary = follow.Finish();
        Assert.Equal(30L, summary.Classes[LineClass.Listener]);
        Assert.Equal(summary.Lines, summary.AlreadyIngested + 30);
        Assert.Empty(summary.Problems);
    }

    [Fact]
    public void A_broken_archive_is_told_once_and_read_again_when_it_is_whole()
    {
        var archive = SomeArchive.Of("gzip", Encoding.UTF8.GetBytes(SomeLine.Log(5000)));
        using var follow = Follow();
        logs.Append(SomeLine.Log(1, first: 9000));
        var path = folder.Write("logs/access.log.2.gz", archive[..(archive.Length / 2)]);
        follow.Pass(100);
        var problems = follow.Finish().Problems;
        File.WriteAllBytes(path, archive);
        follow.Pass(20);

        Assert.Equal([new IngestProblem(path, "the gzip archive is truncated; none of its lines is kept")], problems);
        Assert.Equal([$"{path}: the gzip archive is truncated; none of its lines is kept"], follow.Texts(FollowNewsKind.Trouble));
        Assert.Equal([$"{path}: is read again"], follow.Texts(FollowNewsKind.Mended));
        Assert.Equal(5001, Lines);
        Assert.Empty(follow.Finish().Problems);
    }

    [Fact]
    public void A_log_of_another_kind_is_told_once()
    {
        var path = folder.Write("logs/other.log", "[2026-11-22  17:00:33] INFO main/main Icecast 2.4.4 server started\n");
        using var follow = new SomeFollow(folder, clock, [path]);
        follow.Pass(7);
        File.AppendAllText(path, "[2026-11-22  17:03:33] INFO main/main Shutting down\n");
        follow.Pass(7);

        Assert.StartsWith(
            $"{path}: looks like an Icecast error.log, not an access log: ", Assert.Single(follow.Texts(FollowNewsKind.Trouble)), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_that_follow_the_same_logs_count_every_line_once()
    {
        using var one = Follow();
        using var other = Follow();
        for (var round = 0; round < 10; round++)
        {
            logs.Append(SomeLine.Log(7, first: round * 7));
            one.Look();
            other.Pass(3);
            if (round == 4)
                logs.CopyAndCut();
            if (round == 7)
                logs.Archive();
        }

        one.Pass(7);
        other.Pass(7);

        Assert.Equal(70, Lines);
        Assert.Equal(70, one.Finish().Classes[LineClass.Listener] + other.Finish().Classes[LineClass.Listener]);
    }

    [Fact]
    public void The_files_of_the_lake_are_no_logs()
    {
        folder.Write("data/a.log", SomeLine.Log(5));
        using var follow = new SomeFollow(folder, clock, [folder.Data]);
        follow.Pass(40);

        Assert.Equal((0, 5), (Version, Lines));
    }

    [Fact]
    public void Standard_input_cannot_be_followed()
    {
        var exception = Assert.Throws<IngestException>(() => new SomeFollow(folder, clock, ["-"]));
        Assert.Equal("standard input cannot be followed; expected files, folders and globs", exception.Message);
    }

    [Fact]
    public async Task It_ends_when_it_is_told_to_and_commits_what_it_has_read()
    {
        using var stop = new CancellationTokenSource();
        using var follow = new LogFollow(
            LakeTable.Open(folder.Data),
            new IngestOptions { DataFolder = folder.Data, Site = "main" },
            [logs.Log],
            new FollowOptions { CommitEvery = TimeSpan.FromMilliseconds(1) },
            news => stop.Cancel());
        logs.Append(SomeLine.Log(9));

        // The first news is that lines were committed.
        var summary = await follow.RunAsync(stop.Token);

        Assert.Equal((9, 9), (summary.Lines, Lines));
    }

    private long Version => LakeTable.Open(folder.Data).Snapshot().Version;

    private long Lines => LakeTable.Open(folder.Data).Snapshot().Files.Sum(file => file.Rows);

    private SomeFollow Follow() => new(folder, clock, [logs.Log]);
}
