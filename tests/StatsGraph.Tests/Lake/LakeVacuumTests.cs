using StatsGraph.Lake;
using StatsGraph.Lake.Verification;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

public sealed class LakeVacuumTests : LakeTest
{
    [Fact]
    public void Files_that_a_compaction_replaced_go_a_week_later_and_not_before()
    {
        AppendEach(5);
        var old = Lake.Snapshot().Files;
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        Assert.Equal((0, 0, 0, 0), Deleted(VacuumIn(TimeSpan.FromDays(6.9))));
        Assert.All(old, file => Assert.True(File.Exists(file.Path)));
        var result = VacuumIn(TimeSpan.FromDays(7.1));

        Assert.Equal((5, 0, 0, old.Sum(file => file.Size)), Deleted(result));
        Assert.Empty(result.Strange);
        Assert.Equal(Identities(SomeLines.Every(50)), Found());
        Assert.Equal([Path.Combine(Data, "lake.vacuum")], Strays());
    }

    [Fact]
    public void A_dry_run_says_the_same_and_deletes_nothing()
    {
        AppendEach(5);
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        var before = Directory.GetFiles(Data, "*", SearchOption.AllDirectories);

        var dry = In(TimeSpan.FromDays(8)).Vacuum(new VacuumOptions { DryRun = true }, CancellationToken.None);

        Assert.Equal(before, Directory.GetFiles(Data, "*", SearchOption.AllDirectories));
        Assert.Null(Lake.LastVacuum());
        Assert.Equal(Deleted(dry), Deleted(VacuumIn(TimeSpan.FromDays(8))));
    }

    [Fact]
    public void The_age_may_be_another()
    {
        AppendEach(2);
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        Assert.Equal(0, In(TimeSpan.FromDays(8)).Vacuum(new VacuumOptions { Age = TimeSpan.FromDays(30) }, CancellationToken.None).DataFiles);
        Assert.Equal(2, Lake.Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, CancellationToken.None).DataFiles);
    }

    [Fact]
    public void No_file_goes_earlier_than_asked_when_the_checkpoints_have_forgotten_its_removal()
    {
        var (old, month) = (RemovedOnDay20(), new VacuumOptions { Age = TimeSpan.FromDays(30) });
        var orphan = Path.Combine(Table, "site=radio", $"part-{Guid.NewGuid():N}.zstd.parquet");
        File.WriteAllText(orphan, "12345");

        Assert.Equal(0, In(TimeSpan.FromDays(29.9)).Vacuum(month, CancellationToken.None).DataFiles);
        Assert.Equal(1, In(TimeSpan.FromDays(49.9)).Vacuum(month, CancellationToken.None).DataFiles);
        Assert.Equal((false, true), (File.Exists(orphan), old.TrueForAll(File.Exists)));
        Assert.Equal(2, In(TimeSpan.FromDays(50.1)).Vacuum(month, CancellationToken.None).DataFiles);
        Assert.DoesNotContain(old, File.Exists);
    }

    [Fact]
    public void When_the_commit_that_removed_it_is_gone_too_a_file_stays_until_the_rest_of_the_log_is_as_old_as_asked()
    {
        var (old, month) = (RemovedOnDay20(), new VacuumOptions { Age = TimeSpan.FromDays(30) });
        for (var version = 0; version < 100; version++)
            File.Delete(Path.Combine(Log, $"{version:D20}.json"));
        foreach (var commit in Directory.GetFiles(Log, "*.json"))
            File.SetLastWriteTimeUtc(commit, DateTime.UtcNow.AddDays(29));

        Assert.Equal(0, In(TimeSpan.FromDays(58.9)).Vacuum(month, CancellationToken.None).DataFiles);
        Assert.Equal(2, In(TimeSpan.FromDays(59.1)).Vacuum(month, CancellationToken.None).DataFiles);
        Assert.DoesNotContain(old, File.Exists);
    }

    [Fact]
    public void What_a_killed_process_left_goes_after_a_day()
    {
        AppendEach(1);
        string[] left =
        [
            Path.Combine(Table, "site=radio", $"part-{Guid.NewGuid():N}.zstd.parquet"),
            Path.Combine(Table, "site=radio", $".part.{Guid.NewGuid():N}.tmp"),
            Path.Combine(Log, $".{7:D20}.json.{Guid.NewGuid():N}.tmp"),
            Path.Combine(Data, $".lake.key.{Guid.NewGuid():N}.tmp"),
        ];
        Array.ForEach(left, path => File.WriteAllText(path, "12345"));

        Assert.Equal((0, 0, 0, 0), Deleted(VacuumIn(TimeSpan.FromHours(23))));
        Assert.Equal((1, 0, 3, 20), Deleted(VacuumIn(TimeSpan.FromHours(25))));
        Assert.DoesNotContain(left, File.Exists);
        Assert.Equal(Identities(SomeLines.Every(10)), Found());
    }

    [Fact]
    public void Strange_files_are_named_and_left_alone()
    {
        AppendEach(1);
        string[] strange =
        [
            Path.Combine(Table, "README.txt"),
            Path.Combine(Table, "_delta_log", "00000000000000000000.crc"),
            Path.Combine(Table, "deep", "site=radio", $"part-{Guid.NewGuid():N}.zstd.parquet"),
            Path.Combine(Table, "site=radio", "part-00000-c000.snappy.parquet"),
        ];
        Directory.CreateDirectory(Path.Combine(Table, "deep", "site=radio"));
        Array.ForEach(strange, path => File.WriteAllText(path, "12345"));
        File.WriteAllText(Path.Combine(Data, "appsettings.json"), "{}");

        var result = VacuumIn(TimeSpan.FromDays(1000));

        Assert.Equal((0, 0, 0, 0), Deleted(result));
        Assert.Equal(strange.Order(StringComparer.Ordinal), result.Strange);
        Assert.All(strange, path => Assert.True(File.Exists(path)));
    }

    [Fact]
    public void Data_files_from_before_the_table_are_what_a_lost_log_left_and_stay()
    {
        AppendEach(1);
        var old = Path.Combine(Table, "site=radio", $"part-{Guid.NewGuid():N}.zstd.parquet");
        File.WriteAllText(old, "12345");
        File.SetLastWriteTimeUtc(old, File.GetLastWriteTimeUtc(Lake.Snapshot().Files[0].Path).AddDays(-30));

        var result = VacuumIn(TimeSpan.FromDays(1000));

        Assert.Equal((0, 0, 0, 0), Deleted(result));
        Assert.Equal([old], result.Strange);
        Assert.True(File.Exists(old));
    }

    [Fact]
    public void A_writer_that_saw_an_older_version_has_a_day_to_lose_its_race()
    {
        AppendEach(101);

        Lake.Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, CancellationToken.None);

        Assert.Equal(101, Directory.GetFiles(Log, "*.json").Length);
    }

    [Fact]
    public void A_file_that_is_reached_by_a_link_too_is_left_alone()
    {
        AppendEach(2);
        Directory.CreateSymbolicLink(Path.Combine(Table, "site=sister"), Path.Combine(Table, "site=radio"));

        Assert.Equal((0, 0, 0, 0), Deleted(VacuumIn(TimeSpan.FromDays(1000))));
        Assert.Equal(Identities(SomeLines.Every(20)), Found());
    }

    [Fact]
    public void Of_the_log_only_what_the_newest_version_needs_stays()
    {
        AppendEach(205);
        var snapshot = Lake.Snapshot();

        Assert.Equal((0, 0, 0, 0), Deleted(VacuumIn(TimeSpan.FromDays(6.9))));
        var result = VacuumIn(TimeSpan.FromDays(7.1));

        Assert.Equal((0, 201, 0), (result.DataFiles, result.LogFiles, result.Leftovers));
        Assert.Equal(
            [
                "00000000000000000200.checkpoint.parquet", .. Enumerable.Range(200, 5).Select(version => $"{version:D20}.json"),
                "_last_checkpoint",
            ],
            Directory.EnumerateFiles(Log).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(snapshot.Files, LakeTable.Open(Data).Snapshot().Files);
        Assert.Equal(snapshot.Files, Lake.Snapshot().Files);
        Assert.Equal(2050, new SpecDeltaReader(Table, checkpoint: 200).Rows().Count);
        Assert.Equal(1, Append(LakeTable.Open(Data), SomeLines.Every(1, firstHash: 100_000)));
    }

    [Fact]
    public void A_log_whose_checkpoint_cannot_be_read_keeps_its_commits()
    {
        AppendEach(101);
        var checkpoint = Path.Combine(Log, "00000000000000000100.checkpoint.parquet");
        File.WriteAllBytes(checkpoint, File.ReadAllBytes(checkpoint)[..^50]);

        var exception = Assert.Throws<LakeException>(() => VacuumIn(TimeSpan.FromDays(8)));

        Assert.StartsWith($"{checkpoint}: the checkpoint could not be read: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1010, LakeTable.Open(Data).Snapshot().Files.Sum(file => file.Rows));
    }

    [Fact]
    public void One_who_followed_the_lake_goes_on_when_the_commits_it_knew_are_gone()
    {
        AppendEach(3);
        var follower = LakeTable.Open(Data);
        Assert.Equal(2, follower.Snapshot().Version);
        AppendEach(103, first: 3);
        VacuumIn(TimeSpan.FromDays(8));

        Assert.Equal(Lake.Snapshot().Files, follower.Snapshot().Files);
        Assert.Equal(0, Append(follower, SomeLines.Every(1060)));
    }

    [Fact]
    public void An_append_whose_file_was_taken_for_a_leftover_is_not_committed()
    {
        AppendEach(1);
        var written = "";
        var lake = LakeTable.Open(Data, new TimeAt(3, () =>
        {
            written = Assert.Single(Strays());
            File.Delete(written);
        }));

        var exception = Assert.Throws<LakeException>(() => Append(lake, SomeLines.Every(20)));

        Assert.Equal($"{written}: the data file is gone, expected it until its commit; nothing was committed, run again",
            exception.Message);
        Assert.Equal(0, Lake.Snapshot().Version);
        Assert.Equal(10, Append(SomeLines.Every(20)));
    }

    [Fact]
    public void An_append_that_waited_for_half_a_leftovers_age_is_not_committed()
    {
        AppendEach(1);
        var lake = LakeTable.Open(Data, new LaterTime(3, TimeSpan.FromHours(12.1)));

        var exception = Assert.Throws<LakeException>(() => Append(lake, SomeLines.Every(20)));

        Assert.EndsWith(": the data file waited more than 12 hours for its commit; nothing was committed, run again", exception.Message,
            StringComparison.Ordinal);
        Assert.Empty(Strays());
        Assert.Equal(VacuumOptions.LeftoverAge, 2 * TimeSpan.FromHours(12));
    }

    [Fact]
    public void An_append_whose_compared_files_go_while_it_writes_looks_at_what_replaced_them()
    {
        AppendEach(4);
        var other = LakeTable.Open(Data);
        // The first time it is asked is after the comparison with version 3: then that version goes.
        var lake = LakeTable.Open(Data, new TimeAt(2, () =>
        {
            Append(other, SomeLines.Every(10, firstHash: 40));
            other.Compact(CompactionOptions.Full, CancellationToken.None);
            other.Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, CancellationToken.None);
        }));

        Assert.Equal(5, Append(lake, SomeLines.Every(55)));
        Assert.Equal(Identities(SomeLines.Every(55)), Found());
    }

    [Fact]
    public void The_time_of_the_last_vacuum_is_kept()
    {
        Assert.Null(Lake.LastVacuum());
        Assert.Equal((0, 0, 0, 0), Deleted(VacuumIn(TimeSpan.Zero)));
        Assert.Null(Lake.LastVacuum());
        AppendEach(1);
        var now = DateTimeOffset.UnixEpoch.AddYears(60);

        LakeTable.Open(Data, new FixedTime(now)).Vacuum(new VacuumOptions(), CancellationToken.None);

        Assert.Equal(now, Lake.LastVacuum());
    }

    [Fact]
    public void A_version_that_is_to_be_kept_can_be_read_when_the_log_has_forgotten_it()
    {
        LakeKey.Open(Data);
        AppendEach(3);
        var (before, mark) = (Lake.SnapshotAt(2)!, Lake.MarkOf(2));
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        AppendEach(200, first: 3);
        var kept = new VacuumOptions { Keep = [new KeptVersion(2, "radio", DateTimeOffset.MinValue)] };
        var result = In(TimeSpan.FromDays(8)).Vacuum(kept, CancellationToken.None);

        Assert.Equal((0, 3), (result.DataFiles, result.Kept));
        Assert.False(File.Exists(Path.Combine(Log, "00000000000000000002.json")));
        var again = LakeTable.Open(Data).SnapshotAt(2)!;
        Assert.Equal(before.Files.Select(file => (file.Path, file.Rows)), again.Files.Select(file => (file.Path, file.Rows)));
        Assert.Equal(mark, LakeTable.Open(Data).MarkOf(2));
        Assert.All(again.Files, file => Assert.True(File.Exists(file.Path)));
        Assert.Empty(LakeVerification.Verify(Data, null, CancellationToken.None).Findings);
        // Nothing more than before: the vacuum before did it.
        Assert.Equal((0, 0, 0, 0), Deleted(In(TimeSpan.FromDays(9)).Vacuum(kept, CancellationToken.None)));

        // The lake was put back to an earlier state than the version that was kept.
        var aside = Directory.GetFiles(Path.Combine(Data, "versions"), "*", SearchOption.AllDirectories).Single();
        var later = aside.Replace("0002.checkpoint", "5000.checkpoint", StringComparison.Ordinal);
        File.Move(aside, later);
        var putBack = In(TimeSpan.FromDays(9)).Vacuum(new VacuumOptions { Keep = [new KeptVersion(5000, "radio", DateTimeOffset.MinValue)] }, CancellationToken.None);
        Assert.Equal((0, 0, 3, true), (putBack.DataFiles, putBack.LogFiles, putBack.Kept, File.Exists(later)));

        var freed = In(TimeSpan.FromDays(9)).Vacuum(new VacuumOptions(), CancellationToken.None);
        Assert.Equal((3, 1), (freed.DataFiles, freed.LogFiles));
        Assert.Null(LakeTable.Open(Data).SnapshotAt(2));
        Assert.Empty(Directory.GetFiles(Path.Combine(Data, "versions"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Files_from_before_what_is_kept_of_a_version_and_those_with_pruned_lines_go()
    {
        AppendEach(2);
        Append(SomeLines.Every(10, firstHash: 1_000, from: SomeLines.Noon.AddDays(40)));
        var old = Lake.Snapshot().Files;
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        var since = new VacuumOptions { Age = TimeSpan.Zero, Keep = [new KeptVersion(2, "radio", SomeLines.Noon.AddDays(30))] };
        Assert.Equal((2, 1), (Lake.Vacuum(since, CancellationToken.None).DataFiles, old.Count(file => File.Exists(file.Path))));

        Lake.Prune("radio", SomeLines.Noon.AddDays(39), dryRun: false, CancellationToken.None);
        Assert.Equal(1, Lake.Vacuum(since, CancellationToken.None).Kept);
        Lake.Prune("radio", SomeLines.Noon.AddDays(41), dryRun: false, CancellationToken.None);
        Assert.Equal(0, Lake.Vacuum(since, CancellationToken.None).Kept);
        Assert.DoesNotContain(old, file => File.Exists(file.Path));
    }

    private static (int DataFiles, int LogFiles, int Leftovers, long Bytes) Deleted(VacuumResult result)
        => (result.DataFiles, result.LogFiles, result.Leftovers, result.Bytes);

    private VacuumResult VacuumIn(TimeSpan time) => In(time).Vacuum(new VacuumOptions(), CancellationToken.None);

    /// <summary>Two files of today that are compacted on day 20, and that the checkpoint of day 29 says nothing of; their paths.</summary>
    private List<string> RemovedOnDay20()
    {
        AppendEach(2);
        var old = Lake.Snapshot().Files.Select(file => file.Path).ToList();
        In(TimeSpan.FromDays(20)).Compact(CompactionOptions.Full, CancellationToken.None);
        var lake = In(TimeSpan.FromDays(29));
        for (var version = 3; version <= 101; version++)
            Append(lake, SomeLines.Every(1, firstHash: 100 * version));
        Assert.Single(Directory.GetFiles(Log, "*.checkpoint.parquet"));
        return old;
    }

    /// <summary>The lake some time from now.</summary>
    private LakeTable In(TimeSpan time) => LakeTable.Open(Data, new LaterTime(1, time));

    private void AppendEach(int commits, int first = 0)
    {
        for (var i = first; i < first + commits; i++)
            Append(SomeLines.Every(10, firstHash: 10 * i, from: SomeLines.Noon.AddSeconds(10 * i)));
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    /// <summary>A clock that jumps when it is asked for a certain time.</summary>
    private sealed class LaterTime(int from, TimeSpan jump) : TimeProvider
    {
        private int asked;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + (++asked >= from ? jump : TimeSpan.Zero);
    }

    /// <summary>A clock that lets others act when it is asked for a certain time.</summary>
    private sealed class TimeAt(int call, Action meanwhile) : TimeProvider
    {
        private int asked;

        public override DateTimeOffset GetUtcNow()
        {
            if (++asked == call)
                meanwhile();
            return base.GetUtcNow();
        }
    }
}
