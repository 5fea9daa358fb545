using System.Text.Json;
using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

public sealed class LakeCompactionTests : LakeTest
{
    [Fact]
    public void Small_files_become_one_that_holds_the_same_rows()
    {
        AppendEach(40, rows: 25);
        var before = Lake.Snapshot();

        var result = Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        var file = Assert.Single(Lake.Snapshot().Files);
        Assert.Equal(new CompactionResult(1, 40, 1000, before.Files.Sum(old => old.Size), file.Size), result);
        Assert.Equal(new LakeFile(file.Path, "radio", new FileInfo(file.Path).Length, 1000, SomeLines.Noon, SomeLines.Noon.AddSeconds(999), 0) { Checksum = file.Checksum }, file);
        Assert.NotNull(file.Checksum);
        Assert.Equal(Identities(SomeLines.Every(1000)), Found());
        Assert.Equal(0L, new SpecDeltaReader(Table).QueryLines($"select count(*) from lines where not ({SomeLines.IsWhole})")[0][0]);
        Assert.All(before.Files, old => Assert.True(File.Exists(old.Path)));
    }

    [Fact]
    public void The_commit_removes_and_adds_and_says_that_no_data_changed()
    {
        AppendEach(3, rows: 10);
        var before = Lake.Snapshot().Files;

        Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        var lines = File.ReadAllLines(Path.Combine(Log, "00000000000000000003.json")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["remove", "remove", "remove", "add", "commitInfo"], lines.Select(line => line.EnumerateObject().Single().Name));
        Assert.Equal(
            before.Select(file => Path.GetRelativePath(Table, file.Path)).Order(),
            lines.Take(3).Select(line => line.GetProperty("remove").GetProperty("path").GetString()).Order());
        Assert.All(lines.Take(3), line => Assert.False(line.GetProperty("remove").GetProperty("dataChange").GetBoolean()));
        Assert.All(lines.Take(3), line => Assert.True(line.GetProperty("remove").GetProperty("deletionTimestamp").GetInt64() > 0));
        Assert.False(lines[3].GetProperty("add").GetProperty("dataChange").GetBoolean());
        Assert.Equal("OPTIMIZE", lines[4].GetProperty("commitInfo").GetProperty("operation").GetString());
    }

    [Fact]
    public void Rows_are_clustered_by_class_and_ordered_by_their_end()
    {
        LineClass[] classes = [LineClass.Error, LineClass.Listener, LineClass.Bot, LineClass.Rejected, LineClass.Relay];
        var lines = Enumerable.Range(0, 500)
            .Select(i => new SomeLine(i, i % 50 == 3 ? null : SomeLines.Noon.AddSeconds(i * 7919 % 1000), Class: classes[i % 5])).ToList();
        foreach (var piece in lines.Chunk(60))
            Append(piece);

        Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        var path = Assert.Single(Lake.Snapshot().Files).Path;
        var groups = SpecDeltaReader.Query($"select row_group_num_rows from parquet_metadata('{path}') where path_in_schema = 'class' order by row_group_id");
        Assert.Equal([100L, 200L, 200L], groups.Select(group => group[0]));
        var rows = SpecDeltaReader.Query($"select class, epoch_us(ended_at) from read_parquet('{path}') order by file_row_number".Replace("')", "', file_row_number = true)", StringComparison.Ordinal));
        var keys = rows.Select(row => ((string)row[0]! is "listener" ? 0 : (string)row[0]! is "relay" or "bot" ? 1 : 2, (long?)row[1] ?? long.MaxValue)).ToList();
        Assert.Equal(keys.Order(), keys);
        Assert.Equal(Identities(lines), Found());
    }

    [Fact]
    public void Row_groups_of_a_cluster_are_of_a_size()
    {
        Append(SomeLines.Every(160_000));
        Append(SomeLines.Every(140_001, firstHash: 160_000, from: SomeLines.Noon.AddHours(1)));

        Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        var path = Assert.Single(Lake.Snapshot().Files).Path;
        var groups = SpecDeltaReader.Query($"select row_group_num_rows from parquet_metadata('{path}') where path_in_schema = 'class' order by row_group_id");
        Assert.Equal([100_000L, 100_000L, 100_001L], groups.Select(group => group[0]));
        Assert.Equal(300_001, Found().Count);
        Assert.Equal(0L, new SpecDeltaReader(Table).QueryLines($"select count(*) from lines where not ({SomeLines.IsWhole})")[0][0]);
    }

    [Fact]
    public void Known_lines_are_known_in_the_new_file_too()
    {
        Append(SomeLines.Undated(5, firstHash: 90_000));
        AppendEach(10, rows: 10);
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        Assert.Equal(0, Append(SomeLines.Every(100)));
        Assert.Equal(0, Append(SomeLines.Undated(5, firstHash: 90_000)));
        Assert.Equal(1, Append(LakeTable.Open(Data), SomeLines.Every(101)));
    }

    [Fact]
    public void A_second_compaction_finds_nothing_to_do()
    {
        AppendEach(20, rows: 10);
        Lake.Compact(CompactionOptions.Full, CancellationToken.None);
        var version = Lake.Snapshot().Version;

        Assert.Equal(CompactionResult.Nothing, Lake.Compact(CompactionOptions.Full, CancellationToken.None));
        Assert.Equal(version, Lake.Snapshot().Version);
    }

    [Fact]
    public void A_lake_without_commits_is_left_alone()
    {
        Assert.Equal(CompactionResult.Nothing, Lake.Compact(CompactionOptions.Full, CancellationToken.None));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public void Only_the_site_that_is_asked_for_is_compacted_and_sites_never_mix()
    {
        for (var i = 0; i < 4; i++)
        {
            Append(SomeLines.Every(10, firstHash: 10 * i));
            Lake.Append("other", [SomeLines.Every(10, firstHash: 10 * i).Batch()], [], CancellationToken.None);
        }
        Lake.Compact(CompactionOptions.Full with { Site = "other" }, CancellationToken.None);
        Assert.Equal(["other", "radio", "radio", "radio", "radio"],
            Lake.Snapshot().Files.Select(file => file.Site).Order(StringComparer.Ordinal));

        Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        Assert.Equal([40L, 40L], Lake.Snapshot().Files.Select(file => file.Rows));
        Assert.Equal(80, new SpecDeltaReader(Table).Rows().Distinct().Count());
    }

    [Fact]
    public void Files_are_cut_by_time_and_those_of_half_the_size_are_never_rewritten()
    {
        // An hour each: 12 commits of 100 rows, the newest first.
        for (var i = 11; i >= 0; i--)
            Append(SomeLines.Every(100, firstHash: 100 * i, from: SomeLines.Noon.AddHours(i)));

        Lake.Compact(CompactionOptions.Full with { RowsPerFile = 500 }, CancellationToken.None);

        var files = Lake.Snapshot().Files.OrderBy(file => file.FirstEnd).ToList();
        Assert.Equal([500L, 500L, 200L], files.Select(file => file.Rows));
        Assert.True(files[0].LastEnd < files[1].FirstEnd && files[1].LastEnd < files[2].FirstEnd);

        Append(SomeLines.Every(50, firstHash: 5000));
        Append(SomeLines.Every(50, firstHash: 6000));
        Lake.Compact(CompactionOptions.Full with { RowsPerFile = 500 }, CancellationToken.None);
        Assert.Superset(files.Take(2).Select(file => file.Path).ToHashSet(), Lake.Snapshot().Files.Select(file => file.Path).ToHashSet());
        Assert.Equal(1300, Found().Count);
    }

    [Fact]
    public void A_row_is_rewritten_no_more_often_than_its_file_can_grow_by_half()
    {
        const int Commits = 150;
        var rewritten = 0L;
        for (var i = 0; i < Commits; i++)
        {
            Append(SomeLines.Every(1, firstHash: i, from: SomeLines.Noon.AddMinutes(i)));
            rewritten += Lake.Compact(CompactionOptions.Background, CancellationToken.None).Rows;
        }

        Assert.InRange(rewritten, Commits, Commits * Math.Log(Commits, 1.5));
        Assert.InRange(Lake.Snapshot().Files.Count, 1, 7 + (int)Math.Log2(Commits));
        Assert.Equal(Identities(SomeLines.Every(Commits)), Found());
    }

    [Fact]
    public void A_background_compaction_waits_for_enough_files_and_writes_one()
    {
        AppendEach(7, rows: 10);
        Assert.Equal(CompactionResult.Nothing, Lake.Compact(CompactionOptions.Background, CancellationToken.None));
        Lake.Append("other", [SomeLines.Every(1).Batch()], [], CancellationToken.None);
        Append(SomeLines.Every(10, firstHash: 70));

        Assert.Equal((1, 8), Lake.Compact(CompactionOptions.Background, CancellationToken.None) is var result ? (result.Merges, result.Files) : default);
    }

    [Fact]
    public void What_another_writer_added_stays_as_it_is()
    {
        AppendEach(2, rows: 10);
        var foreign = Path.Combine(Table, "site=radio", "part-00000-c000.snappy.parquet");
        File.Copy(Lake.Snapshot().Files[0].Path, foreign);
        File.WriteAllText(Path.Combine(Log, "00000000000000000002.json"), JsonSerializer.Serialize(new
        {
            add = new
            {
                path = "site=radio/part-00000-c000.snappy.parquet",
                partitionValues = new { site = "radio" },
                size = 1,
                modificationTime = 1,
                dataChange = true,
            },
        }));

        Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        Assert.Equal([10L, 20L], Lake.Snapshot().Files.Select(file => file.Rows));
        Assert.Equal(foreign, Lake.Snapshot().Files[0].Path);
    }

    [Fact]
    public void A_damaged_file_is_named_and_all_stays_as_it_was()
    {
        AppendEach(3, rows: 10);
        var damaged = Lake.Snapshot().Files[1].Path;
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..^100]);

        var result = Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        Assert.StartsWith($"{damaged}: the data file could not be read: ", Assert.Single(result.Failures).Message, StringComparison.Ordinal);
        Assert.Equal(CompactionResult.Nothing, result with { Failures = [] });
        Assert.Equal(2, Lake.Snapshot().Version);
        Assert.Empty(Strays());
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    public void A_damaged_file_keeps_no_other_site_from_being_compacted(int mostMerges)
    {
        foreach (var site in (string[])["able", "baker", "charlie"])
        {
            for (var i = 0; i < 3; i++)
                Lake.Append(site, [SomeLines.Every(10, firstHash: 10 * i, from: SomeLines.Noon.AddSeconds(10 * i)).Batch()], [], CancellationToken.None);
        }

        var damaged = Lake.Snapshot().Files[1].Path;
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..^100]);

        var result = Lake.Compact(CompactionOptions.Full with { MostMerges = mostMerges }, CancellationToken.None);

        var merges = Math.Min(2, mostMerges);
        Assert.Equal((merges, 3 * merges, 30L * merges), (result.Merges, result.Files, result.Rows));
        Assert.StartsWith($"{damaged}: the data file could not be read: ", Assert.Single(result.Failures).Message, StringComparison.Ordinal);
        Assert.Equal(["able", "able", "able", .. mostMerges > 1 ? ["baker", "charlie"] : (string[])["baker", "charlie", "charlie", "charlie"]],
            Lake.Snapshot().Files.Select(file => file.Site).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_flipped_byte_gets_no_checksum_that_is_right()
    {
        AppendEach(3, rows: 10);
        var damaged = Lake.Snapshot().Files[1].Path;
        var bytes = File.ReadAllBytes(damaged);
        bytes[bytes.Length / 4] ^= 1;
        File.WriteAllBytes(damaged, bytes);

        var compaction = Assert.Single(Lake.Compact(CompactionOptions.Full, CancellationToken.None).Failures);
        var prune = Assert.Throws<LakeException>(() => Lake.Prune("radio", SomeLines.Noon.AddSeconds(15), dryRun: false, CancellationToken.None));

        Assert.StartsWith($"{damaged}: the data file could not be read: it is damaged: its checksum is ", compaction.Message,
            StringComparison.Ordinal);
        Assert.Equal(compaction.Message, prune.Message);
        Assert.Equal(2, Lake.Snapshot().Version);
        Assert.Empty(Strays());
    }

    [Fact]
    public void A_file_with_other_rows_than_the_log_says_is_left_alone()
    {
        AppendEach(3, rows: 10);
        var first = Lake.Snapshot().Files[0].Path;
        var commit = Path.Combine(Log, $"{1:D20}.json");
        File.WriteAllText(commit,
            File.ReadAllText(commit).Replace("\\\"numRecords\\\":10", "\\\"numRecords\\\":11", StringComparison.Ordinal));

        var result = LakeTable.Open(Data).Compact(CompactionOptions.Full, CancellationToken.None);

        Assert.Equal($"{Table}: the 3 data files from {first} on hold 30 rows, the log says 31; they are left as they are",
            Assert.Single(result.Failures).Message);
        Assert.Equal(2, Lake.Snapshot().Version);
        Assert.Empty(Strays());
    }

    [Fact]
    public void A_cancelled_compaction_leaves_the_lake_as_it_was()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        AppendEach(3, rows: 10);

        Assert.Throws<OperationCanceledException>(() => Lake.Compact(CompactionOptions.Full, cancelled.Token));

        Assert.Equal(2, Lake.Snapshot().Version);
        Assert.Empty(Strays());
    }

    [Fact]
    public void Files_without_a_single_dated_row_are_merged_too()
    {
        for (var i = 0; i < 5; i++)
            Append(SomeLines.Undated(4, firstHash: 4 * i));

        Lake.Compact(CompactionOptions.Full, CancellationToken.None);

        var file = Assert.Single(Lake.Snapshot().Files);
        Assert.Equal((20L, 20L, null, null), (file.Rows, file.UndatedRows, file.FirstEnd, file.LastEnd));
        Assert.Equal(Identities(SomeLines.Undated(20)), Found());
    }

    /// <summary>Commits of consecutive lines.</summary>
    private void AppendEach(int commits, int rows)
    {
        for (var i = 0; i < commits; i++)
            Append(SomeLines.Every(rows, firstHash: rows * i, from: SomeLines.Noon.AddSeconds(rows * i)));
    }
}
