using System.Collections.Concurrent;
using Apache.Arrow;
using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

public sealed class LakeChangesTests : LakeTest
{
    [Fact]
    public void What_appends_brought_are_their_files_in_order()
    {
        AppendEach(4);
        var snapshot = Lake.Snapshot();

        Assert.Equal(snapshot.Files.Skip(2), Added(Lake.ChangesSince(1, snapshot)));
        Assert.Equal(snapshot.Files, Added(Lake.ChangesSince(-1, snapshot)));
        Assert.Empty(Lake.ChangesSince(3, snapshot)!.Sites);
        Assert.Empty(Lake.ChangesSince(-1, LakeSnapshot.Empty)!.Sites);
    }

    [Fact]
    public void What_came_after_the_wanted_version_is_left_out()
    {
        AppendEach(2);
        var snapshot = Lake.Snapshot();
        AppendEach(1, first: 2);

        Assert.Equal(snapshot.Files.Skip(1), Added(Lake.ChangesSince(0, snapshot)));
    }

    [Fact]
    public void Every_version_can_be_opened_as_it_was()
    {
        var versions = new List<LakeSnapshot> { Lake.Snapshot() };
        for (var number = 0; number < 4; number++)
        {
            AppendEach(1, first: number);
            versions.Add(Lake.Snapshot());
        }

        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        foreach (var version in versions)
        {
            var opened = LakeTable.Open(Data).SnapshotAt(version.Version)!;
            Assert.Equal(version.Version, opened.Version);
            Assert.Equal(version.Files, opened.Files);
        }

        Assert.Null(Lake.SnapshotAt(Lake.Snapshot().Version + 1));
    }

    [Fact]
    public void A_version_between_checkpoints_can_be_opened_while_the_log_has_its_commits()
    {
        AppendEach(105);
        var opened = Lake.SnapshotAt(102)!;
        Assert.Equal((102, 103), (opened.Version, opened.Files.Count));
        Assert.Equal(51, Lake.SnapshotAt(50)!.Files.Count);

        // What a vacuum leaves of a log: the checkpoint of version 100, and what came after it.
        foreach (var commit in Directory.GetFiles(Log, "*.json").Where(path => string.CompareOrdinal(Path.GetFileName(path), "00000000000000000101.json") < 0))
            File.Delete(commit);
        Assert.Null(Lake.SnapshotAt(50));
        Assert.Equal(101, Lake.SnapshotAt(100)!.Files.Count);
        Assert.Equal(opened.Files, Lake.SnapshotAt(102)!.Files);
    }

    [Fact]
    public void Each_site_has_its_own_changes()
    {
        AppendEach(1);
        Lake.Append("sister", [SomeLines.Every(3).Batch()], [], CancellationToken.None);
        var snapshot = Lake.Snapshot();

        Assert.Equal(["radio", "sister"], Lake.ChangesSince(-1, snapshot)!.Sites.Select(site => site.Site));
        Assert.Equal(["sister"], Lake.ChangesSince(0, snapshot)!.Sites.Select(site => site.Site));
    }

    [Fact]
    public void An_append_that_only_gets_further_in_a_source_changes_nothing()
    {
        Append(Lake, SomeLines.Every(3), new SourceProgress("log", 100, 1));
        Append(Lake, SomeLines.Every(3), new SourceProgress("log", 200, 2));

        Assert.Equal(1, Lake.Snapshot().Version);
        Assert.Empty(Lake.ChangesSince(0, Lake.Snapshot())!.Sites);
    }

    [Fact]
    public void A_compaction_changes_nothing_and_hides_no_file_that_came_before_it()
    {
        AppendEach(3);
        var old = Lake.Snapshot().Files;
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        AppendEach(1, first: 3);
        var snapshot = Lake.Snapshot();

        Assert.Equal(snapshot.Files.TakeLast(1), Added(Lake.ChangesSince(2, snapshot)));
        Assert.Equal([.. old.Skip(1), snapshot.Files[^1]], Added(Lake.ChangesSince(0, snapshot)));
        Assert.Equal(30, Added(Lake.ChangesSince(0, snapshot)).Sum(file => Identities(Lake, file).Count()));
    }

    [Fact]
    public void A_prune_that_drops_files_replaces_its_site_alone()
    {
        AppendEach(2);
        Append(SomeLines.Every(10, firstHash: 900, from: SomeLines.Noon.AddDays(9)));
        Lake.Append("sister", [SomeLines.Every(3).Batch()], [], CancellationToken.None);
        Lake.Prune("radio", SomeLines.Noon.AddDays(5), dryRun: false, CancellationToken.None);
        var snapshot = Lake.Snapshot();

        var changes = Lake.ChangesSince(1, snapshot)!.Sites;

        Assert.Equal([("radio", true, 0), ("sister", false, 1)], changes.Select(site => (site.Site, site.IsReplaced, site.Added.Count)));
        Assert.Empty(Lake.ChangesSince(snapshot.Version, snapshot)!.Sites);
    }

    [Fact]
    public void A_prune_that_rewrites_a_file_brings_no_lines()
    {
        Append(SomeLines.Every(10).Concat(SomeLines.Every(10, firstHash: 900, from: SomeLines.Noon.AddDays(9))));
        Lake.Prune("radio", SomeLines.Noon.AddDays(5), dryRun: false, CancellationToken.None);
        AppendEach(1, first: 5);
        var snapshot = Lake.Snapshot();

        Assert.Equal(10, snapshot.Files[0].Rows);
        Assert.Equal(new SiteChanges("radio", IsReplaced: true, []), Assert.Single(Lake.ChangesSince(0, snapshot)!.Sites), Same);
        Assert.Equal(snapshot.Files.TakeLast(1), Added(Lake.ChangesSince(1, snapshot)));
    }

    [Fact]
    public void A_site_whose_new_file_a_vacuum_deleted_is_to_be_read_anew()
    {
        AppendEach(3);
        Lake.Append("sister", [SomeLines.Every(3).Batch()], [], CancellationToken.None);
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        Lake.Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, CancellationToken.None);
        var snapshot = Lake.Snapshot();

        var changes = Lake.ChangesSince(0, snapshot)!.Sites;

        Assert.Equal([("radio", true), ("sister", false)], changes.Select(site => (site.Site, site.IsReplaced)));
        Assert.Equal(["sister"], Lake.ChangesSince(2, snapshot)!.Sites.Select(site => site.Site));
    }

    [Fact]
    public void A_log_whose_commits_a_vacuum_deleted_does_not_tell()
    {
        AppendEach(103);
        LakeTable.Open(Data, new Later(TimeSpan.FromDays(8))).Vacuum(new VacuumOptions(), CancellationToken.None);
        var snapshot = Lake.Snapshot();

        Assert.Null(Lake.ChangesSince(-1, snapshot));
        Assert.Null(Lake.ChangesSince(98, snapshot));
        Assert.Equal(snapshot.Files.Skip(100), Added(Lake.ChangesSince(99, snapshot)));
    }

    [Fact]
    public void A_version_that_there_is_not_yet_is_none_to_go_on_from()
    {
        AppendEach(2);

        Assert.Null(Lake.ChangesSince(2, Lake.Snapshot()));
        Assert.Null(Lake.ChangesSince(0, LakeSnapshot.Empty));
        Assert.Null(Lake.ChangesSince(-2, Lake.Snapshot()));
    }

    [Theory]
    [InlineData("""{"remove":{"path":"site=sister/a.parquet","dataChange":true}}""", "sister")]
    [InlineData("""{"remove":{"path":"site=sister/a.parquet","dataChange":false}}""", "")]
    [InlineData("""{"remove":{"path":"elsewhere/a.parquet","dataChange":false}}""", "")]
    [InlineData("""{"remove":{"path":"elsewhere/a.parquet","dataChange":true}}""", null)]
    public void What_another_writer_removes_is_told_where_its_site_is(string action, string? replaced)
    {
        AppendEach(1);
        File.WriteAllText(Path.Combine(Log, "00000000000000000001.json"), action);

        var changes = Lake.ChangesSince(0, Lake.Snapshot());

        Assert.Equal(replaced, changes is null ? null : string.Join(",", changes.Sites.Where(site => site.IsReplaced).Select(site => site.Site)));
    }

    [Fact]
    public void A_damaged_commit_is_named()
    {
        AppendEach(2);
        var (snapshot, commit) = (Lake.Snapshot(), Path.Combine(Log, "00000000000000000001.json"));
        File.WriteAllText(commit, "[]");

        var exception = Assert.Throws<LakeException>(() => Lake.ChangesSince(0, snapshot));

        Assert.StartsWith($"{commit}: line 1 is no action of the Delta log: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_who_follows_the_changes_knows_every_line_once_beside_appends_compactions_prunes_and_vacuums()
    {
        var failures = new ConcurrentQueue<Exception>();
        using var over = new CountdownEvent(2);
        var writers = Enumerable.Range(0, 2).Select(number => Start(failures, () =>
        {
            var lake = LakeTable.Open(Data);
            for (var i = 0; i < 60; i++)
                Append(lake, SomeLines.Every(20, firstHash: (10_000 * number) + (20 * i), from: SomeLines.Noon.AddDays(i)));
            over.Signal();
        }));
        var upkeep = Start(failures, () =>
        {
            var lake = LakeTable.Open(Data);
            for (var day = 0; !over.IsSet; day++)
            {
                lake.Compact(CompactionOptions.Full, CancellationToken.None);
                lake.Prune("radio", SomeLines.Noon.AddDays(day % 20), dryRun: false, CancellationToken.None);
                lake.Vacuum(new VacuumOptions { Age = TimeSpan.FromMilliseconds(100) }, CancellationToken.None);
            }
        });
        var follower = new Follower(LakeTable.Open(Data));
        var following = Start(failures, () =>
        {
            while (!over.IsSet)
                follower.Follow();
        });
        foreach (var thread in (IEnumerable<Thread>)[.. writers, upkeep, following])
            thread.Join();
        follower.Follow();

        Assert.Empty(failures);
        Assert.True(follower.Steps > 0, "nothing was followed step by step");
        Assert.Equal(Found(), follower.Lines.Order());
    }

    private static Thread Start(ConcurrentQueue<Exception> failures, Action work)
    {
        var thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception);
            }
        });
        thread.Start();
        return thread;
    }

    private static bool Same(SiteChanges a, SiteChanges b)
        => (a.Site, a.IsReplaced) == (b.Site, b.IsReplaced) && a.Added.SequenceEqual(b.Added);

    private static IReadOnlyList<LakeFile> Added(LakeChanges? changes)
    {
        var site = Assert.Single(changes!.Sites);
        Assert.False(site.IsReplaced);
        return site.Added;
    }

    private static IEnumerable<(long Hash, int Ordinal)> Identities(LakeTable lake, LakeFile file)
    {
        foreach (var batch in lake.ReadSessions(file, CancellationToken.None))
        {
            using (batch)
            {
                var (hashes, ordinals) = ((Int64Array)batch.Column(LineColumns.LineHash), (Int32Array)batch.Column(LineColumns.Ordinal));
                for (var row = 0; row < batch.Length; row++)
                    yield return (hashes.GetValue(row)!.Value, ordinals.GetValue(row)!.Value);
            }
        }
    }

    private void AppendEach(int commits, int first = 0)
    {
        for (var i = first; i < first + commits; i++)
            Append(SomeLines.Every(10, firstHash: 10 * i, from: SomeLines.Noon.AddSeconds(10 * i)));
    }

    /// <summary>Keeps the lines of the site by what it is told of changes, as the server does.</summary>
    private sealed class Follower(LakeTable lake)
    {
        private long version = -1;

        public List<(long Hash, int Ordinal)> Lines { get; private set; } = [];

        /// <summary>How many times there was something new that could be added.</summary>
        public int Steps { get; private set; }

        public void Follow()
        {
            var snapshot = lake.Snapshot();
            try
            {
                var changes = lake.ChangesSince(version, snapshot);
                if (changes is null || changes.Sites.Any(site => site.IsReplaced))
                    Lines = [.. snapshot.Files.SelectMany(file => Identities(lake, file))];
                else if (changes.Sites is [var site])
                    Lines = [.. Lines, .. site.Added.SelectMany(file => Identities(lake, file)).ToList()];
                Steps += changes?.Sites is [{ IsReplaced: false }] ? 1 : 0;
                version = snapshot.Version;
            }
            catch (LakeException exception) when (exception.Message.Contains("it is missing", StringComparison.Ordinal)
                || exception.Message.Contains("No such file", StringComparison.Ordinal))
            {
                // A vacuum was faster; the next version tells where the lines are.
            }
        }
    }

    private sealed class Later(TimeSpan time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + time;
    }
}
