using System.Text.Json;
using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

public sealed class LakeCheckpointTests : LakeTest
{
    private string Checkpoint => Path.Combine(Log, "00000000000000000100.checkpoint.parquet");

    [Fact]
    public void The_hundredth_commit_after_the_first_writes_a_checkpoint_that_other_readers_find()
    {
        Commit(103);

        var pointer = JsonDocument.Parse(File.ReadAllText(Path.Combine(Log, "_last_checkpoint"))).RootElement;
        Assert.Equal(100, pointer.GetProperty("version").GetInt64());
        // protocol, metaData, 11 files, 2 numbers for each of 2 sources of 2 sites
        Assert.Equal(21, pointer.GetProperty("size").GetInt64());
        Assert.Equal([Checkpoint], Directory.EnumerateFiles(Log, "*.parquet"));

        var (replayed, started) = (new SpecDeltaReader(Table), new SpecDeltaReader(Table, checkpoint: 100));
        Assert.Equal(102, started.Version);
        Assert.Equal(replayed.Rows(), started.Rows());
        Assert.Equal(replayed.Adds.Keys, started.Adds.Keys);
        Assert.Equal(replayed.Transactions.OrderBy(entry => entry.Key), started.Transactions.OrderBy(entry => entry.Key));
        Assert.Equal(replayed.MetaData.GetProperty("schemaString").GetString(), started.MetaData.GetProperty("schemaString").GetString());
        Assert.Equal("site", started.MetaData.GetProperty("partitionColumns")[0].GetString());
        Assert.Equal(replayed.Protocol.ToString(), started.Protocol.ToString());
        Assert.Equal(Statistics(replayed), Statistics(started));
        Assert.Empty(Strays());
    }

    [Fact]
    public void A_reader_that_starts_from_the_checkpoint_sees_the_same_as_one_that_followed()
    {
        Commit(103);
        var followed = Lake.Snapshot();

        var started = OpenWithoutOldCommits();

        AssertSame(followed, started.Snapshot());
        Assert.Equal(1, Append(started, SomeLines.Every(1, firstHash: 5000)));
        Assert.Equal(0, Append(started, SomeLines.Every(2)));
        Assert.Equal(0, Append(started, SomeLines.Every(2, firstHash: 200)));
        Assert.Equal(103, started.Snapshot().Version);
    }

    [Fact]
    public void Without_its_checkpoint_the_log_gives_the_same()
    {
        Commit(103);
        File.Delete(Checkpoint);

        AssertSame(Lake.Snapshot(), LakeTable.Open(Data).Snapshot());
    }

    [Fact]
    public void A_damaged_checkpoint_is_passed_over_while_the_log_is_whole()
    {
        Commit(101);
        Truncate(Checkpoint);

        AssertSame(Lake.Snapshot(), LakeTable.Open(Data).Snapshot());
    }

    [Fact]
    public void A_damaged_checkpoint_whose_commits_are_gone_is_named()
    {
        Commit(101);
        Truncate(Checkpoint);
        var lake = OpenWithoutOldCommits();

        var exception = Assert.Throws<LakeException>(lake.Snapshot);

        Assert.StartsWith($"{Checkpoint}: the checkpoint could not be read: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parquet_file_that_is_no_checkpoint_is_passed_over()
    {
        Commit(101);
        File.Copy(Lake.Snapshot().Files[0].Path, Checkpoint, overwrite: true);

        AssertSame(Lake.Snapshot(), LakeTable.Open(Data).Snapshot());
    }

    [Fact]
    public void Removed_files_stay_removed_and_their_tombstones_leave_after_a_week()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        Commit(98);
        var files = Lake.Snapshot().Files;
        Remove(98, files[0], now.AddDays(-8));
        Remove(99, files[1], now.AddDays(-6));

        var lake = LakeTable.Open(Data, new FixedTime(now));
        Append(lake, SomeLines.Every(1, firstHash: 9000));

        var tombstones = SpecDeltaReader.Query($"select remove.path from '{Checkpoint}' where remove is not null");
        Assert.Equal([Path.GetRelativePath(Table, files[1].Path)], tombstones.Select(row => row[0]));
        var started = OpenWithoutOldCommits().Snapshot();
        AssertSame(lake.Snapshot(), started);
        Assert.Equal(9, started.Files.Count);
    }

    /// <summary>Makes commits, every tenth of them of two lines, of two sites and two sources.</summary>
    private void Commit(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Lake.Append(i % 7 == 3 ? "other" : "radio", [SomeLines.Every(i % 10 == 0 ? 2 : 0, firstHash: i * 2).Batch()],
                [new SourceProgress(i % 2 == 0 ? "even" : "odd", i + 1, i)], CancellationToken.None);
        }
    }

    private static IEnumerable<string?> Statistics(SpecDeltaReader reader)
        => reader.Adds.OrderBy(add => add.Key, StringComparer.Ordinal).Select(add => add.Value.GetProperty("stats").GetString());

    private void Remove(int version, LakeFile file, DateTimeOffset instant)
        => File.WriteAllText(Path.Combine(Log, $"{version:D20}.json"), JsonSerializer.Serialize(new
        {
            remove = new { path = Path.GetRelativePath(Table, file.Path), deletionTimestamp = instant.ToUnixTimeMilliseconds(), dataChange = false },
        }));

    private LakeTable OpenWithoutOldCommits()
    {
        for (var version = 0; version < 100; version++)
            File.Delete(Path.Combine(Log, $"{version:D20}.json"));
        return LakeTable.Open(Data);
    }

    private static void Truncate(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length - 100);
    }

    private static void AssertSame(LakeSnapshot expected, LakeSnapshot actual)
    {
        Assert.Equal(expected.Version, actual.Version);
        Assert.Equal(expected.Files, actual.Files);
        Assert.Equal(expected.Transactions.OrderBy(entry => entry.Key), actual.Transactions.OrderBy(entry => entry.Key));
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
