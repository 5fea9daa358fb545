using System.Text.RegularExpressions;
using StatsGraph.Lake;
using StatsGraph.Lake.Verification;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

public sealed partial class LakeVerificationTests : LakeTest
{
    private string Key => Path.Combine(Data, "lake.key");

    private string Checkpoint => Path.Combine(Log, "00000000000000000100.checkpoint.parquet");

    private string Pointer => Path.Combine(Log, "_last_checkpoint");

    [Fact]
    public void A_folder_without_a_lake_has_nothing_wrong()
    {
        var report = Verify();
        Assert.Equal((-1, 0, 0, 0, 0L, 0L), (report.Version, report.Commits, report.Checkpoints, report.Files, report.Rows, report.Bytes));
        Assert.Empty(report.Findings);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public void A_sound_lake_is_told_with_its_size()
    {
        Fill(103);
        var report = Verify();
        Assert.Empty(report.Findings);
        Assert.True(report.IsSound);
        Assert.Equal((102, 103, 1, 103, 206L), (report.Version, report.Commits, report.Checkpoints, report.Files, report.Rows));
        Assert.Equal(Lake.Snapshot().Files.Sum(file => file.Size), report.Bytes);
        Assert.Equal((51, 102L), (Verify("radio").Files, Verify("radio").Rows));
    }

    [Fact]
    public void All_kinds_of_rows_are_sound()
    {
        LakeKey.Open(Data);
        SomeLine[] lines = [new(1500, SomeLines.Noon.AddTicks(15_001_230)), new(7, null, Ordinal: 3, LineClass.Blank),
            new(0, SomeLines.Noon.AddYears(-57).AddTicks(-10), Class: LineClass.Bot)];
        Lake.Append("radio", [lines.Batch(), SomeLines.Undated(70_000, firstHash: 10_000).Batch(dictionaries: true)], [],
            CancellationToken.None);
        Assert.Empty(Verify().Findings);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(1_000)]
    [InlineData(-200)]
    public void A_flipped_byte_is_found_wherever_it_is(int offset)
    {
        var path = Fill(3)[1];
        Flip(path, offset);
        AssertDamage(path, "the data file could not be read: it is damaged: its checksum is ");
        var exception = Assert.Throws<LakeException>(() => LakeTable.Open(Data).Check(Lake.Snapshot().Files, CancellationToken.None));
        Assert.StartsWith($"{path}: the data file could not be read: it is damaged: ", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<LakeException>(() => Append(LakeTable.Open(Data), [new(1_000_000, SomeLines.Noon.AddHours(1))]));
        Assert.StartsWith($"{path}: the data file could not be read: it is damaged: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_found_whole_is_looked_at_again_once_it_has_changed()
    {
        var path = Fill(1)[0];
        Lake.Check(Lake.Snapshot().Files, CancellationToken.None);
        Flip(path, 50);
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(1));
        Assert.Throws<LakeException>(() => Lake.Check(Lake.Snapshot().Files, CancellationToken.None));
    }

    [Fact]
    public void A_cut_file_and_a_missing_one_are_found()
    {
        var paths = Fill(3);
        var length = new FileInfo(paths[0]).Length;
        using (var file = File.OpenWrite(paths[0]))
            file.SetLength(100);
        File.Delete(paths[2]);
        Assert.Equal(
            [
                new Finding(Severity.Damage, paths[0], $"the data file could not be read: it has 100 bytes, expected {length}"),
                new Finding(Severity.Damage, paths[2], $"the data file could not be read: it is missing, expected {Size(2)} bytes"),
            ],
            Verify().Findings);
    }

    [Theory]
    [InlineData("\\\"numRecords\\\":2", "\\\"numRecords\\\":3", "it has 2 rows, expected 3 by the log")]
    [InlineData("\\\"class\\\":\\\"listener\\\"", "\\\"class\\\":\\\"bot\\\"",
        "minValues of column 'class' is bot in the log, the rows say listener")]
    [InlineData("\"2026-11-22T13:00:01.000Z", "\"2026-11-22T13:00:00.500Z",
        "maxValues of column 'ended_at' is 2026-11-22T13:00:00.500Z in the log, the rows say 2026-11-22T13:00:01.000Z")]
    [InlineData("\\\"line_hash\\\":2,", "\\\"line_hash\\\":1,", "minValues of column 'line_hash' is 1 in the log, the rows say 2")]
    [InlineData("\\\"started_at\\\":0", "\\\"started_at\\\":1", "nullCount of column 'started_at' is 1 in the log, the rows say 0")]
    public void Statistics_that_the_rows_do_not_bear_out_are_found(string stated, string instead, string complaint)
    {
        var path = Fill(2)[1];
        Rewrite(1, text => text.Replace("\\u0022", "\\\"", StringComparison.Ordinal).Replace(stated.TrimStart('"'), instead.TrimStart('"'), StringComparison.Ordinal));
        Assert.Contains(new Finding(Severity.Damage, path, complaint), Verify().Findings);
    }

    [Theory]
    [InlineData("select 'listener' as class, 2 as line_hash", "the data file could not be read: The file only has 2 columns")]
    [InlineData("select * replace (line_hash::varchar as line_hash) from FILE",
        "column 2 is 'line_hash' of type utf8, expected 'line_hash' of type int64")]
    [InlineData("select * replace ('person' as class) from FILE", "row 1 is of the class 'person', expected one of listener, relay, bot, ")]
    [InlineData("select * replace (-1::int as ordinal) from FILE", "an ordinal is negative, expected 0 or more")]
    [InlineData("select * replace (null::bigint as line_hash) from FILE", "column 'line_hash' holds nulls, expected none")]
    [InlineData("select * exclude network from FILE", "column 24 is missing, expected 'network' of type utf8")]
    [InlineData("select *, 1 as more from FILE", "column 25 is 'more' of type int32, expected missing")]
    public void Rows_and_columns_that_cannot_be_are_found(string rows, string complaint)
    {
        var path = Fill(2)[1];
        var other = path.Replace("part-", "other-", StringComparison.Ordinal);
        SpecDeltaReader.Query($"copy ({rows.Replace("FILE", $"read_parquet('{path}', hive_partitioning = false)", StringComparison.Ordinal)}) to '{other}' (format parquet)");
        File.Move(other, path, overwrite: true);
        Rewrite(1, text => Told().Replace(text, $"\"size\":{new FileInfo(path).Length},\"modificationTime\":1,\"dataChange\":true"));
        Assert.Contains(Verify().Findings,
            finding => finding.File == path && finding.Message.StartsWith(complaint, StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_that_is_in_a_site_twice_is_found_with_both_files()
    {
        var paths = Fill(4);
        var copy = Path.Combine(Path.GetDirectoryName(paths[0])!, "part-00000000000000000000000000000000.zstd.parquet");
        File.Copy(paths[0], copy);
        var commit = File.ReadAllText(Commit(0)).Split('\n').Single(line => line.StartsWith("{\"add\"", StringComparison.Ordinal));
        File.WriteAllText(Commit(4), commit.Replace(Path.GetFileName(paths[0]), Path.GetFileName(copy), StringComparison.Ordinal));
        Assert.Equal([new Finding(Severity.Damage, copy, $"2 of its lines are in {paths[0]} too, expected each once in a site")],
            Verify().Findings);
    }

    [Fact]
    public void A_commit_that_cannot_be_read_is_found_and_so_is_a_missing_one()
    {
        Fill(6);
        File.WriteAllText(Commit(2), "{\"add\":");
        Assert.StartsWith("line 1 is no action of the Delta log: ", Assert.Single(Verify().Findings).Message, StringComparison.Ordinal);
        Assert.Equal(Commit(2), Verify().Findings[0].File);

        File.Delete(Commit(2));
        AssertDamage(Commit(2), "the commit is missing although there is version ");
        File.Delete(Commit(0));
        AssertDamage(Commit(0), "the commit is missing although there is version ");
    }

    [Fact]
    public void Commits_that_a_checkpoint_stands_for_may_be_gone()
    {
        Fill(103);
        for (var version = 0; version < 60; version++)
            File.Delete(Commit(version));
        Assert.Empty(Verify().Findings);

        File.Delete(Commit(70));
        Assert.Equal([new Finding(Severity.Warning, Commit(70), "the commit is missing; the checkpoint of version 100 stands for it")],
            Verify().Findings);
        File.Delete(Commit(101));
        AssertDamage(Commit(101), "the commit is missing although there is version 102; expected every version of the log");
    }

    [Fact]
    public void A_checkpoint_that_does_not_agree_with_the_commits_is_found()
    {
        Fill(101);
        var text = File.ReadAllText(Commit(10));
        Rewrite(10, _ => text.Replace("\"size\":", "\"size\":1", StringComparison.Ordinal));
        AssertDamage(Checkpoint, "the checkpoint does not agree with the commits up to it: it says that ");
        Rewrite(10, _ => """{"commitInfo":{}}""");
        AssertDamage(Checkpoint, "the checkpoint does not agree with the commits up to it: it holds the data file ");
        Rewrite(10, _ => text + """{"txn":{"appId":"statsgraph.source/radio/s/length","version":5}}""" + "\n");
        AssertDamage(Checkpoint,
            "the checkpoint does not agree with the commits up to it: it says that statsgraph.source/radio/s/length is at nothing, they say 5");
    }

    [Fact]
    public void A_file_that_the_log_says_is_of_another_site_is_told()
    {
        Fill(3);
        Rewrite(2, text => text.Replace("\"site\":\"other\"", "\"site\":\"otter\"", StringComparison.Ordinal));

        Assert.Contains(Verify().Findings, finding => finding.Message == "the log says that the file is of site 'otter', but it is in the folder site=other");
    }

    [Fact]
    public void A_broken_checkpoint_and_a_broken_pointer_are_found_though_the_lake_can_be_read_without_them()
    {
        Fill(101);
        using (var file = File.OpenWrite(Checkpoint))
            file.SetLength(file.Length - 50);
        File.WriteAllText(Pointer, "{\"version\":");
        Assert.Equal([Pointer, Checkpoint], Verify().Findings.Select(finding => finding.File));
        Assert.All(Verify().Findings, finding => Assert.Equal(Severity.Damage, finding.Severity));
        Assert.Equal(101, LakeTable.Open(Data).Snapshot().Files.Count);

        File.Delete(Checkpoint);
        File.WriteAllText(Pointer, """{"version":100,"size":3}""");
        AssertDamage(Pointer, $"the checkpoint of version 100 is missing, expected {Checkpoint}");
    }

    [Fact]
    public void A_log_that_ends_before_its_checkpoint_is_found()
    {
        Fill(101);
        File.Delete(Commit(100));
        AssertDamage(Log, "the newest commit is version 99, expected version 100 at least, which has a checkpoint");
    }

    [Fact]
    public void Progress_of_which_half_is_missing_is_found()
    {
        LakeKey.Open(Data);
        Append(Lake, SomeLines.Every(1), new SourceProgress("s", 10, 77));
        Assert.Empty(Verify().Findings);
        Rewrite(0, text => string.Join('\n', text.Split('\n').Where(line => !line.Contains("/digest", StringComparison.Ordinal))));
        AssertDamage(Log, "the transaction statsgraph.source/radio/s/length has no twin, expected statsgraph.source/radio/s/digest");
    }

    [Fact]
    public void A_missing_key_another_key_and_a_cut_key_are_found()
    {
        Fill(1);
        var secret = File.ReadAllBytes(Key);
        File.WriteAllBytes(Key, [.. secret.Reverse()]);
        AssertDamage(Key, $"the key is not the one that the lake in {Table} was made with; restore the file from a backup");
        File.WriteAllBytes(Key, secret[1..]);
        AssertDamage(Key, "the key has 31 bytes, expected 32");
        File.Delete(Key);
        AssertDamage(Key, "the key is missing although there is a lake");
    }

    [Fact]
    public void What_a_crash_left_behind_is_a_warning()
    {
        var (orphan, hidden) = Leave(TimeSpan.FromHours(12.1));
        File.WriteAllText(Path.Combine(Data, "notes.txt"), "another's");

        var report = Verify();

        Assert.True(report.IsSound);
        Assert.Equal(
            [
                new Finding(Severity.Warning, hidden, "no part of the lake: a crash left this hidden file behind; it counts nowhere"),
                new Finding(Severity.Warning, orphan,
                    "no part of the lake: a crash left this data file behind, or it left the lake long ago; it counts nowhere"),
            ],
            report.Findings);
    }

    [Fact]
    public void What_a_running_ingest_may_be_writing_is_not_told()
    {
        Leave(TimeSpan.FromHours(11.9));

        Assert.Empty(Verify().Findings);
    }

    [Fact]
    public void Nothing_is_changed()
    {
        Fill(3);
        Flip(Lake.Snapshot().Files[0].Path, 60);
        File.WriteAllText(Commit(3), "broken");
        var before = Contents();
        Verify();
        Assert.Equal(before, Contents());
    }

    /// <summary>Makes commits of two lines, an hour apart, of two sites in turn; returns their data files.</summary>
    private List<string> Fill(int commits)
    {
        LakeKey.Open(Data);
        for (var i = 0; i < commits; i++)
        {
            Lake.Append(i % 2 == 0 ? "other" : "radio", [SomeLines.Every(2, firstHash: 2 * i, from: SomeLines.Noon.AddHours(i)).Batch()], [],
                CancellationToken.None);
        }

        return [.. Lake.Snapshot().Files.Select(file => file.Path)];
    }

    /// <summary>Makes a lake of one commit, and beside it what writers of some time ago have not given a name or a commit.</summary>
    private (string Orphan, string Hidden) Leave(TimeSpan age)
    {
        var folder = Path.GetDirectoryName(Fill(1)[0])!;
        var left = (Path.Combine(folder, $"part-{new string('a', 32)}.zstd.parquet"), Path.Combine(Log, $".{1:D20}.json.{new string('b', 32)}.tmp"));
        foreach (var path in (string[])[left.Item1, left.Item2])
        {
            File.WriteAllText(path, "half a file");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow - age);
        }

        return left;
    }

    private VerificationReport Verify(string? site = null) => LakeVerification.Verify(Data, site, CancellationToken.None);

    private void AssertDamage(string path, string message)
    {
        var report = Verify();
        Assert.False(report.IsSound);
        Assert.Contains(report.Findings, finding =>
            finding.Severity == Severity.Damage && finding.File == path && finding.Message.StartsWith(message, StringComparison.Ordinal));
    }

    private string Commit(int version) => Path.Combine(Log, $"{version:D20}.json");

    private long Size(int file) => Lake.Snapshot().Files[file].Size;

    private void Rewrite(int version, Func<string, string> change)
    {
        var text = File.ReadAllText(Commit(version));
        var changed = change(text);
        Assert.NotEqual(text, changed);
        File.WriteAllText(Commit(version), changed);
    }

    /// <summary>All that an <c>add</c> action says of its file's content.</summary>
    [GeneratedRegex("\"size\":.*(?=\\}\\}\n\\{)")]
    private static partial Regex Told();

    private static void Flip(string path, int offset)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[offset < 0 ? bytes.Length + offset : offset] ^= 0x10;
        File.WriteAllBytes(path, bytes);
    }

    private List<string> Contents()
        => [.. Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories).Order().Select(path => path + Convert.ToBase64String(File.ReadAllBytes(path)))];
}
