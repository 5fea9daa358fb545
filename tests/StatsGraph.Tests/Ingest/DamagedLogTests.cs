using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Tests.Ingest.Logs;

namespace StatsGraph.Tests.Ingest;

/// <summary>What comes into the lake of logs whose archives are damaged.</summary>
public sealed partial class DamagedLogTests : IDisposable
{
    private const int LogLines = 3_000;

    private static readonly byte[] Log = Encoding.UTF8.GetBytes(SomeLine.Log(LogLines));

    private readonly DataFolder folder = new();

    public static TheoryData<string, string, int> Archives => new()
    {
        { "gzip", "a.gz", 1 },
        { "gzip", "a.gz", 2 },
        { "bzip2", "a.bz2", 1 },
        { "bzip2", "a.bz2", 2 },
        { "zstd-checked", "a.zst", 1 },
        { "zstd-checked", "a.zst", 2 },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Archives))]
    public void No_line_is_in_the_lake_but_those_that_were_written(string kind, string name, int parts)
    {
        const int Flips = 25;
        var linesPerCommit = parts == 1 ? 500 : 5_000;
        using var clean = new DataFolder();
        clean.Ingest(clean.Write(name, Pack(kind, parts)));
        ShareKey(clean);
        var random = new Random(20_261_122);
        for (var flip = 0; flip < Flips; flip++)
            folder.Write($"logs/{flip}.{name}", Flipped(Pack(kind, parts), random));

        var summary = Ingest(linesPerCommit, dryRun: false, folder.At("logs"));

        Assert.Empty(Rows(folder).Except(Rows(clean)));
        Assert.InRange(summary.Problems.Count, Flips * 9 / 10, Flips);
        Assert.All(summary.Problems, problem => Assert.Matches("; (none of its lines is kept|lines 1 to [0-9,]+ of it are sound and kept, none after them is)$|another name for plain text$", problem.Message));
        Assert.Empty(summary.Rejections);
        Assert.All(summary.Warnings, warning => Assert.Equal("private-addresses", warning.Code));
        Assert.Equal(summary.Lines, summary.Classes[LineClass.Listener] + summary.AlreadyIngested);

        folder.Ingest(folder.Write(name, Pack(kind, parts)));
        Assert.Equal(clean.Everything(), folder.Everything());
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public void Lines_of_standard_input_that_were_committed_before_the_damage_was_seen_are_told(string kind, string name, int parts)
    {
        using var clean = new DataFolder();
        clean.Ingest(clean.Write("a.log", Log));
        var written = Rows(clean).Select(row => row.Split('|')[0]).ToHashSet();
        var random = new Random(20_261_122);
        for (var flip = 0; flip < 5; flip++)
        {
            using var damaged = new DataFolder();
            ShareKey(clean, damaged);
            var archive = DamagedArchiveTests.Flipped(Pack(kind, parts), random.Next(8 * 6, 8 * Pack(kind, parts).Length));
            var options = new IngestOptions { DataFolder = damaged.Data, Site = "main", LinesPerCommit = 500 };

            var summary = damaged.Ingest(options, ["-"], archive);

            var found = Rows(damaged);
            var foreign = found.Count(row => !written.Contains(row.Split('|')[0]));
            var doubtful = summary.Problems.Select(problem => Doubtful().Match(problem.Message)).SingleOrDefault(match => match.Success);
            Assert.InRange(foreign, 0, doubtful is null ? 0 : int.Parse(doubtful.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
            Assert.Equal(summary.Lines, found.Count);
            Assert.Equal((summary.Lines, summary.Lines), damaged.Ingest(options, ["-"], archive) is var again ? (again.Lines, again.AlreadyIngested) : default);
            damaged.Ingest(options, [damaged.Write(name, archive)]);
            Assert.Equal(found, Rows(damaged));
        }
    }

    [Fact]
    public void A_file_is_checked_before_the_first_lines_are_committed_that_nothing_vouches_for()
    {
        var path = folder.Write("a.gz", WrongSum(SomeArchive.Of("gzip", Log)));

        var summary = Ingest(1_000, dryRun: false, path);

        Assert.Equal(Wrong(path, "none of its lines is kept"), summary.Problems);
        Assert.Equal((1, 0), (summary.Files, summary.Lines));
        Assert.Empty(Rows(folder));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    [InlineData("zstd-checked")]
    public void An_intact_archive_is_read_whole_however_many_commits_it_takes(string kind)
    {
        byte[][] archives = [SomeArchive.Of(kind, Log), [.. SomeArchive.OfTwo(kind, Log[..90_000], Log[90_000..])]];
        foreach (var archive in archives)
        {
            using var data = new DataFolder();
            var summary = data.Ingest(new IngestOptions { DataFolder = data.Data, Site = "main", LinesPerCommit = 700 }, [data.Write("a.log", archive)]);

            Assert.Empty(summary.Problems);
            Assert.Equal((LogLines, LogLines), (summary.Lines, Rows(data).Count));
        }
    }

    [Fact]
    public void Standard_input_larger_than_a_commit_says_which_of_its_lines_may_be_damaged_and_so_does_a_file_of_the_same()
    {
        var archive = WrongSum(SomeArchive.Of("gzip", Log[..LineEnd(2_500)]));
        var path = folder.Write("a.gz", archive);

        Assert.Equal(
            Wrong("-", "lines 1 to 2,000 of it (2,000) would be in the lake before that is seen and may be damaged, none after them is kept"),
            IngestInput(archive, dryRun: true).Problems);
        var summary = IngestInput(archive, dryRun: false);
        Assert.Equal(Wrong("-", "lines 1 to 2,000 of it (2,000) are already in the lake and may be damaged, none after them is kept"), summary.Problems);
        Assert.Equal((2_000, 0), (summary.Lines, summary.AlreadyIngested));
        var again = Ingest(1_000, dryRun: false, path);
        Assert.Equal(Wrong(path, "lines 1 to 2,000 of it (2,000) were in the lake before and may be damaged if they came from it, none after them is kept"), again.Problems);
        Assert.Equal((2_000, 2_000), (again.Lines, again.AlreadyIngested));
    }

    [Fact]
    public void The_members_before_the_damaged_one_are_kept()
    {
        var second = WrongSum(SomeArchive.Of("gzip", Log[LineEnd(700)..]));
        var path = folder.Write("a.gz", [.. SomeArchive.Of("gzip", Log[..LineEnd(700)]), .. second]);

        Assert.Equal(Wrong(path, "lines 1 to 700 of it are sound and kept, none after them is"), Ingest(5_000, dryRun: false, path).Problems);
        Assert.Equal(700, Rows(folder).Count);
        Assert.Equal(
            Wrong("-", "lines 701 to 2,700 of it (2,000) are already in the lake and may be damaged, none after them is kept"),
            IngestInput(File.ReadAllBytes(path), dryRun: false).Problems);
        Assert.Equal(2_700, Rows(folder).Count);
    }

    [Fact]
    public void A_member_may_end_within_a_line()
    {
        var middle = LineEnd(700) + 30;
        var second = WrongSum(SomeArchive.Of("gzip", Log[middle..]));
        var path = folder.Write("a.gz", [.. SomeArchive.Of("gzip", Log[..middle]), .. second]);

        Assert.Equal(Wrong(path, "lines 1 to 700 of it are sound and kept, none after them is"), Ingest(5_000, dryRun: false, path).Problems);
        folder.Write("a.gz", SomeArchive.OfTwo("gzip", Log[..middle], Log[middle..]));
        Assert.Equal((3_000, 700), Ingest(500, dryRun: false, path) is var mended ? (mended.Lines, mended.AlreadyIngested) : default);
    }

    [Fact]
    public void The_lines_of_other_logs_are_committed_when_a_commit_is_full_and_those_of_a_small_archive_only_once_it_is_checked()
    {
        var first = folder.Write("1.log", SomeLine.Log(900, first: 10_000));
        var second = folder.Write("2.gz", WrongSum(SomeArchive.Of("gzip", Log[..LineEnd(990)])));
        var third = folder.Write("3.gz", SomeArchive.Of("gzip", Log[LineEnd(2_000)..]));

        var summary = Ingest(1_000, dryRun: false, first, second, third);

        Assert.Equal(Wrong(second, "none of its lines is kept"), summary.Problems);
        Assert.Equal((1_900, 1_900L), (summary.Lines, summary.Classes[LineClass.Listener]));
        Assert.Equal(1_900, Rows(folder).Count);
    }

    [Fact]
    public void Damage_that_looks_like_another_kind_of_log_is_told_as_damage_alone()
    {
        var text = string.Concat(Enumerable.Repeat("22/Nov/2026:17:00:33 +0000|/live|12|Artist - Title\n", 100));
        var path = folder.Write("a.gz", WrongSum(SomeArchive.Of("gzip", Encoding.UTF8.GetBytes(text))));

        Assert.Equal(Wrong(path, "none of its lines is kept"), Ingest(1_000, dryRun: false, path).Problems);
    }

    [Theory]
    [InlineData("gzip", "a.gz")]
    [InlineData("bzip2", "a.bz2")]
    [InlineData("zstd", "a.zst")]
    public void An_archive_whose_first_bytes_are_damaged_is_no_text(string kind, string name)
    {
        var path = folder.Write(name, DamagedArchiveTests.Flipped(SomeArchive.Of(kind, Log), bit: 9));
        var empty = folder.Write("empty." + name, "");

        Assert.Equal(
            [new IngestProblem(path, "it is named like an archive but does not begin like one; expected gzip, bzip2 or zstd, or another name for plain text")],
            Ingest(1_000, dryRun: false, path, empty).Problems);
        Assert.Empty(Rows(folder));
    }

    private static byte[] Pack(string kind, int parts)
        => parts == 1 ? SomeArchive.Of(kind, Log) : SomeArchive.OfTwo(kind, Log[..LineEnd(1_200)], Log[LineEnd(1_200)..]);

    private static byte[] Flipped(byte[] archive, Random random) => DamagedArchiveTests.Flipped(archive, random.Next(8 * archive.Length));

    private static byte[] WrongSum(byte[] gzip) => DamagedArchiveTests.Flipped(gzip, 8 * (gzip.Length - 8));

    private static int LineEnd(int line) => Encoding.UTF8.GetByteCount(SomeLine.Log(line));

    private static IngestProblem[] Wrong(string path, string fate)
        => [new IngestProblem(path, $"the gzip archive is corrupt: its checksum does not fit its content; {fate}")];

    private static IReadOnlyList<string> Rows(DataFolder data)
        => LakeTable.Open(data.Data).Snapshot().Files.Count == 0 ? []
            : data.Query("select line_hash, ordinal, md5(line::varchar) from line order by all");

    private IngestSummary Ingest(int linesPerCommit, bool dryRun, params string[] paths)
        => folder.Ingest(new IngestOptions { DataFolder = folder.Data, Site = "main", LinesPerCommit = linesPerCommit, DryRun = dryRun }, paths);

    private IngestSummary IngestInput(byte[] content, bool dryRun)
        => folder.Ingest(new IngestOptions { DataFolder = folder.Data, Site = "main", LinesPerCommit = 1_000, DryRun = dryRun }, ["-"], content);

    private void ShareKey(DataFolder other) => ShareKey(other, folder);

    private static void ShareKey(DataFolder from, DataFolder to)
    {
        Directory.CreateDirectory(to.Data);
        File.Copy(Path.Combine(from.Data, "lake.key"), Path.Combine(to.Data, "lake.key"));
    }

    [GeneratedRegex(@" of it \(([0-9,]+)\) are already in the lake and may be damaged, none after them is kept$")]
    private static partial Regex Doubtful();
}
