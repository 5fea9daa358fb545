using StatsGraph.Lake;
using StatsGraph.Reports.Columns;
using StatsGraph.Tests.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Reports.Columns;

/// <summary>Whatever happens to the lake, the columns say the same as those that are made of nothing but the lake then.</summary>
public sealed class ColumnFollowerTests : LakeTest
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly SomeFollower follower;

    public ColumnFollowerTests() => follower = new SomeFollower(Data, batchRows: 100);

    [Fact]
    public void An_empty_lake_has_columns_of_no_site_and_nothing_is_written()
    {
        var set = follower.Look();
        follower.Save();
        Assert.Equal(-1, set.Snapshot.Version);
        Assert.Empty(set.Sites);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public void What_is_appended_is_added_and_sites_without_news_are_shared()
    {
        Append(SomeLines.Every(250));
        AppendTo("jazz", SomeLines.Every(50));
        var before = follower.Look();
        AssertFresh(2);
        Append(SomeLines.Every(40, firstHash: 1_000, SomeLines.Noon - Hour));
        Append(SomeLines.Every(300, firstHash: 2_000));
        var after = follower.Look();
        AssertFresh(2);
        Assert.Equal((2, 4), (before.Snapshot.Version + 1, after.Snapshot.Version + 1));
        Assert.Same(before.Sites["jazz"], after.Sites["jazz"]);
        Assert.Equal((250, 590), (Rows(before.Sites["radio"]), Rows(after.Sites["radio"])));
        Assert.Same(after, follower.Look());
    }

    [Fact]
    public void A_new_site_is_there_with_the_next_look()
    {
        Append(SomeLines.Every(10));
        follower.Look();
        AppendTo("jazz", SomeLines.Every(20));
        Assert.Equal(20, Rows(follower.Look().Sites["jazz"]));
        AssertFresh(2);
    }

    [Fact]
    public void A_compaction_changes_nothing()
    {
        AppendInPieces(5);
        var before = follower.Look();
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        var after = follower.Look();
        Assert.NotEqual(before.Snapshot.Version, after.Snapshot.Version);
        Assert.Same(before.Sites["radio"], after.Sites["radio"]);
        AssertFresh(1);
    }

    [Fact]
    public void What_came_and_was_compacted_and_vacuumed_between_two_looks_is_there_once()
    {
        AppendInPieces(3);
        follower.Look();
        AppendInPieces(4, firstHash: 10_000);
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        follower.Look();
        AssertFresh(1);
        AppendInPieces(4, firstHash: 20_000);
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        var live = Lake.Snapshot().Files.Select(file => file.Path).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(Table, "*.parquet", SearchOption.AllDirectories).Where(file => !live.Contains(file)))
            File.Delete(file);
        follower.Look();
        AssertFresh(1);
        Assert.Empty(follower.Told);
    }

    [Fact]
    public void What_is_pruned_is_gone()
    {
        AppendInPieces(5);
        AppendTo("jazz", SomeLines.Every(20));
        var before = follower.Look();
        Lake.Prune("radio", SomeLines.Noon + (2.5 * Hour), dryRun: false, CancellationToken.None);
        var after = follower.Look();
        AssertFresh(2);
        Assert.InRange(Rows(after.Sites["radio"]), 1, Rows(before.Sites["radio"]) - 1);
        Assert.Same(before.Sites["jazz"], after.Sites["jazz"]);
        Assert.Empty(follower.Told);
    }

    [Fact]
    public void Where_the_log_no_longer_tells_what_happened_the_columns_are_made_again_and_it_says_so()
    {
        AppendInPieces(3);
        follower.Look();
        for (var hash = 10_000; hash < 10_100; hash++)
            Append(SomeLines.Every(1, hash));
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        LakeTable.Open(Data, new StoppedClock(TimeProvider.System.GetUtcNow().AddDays(30))).Vacuum(new VacuumOptions(), CancellationToken.None);
        follower.Look();
        Assert.Contains("version 2", Assert.Single(follower.Told), StringComparison.Ordinal);
        AssertFresh(1);
    }

    [Fact]
    public void A_damaged_file_costs_its_site_the_columns_until_the_next_version_and_no_other()
    {
        Append(SomeLines.Every(10));
        AppendTo("jazz", SomeLines.Every(20));
        follower.Look();
        Append(SomeLines.Every(10, firstHash: 100));
        var damaged = Lake.Snapshot().Files[^1].Path;
        var content = File.ReadAllBytes(damaged);
        File.WriteAllBytes(damaged, content[..^9]);
        Assert.Equal(["jazz"], follower.Look().Sites.Keys);
        Assert.Contains(damaged, Assert.Single(follower.Told), StringComparison.Ordinal);
        AppendTo("jazz", SomeLines.Every(20, firstHash: 100));
        Assert.Equal(40, Rows(Assert.Single(follower.Look().Sites).Value));
        Assert.Single(follower.Told);
        File.WriteAllBytes(damaged, content);
        AppendTo("jazz", SomeLines.Every(20, firstHash: 200));
        follower.Look();
        AssertFresh(2);
        Assert.Single(follower.Told);
    }

    [Fact]
    public void A_file_that_is_damaged_from_the_start_does_not_keep_the_others_from_columns()
    {
        Append(SomeLines.Every(10));
        AppendTo("jazz", SomeLines.Every(20));
        File.Delete(Lake.Snapshot().Files[0].Path);
        Assert.Equal(["jazz"], follower.Look().Sites.Keys);
        follower.Save();
        Assert.Single(follower.Told);
    }

    [Fact]
    public void A_log_that_cannot_be_read_is_told_once_and_what_was_published_stays()
    {
        Append(SomeLines.Every(10));
        var before = follower.Look();
        Append(SomeLines.Every(10, firstHash: 100));
        var commit = Path.Combine(Log, $"{1:D20}.json");
        var content = File.ReadAllBytes(commit);
        File.WriteAllText(commit, "{");
        Assert.Same(before, follower.Look());
        Assert.Same(before, follower.Look());
        Assert.Contains(commit, Assert.Single(follower.Told), StringComparison.Ordinal);
        File.WriteAllBytes(commit, content);
        follower.Look();
        AssertFresh(1);
    }

    [Fact]
    public void A_session_that_columns_cannot_hold_leaves_its_site_without_for_as_long_as_it_is_there()
    {
        Append(SomeLines.Every(10));
        AppendTo("jazz", SomeLines.Every(20));
        follower.Look();
        Append(new SomeLine(500, new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(["jazz"], follower.Look().Sites.Keys);
        Append(SomeLines.Every(10, firstHash: 100));
        Assert.Equal(["jazz"], follower.Look().Sites.Keys);
        Assert.Contains("site radio is answered without columns", Assert.Single(follower.Told), StringComparison.Ordinal);
    }

    [Fact]
    public void Mounts_are_those_that_they_count_as()
    {
        var aliases = new Dictionary<string, string> { ["/m1"] = "/m2" };
        using var aliased = new SomeFollower(Data, aliases);
        Append(SomeLines.Every(30));
        Assert.Equal(SomeFollower.Fresh(Data, aliases), SomeFollower.Text(aliased.Look()));
        Assert.NotEqual(SomeFollower.Fresh(Data)["radio"], SomeFollower.Fresh(Data, aliases)["radio"]);
    }

    [Fact]
    public void A_log_with_everything_that_is_hard_is_followed()
    {
        using var lake = new SomeLake("UTC", SomeLines.Noon);
        using var following = new SomeFollower(lake.Data, batchRows: 77);
        for (var seed = 1; seed <= 4; seed++)
        {
            var log = RandomLog.Make(new RandomLogOptions(seed, 300, "Europe/Berlin", new DateOnly(2026, 10, 1)));
            lake.Ingest([lake.Write($"{seed}.log", log.ToBytes())], linesPerCommit: 90);
            if (seed == 3)
                LakeTable.Open(lake.Data).Compact(CompactionOptions.Full, CancellationToken.None);
            Assert.Equal(SomeFollower.Fresh(lake.Data), SomeFollower.Text(following.Look()));
            following.Save();
        }

        using var restarted = new SomeFollower(lake.Data);
        Assert.Equal(SomeFollower.Fresh(lake.Data), SomeFollower.Text(restarted.Look()));
        Assert.NotEmpty(SomeFollower.Fresh(lake.Data)[SomeLake.Site]);
    }

    [Fact]
    public void Progress_counts_lines()
    {
        Append(SomeLines.Every(250));
        AppendTo("jazz", SomeLines.Every(20));
        AppendTo("jazz", SomeLines.Undated(5, firstHash: 900));
        follower.Look();
        Assert.Equal(new ColumnProgress(2, 275, 275), follower.Progress);
    }

    private static int Rows(SiteColumns columns) => columns.Chunks.Sum(chunk => chunk.Rows);

    private void AppendTo(string site, IEnumerable<SomeLine> lines) => Lake.Append(site, [lines.Batch()], [], CancellationToken.None);

    private void AppendInPieces(int pieces, int firstHash = 0)
    {
        for (var piece = 0; piece < pieces; piece++)
            Append(SomeLines.Every(30, firstHash + (piece * 100), SomeLines.Noon + (piece * Hour)));
    }

    private void AssertFresh(int sites)
    {
        var set = SomeFollower.Text(follower.Look());
        Assert.Equal(sites, set.Count);
        Assert.Equal(SomeFollower.Fresh(Data), set);
    }
}
