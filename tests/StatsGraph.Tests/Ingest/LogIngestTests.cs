using System.Text;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Geo;
using StatsGraph.Lake;
using StatsGraph.Tests.Ingest.Logs;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Ingest;

public sealed class LogIngestTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_line_becomes_a_row_of_the_lake()
    {
        folder.Write("a.log", SomeLine.Text(
            request: "GET //live%2Emp3?pass=x HTTP/1.1", bytes: "18446744073709551615", referrer: "https://Radio.example:443/p?q", duration: "93") + "\n");

        folder.Ingest(folder.At("a.log"));

        Assert.Equal(
            ["listener|0|||2026-11-22 16:59:00|2026-11-22 17:00:33|93|200|18446744073709551615|/live.mp3|81.2.69.0|VLC/3.0.20 LibVLC/3.0.20|VLC|radio.example|GB|EU|||||"],
            folder.Query("""
                select class, ordinal, reason, excerpt, strftime(started_at, '%Y-%m-%d %H:%M:%S'), strftime(ended_at, '%Y-%m-%d %H:%M:%S'), duration,
                       status, bytes::varchar, mount, address, user_agent, player, referrer, country, continent, region, city, latitude, asn, network
                from line
                """));
    }

    [Fact]
    public void Every_line_is_counted_in_one_class()
    {
        string[] lines =
        [
            SomeLine.Text(), SomeLine.Text(userAgent: "Icecast 2.4.4"), SomeLine.Text(userAgent: "curl/8"), SomeLine.Text(request: "SOURCE /live ICE/1.0"),
            SomeLine.Text(request: "GET /admin/stats HTTP/1.1"), SomeLine.Text(status: "404"), SomeLine.Text(request: "GET /live.m3u HTTP/1.1"),
            SomeLine.Text(status: "206", bytes: "2", duration: "0"), SomeLine.Text(duration: "18446744073709551000"), "nonsense", "", " \t", SomeLine.Text(duration: "-"),
        ];
        folder.Write("a.log", string.Concat(lines.Select(line => line + "\r\n")) + "unfin");

        var summary = folder.Ingest(folder.At("a.log"));

        Assert.Equal((13, 2, 0, 1, 1), (summary.Lines, summary.Blank, summary.AlreadyIngested, summary.Waiting, summary.Files));
        Assert.Equal(10, summary.Classes.Count);
        Assert.Equal(2, summary.Classes[LineClass.Rejected]);
        Assert.All(summary.Classes.Where(count => count.Key != LineClass.Rejected), count => Assert.Equal(1, count.Value));
        Assert.Equal([new("bad-prefix", 1), new("no-duration", 1)], summary.Rejections);
        Assert.Equal(
            [
                new RejectionExample(folder.At("a.log"), 10, "bad-prefix", "nonsense"),
                new RejectionExample(folder.At("a.log"), 13, "no-duration", "* - * [22/Nov/2026:17:00:33 +0000] \"GET /live.mp3 HTTP/1.1\" 200 306829 \"-\" \"VLC/3.0.20 LibVLC/3.0.20\" -"),
            ],
            summary.Examples);
        Assert.Empty(summary.Problems);
        Assert.Equal(
            ["blank|2||", "rejected|1||1", "rejected|1|2026-11-22|1", "suspect|1|2026-11-22|"],
            folder.Query("""
                select class, count(*), strftime(ended_at, '%Y-%m-%d') as day, sum((reason is not null)::int) filter (reason is not null) from line
                where class in ('blank', 'rejected', 'suspect') and started_at is null group by class, day order by class, day nulls first
                """));
    }

    [Fact]
    public void Reading_a_log_again_adds_nothing()
    {
        folder.Write("a.log", SomeLine.Log(500));
        folder.Ingest(folder.At("a.log"));
        var before = folder.Everything();

        var again = folder.Ingest(folder.At("a.log"));
        var asStream = folder.Ingest(new IngestOptions { DataFolder = folder.Data, Site = "main" }, ["-"], Encoding.UTF8.GetBytes(SomeLine.Log(500)));

        Assert.Equal((500, 500, 0L), (again.Lines, again.AlreadyIngested, again.Classes[LineClass.Listener]));
        Assert.Equal((500, 500, 0L), (asStream.Lines, asStream.AlreadyIngested, asStream.Classes[LineClass.Listener]));
        Assert.Equal(before, folder.Everything());
    }

    [Fact]
    public void A_log_that_grew_is_read_from_where_it_was_known()
    {
        folder.Write("a.log", SomeLine.Log(300) + "81.2.69.160 - - [22/N");
        Assert.Equal(1, folder.Ingest(folder.At("a.log")).Waiting);
        folder.Write("a.log", SomeLine.Log(450));

        var grown = folder.Ingest(folder.At("a.log"));
        var older = folder.Ingest(folder.Write("older.log", SomeLine.Log(200)));
        var once = folder.Ingest(folder.At("a.log"));

        Assert.Equal((450, 300, 150L), (grown.Lines, grown.AlreadyIngested, grown.Classes[LineClass.Listener]));
        Assert.Equal((200, 200), (older.Lines, older.AlreadyIngested));
        Assert.Equal((450, 450), (once.Lines, once.AlreadyIngested));
    }

    [Fact]
    public void A_log_that_only_begins_like_a_known_one_is_read_in_full()
    {
        var first = SomeLine.Text(duration: "1") + "\n";
        folder.Ingest(folder.Write("a.log", first + SomeLine.Log(50)));

        var other = folder.Ingest(folder.Write("b.log", first + SomeLine.Log(70, first: 1000)));

        Assert.Equal((71, 1, 70L), (other.Lines, other.AlreadyIngested, other.Classes[LineClass.Listener]));
    }

    [Fact]
    public void Equal_lines_of_one_log_are_sessions_of_their_own_however_it_is_read()
    {
        var line = SomeLine.Text() + "\n";
        var log = line + SomeLine.Log(10) + line + "\n\n" + line;

        var first = folder.Ingest(folder.Write("a.log", log));
        var copy = folder.Ingest(folder.Write("b.log", log), folder.Write("c.gz", SomeArchive.Of("gzip", Encoding.UTF8.GetBytes(log))));
        var grown = folder.Ingest(folder.Write("a.log", log + line));

        Assert.Equal((13L, 2), (first.Classes[LineClass.Listener], first.Blank));
        Assert.Equal((30, 30), (copy.Lines, copy.AlreadyIngested));
        Assert.Equal((16, 15, 1L), (grown.Lines, grown.AlreadyIngested, grown.Classes[LineClass.Listener]));
        Assert.Equal(["0", "1", "2", "3"], folder.Query("select ordinal from line where address = '81.2.69.0' order by ordinal"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void The_size_of_commits_does_not_matter(int linesPerCommit)
    {
        var log = SomeLine.Log(60) + "nonsense\n" + SomeLine.Log(40, first: 60);
        folder.Write("a.log", log);

        var summary = folder.Ingest(new IngestOptions { DataFolder = folder.Data, Site = "main", LinesPerCommit = linesPerCommit }, [folder.At("a.log")]);

        Assert.Equal((101, 100L, 1L), (summary.Lines, summary.Classes[LineClass.Listener], summary.Classes[LineClass.Rejected]));
        Assert.Equal(["101"], folder.Query("select count(*) from line"));
        Assert.Equal(101, folder.Ingest(folder.At("a.log")).AlreadyIngested);
    }

    [Fact]
    public void Pieces_in_any_order_and_compression_give_the_lake_of_the_whole()
    {
        using var whole = new DataFolder();
        whole.Ingest(whole.Write("a.log", SomeLine.Log(600)));
        Directory.CreateDirectory(folder.Data);
        File.Copy(Path.Combine(whole.Data, "lake.key"), Path.Combine(folder.Data, "lake.key"));

        folder.Ingest(folder.Write("3.bz2", SomeArchive.Of("bzip2", Encoding.UTF8.GetBytes(SomeLine.Log(200, first: 400)))));
        folder.Ingest(folder.Write("1.zst", SomeArchive.Of("zstd", Encoding.UTF8.GetBytes(SomeLine.Log(250)))), folder.Write("2.log", SomeLine.Log(200, first: 250)));

        Assert.Equal(whole.Everything(), folder.Everything());
    }

    [Theory]
    [InlineData("gzip", 0, "none of its lines is kept")]
    [InlineData("bzip2", 1_745, "lines 1 to 1,745 of it are sound and kept, none after them is")]
    [InlineData("zstd", 0, "none of its lines is kept")]
    public void Of_a_cut_archive_is_kept_what_its_checksums_vouch_for(string kind, int kept, string fate)
    {
        var archive = SomeArchive.Of(kind, Encoding.UTF8.GetBytes(SomeLine.Log(5000)));
        folder.Write("a.gz", archive[..(archive.Length / 2)]);
        folder.Write("b.log", SomeLine.Log(5, first: 9000));

        var summary = folder.Ingest(folder.At("a.gz"), folder.At("gone.log"), folder.At("b.log"));

        Assert.Equal(
            [new IngestProblem(folder.At("gone.log"), "no such file or folder"), new IngestProblem(folder.At("a.gz"), $"the {kind} archive is truncated; {fate}")],
            summary.Problems);
        Assert.Equal((2, kept + 5, kept + 5L), (summary.Files, summary.Lines, summary.Classes[LineClass.Listener]));

        folder.Write("a.gz", archive);
        var mended = folder.Ingest(folder.At("a.gz"));
        Assert.Equal((5000, summary.Lines - 5), (mended.Lines, mended.AlreadyIngested));
    }

    [Fact]
    public void A_last_line_without_newline_is_truncated_in_an_archive_only()
    {
        var log = SomeLine.Log(3);
        folder.Write("a.gz", SomeArchive.Of("gzip", Encoding.UTF8.GetBytes(log[..^1])));
        folder.Write("a.log", log[..^1]);

        var archive = folder.Ingest(folder.At("a.gz"));
        var plain = folder.Ingest(folder.At("a.log"));
        folder.Write("a.log", log);
        var finished = folder.Ingest(folder.At("a.log"));

        Assert.Equal((2, 2L, 0), (archive.Lines, archive.Classes[LineClass.Listener], archive.Waiting));
        Assert.Equal([new("truncated", 1)], archive.Rejections);
        Assert.Equal(3, archive.Examples.Single().Line);
        Assert.DoesNotContain("\\x00", archive.Examples.Single().Excerpt, StringComparison.Ordinal);
        var again = folder.Ingest(folder.At("a.gz"));
        Assert.Equal((2, 2, 0L), (again.Lines, again.AlreadyIngested, again.Classes[LineClass.Rejected]));
        Assert.Equal((2, 2, 1), (plain.Lines, plain.AlreadyIngested, plain.Waiting));
        Assert.Equal(1, finished.Classes[LineClass.Listener]);
    }

    [Theory]
    [InlineData("older.log", null, 1, 2)]
    [InlineData("older.gz", "gzip", 0, 2)]
    public void The_unfinished_end_of_an_older_copy_counts_once(string name, string? kind, int waiting, int known)
    {
        folder.Ingest(folder.Write("a.log", SomeLine.Log(5)));
        var older = Encoding.UTF8.GetBytes(SomeLine.Log(3)[..^1]);

        var summary = folder.Ingest(folder.Write(name, kind is null ? older : SomeArchive.Of(kind, older)));

        Assert.Equal((2, known, waiting), (summary.Lines, summary.AlreadyIngested, summary.Waiting));
        Assert.Equal(1 - waiting, summary.Classes[LineClass.Rejected]);
    }

    [Fact]
    public void Geolocation_files_are_closed_when_the_key_cannot_be_opened()
    {
        SomeMmdb.Write(folder.At("geo.mmdb"), "flat", [("81.2.69.0/24", new() { ["country_code"] = "GB" })]);
        folder.Write("data/lake.key", "no key");
        var options = new IngestOptions { DataFolder = folder.Data, Site = "main", GeoFiles = [folder.At("geo.mmdb")] };

        using (new PlaceFinder(options.GeoFiles))
            Assert.True(IsMapped(folder.At("geo.mmdb")));
        Assert.Throws<LakeException>(() => new LogIngest(LakeTable.Open(folder.Data), options));

        Assert.False(IsMapped(folder.At("geo.mmdb")));

        static bool IsMapped(string path) => File.ReadAllText("/proc/self/maps").Contains(path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_longer_than_a_block_is_read_once_whatever_surrounds_it()
    {
        var giant = SomeLine.Text(userAgent: new string('x', 3_000_000));
        var log = SomeLine.Log(2) + giant + "\r\n" + new string(' ', 2_000_000) + "\n" + new string('\0', 3_000_000) + SomeLine.Text() + "\n";
        folder.Write("a.log", log);

        var summary = folder.Ingest(folder.At("a.log"));
        folder.Write("b.log", SomeLine.Log(1, first: 50) + giant + "\n");
        var again = folder.Ingest(folder.At("b.log"), folder.At("a.log"));

        Assert.Equal((5, 1, 4L), (summary.Lines, summary.Blank, summary.Classes[LineClass.Listener]));
        Assert.Empty(summary.Rejections);
        Assert.Equal((7, 6, 1L), (again.Lines, again.AlreadyIngested, again.Classes[LineClass.Listener]));
    }

    [Fact]
    public void A_line_too_long_to_be_held_is_rejected_for_what_its_beginning_tells()
    {
        var request = SomeLine.Text(userAgent: new string('x', 70_000_000)) + "\n";
        var summary = folder.Ingest(folder.Write("a.log", request + SomeLine.Text() + "\n"));

        Assert.Equal((2, 1L), (summary.Lines, summary.Classes[LineClass.Listener]));
        Assert.Equal([new("truncated", 1)], summary.Rejections);
        Assert.Equal(2, folder.Ingest(folder.At("a.log")).AlreadyIngested);
    }

    [Theory]
    [InlineData("[2026-11-22  17:00:33] INFO main/main started\n", 120, "looks like an Icecast error.log, not an access log: none of its 120 lines is an access record")]
    [InlineData("81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n", 2, "looks like a combined log without durations, which tells no listening time: none of its 2 lines is an access record")]
    public void A_log_of_another_kind_is_a_problem_each_time(string line, int count, string message)
    {
        folder.Write("a.log", string.Concat(Enumerable.Repeat(line, count)));

        Assert.Equal([new IngestProblem(folder.At("a.log"), message)], folder.Ingest(folder.At("a.log")).Problems);
        Assert.Equal([new IngestProblem(folder.At("a.log"), message)], folder.Ingest(folder.At("a.log")).Problems);
        Assert.Empty(folder.Ingest(folder.Write("mixed.log", string.Concat(Enumerable.Repeat(line, count)) + SomeLine.Text() + "\n")).Problems);
    }

    [Fact]
    public void A_run_tells_how_far_it_is()
    {
        folder.Write("a.log", SomeLine.Log(100) + "nonsense\n");
        var reports = new List<IngestProgress>();
        using var ingest = new LogIngest(LakeTable.Open(folder.Data), new IngestOptions { DataFolder = folder.Data, Site = "main" });

        ingest.Run([folder.At("a.log")], () => Stream.Null, new Reports(reports), CancellationToken.None);

        var size = new FileInfo(folder.At("a.log")).Length;
        Assert.Equal(new IngestProgress(folder.At("a.log"), size, size, 101, 1), reports[^1]);
    }

    [Fact]
    public void A_cancelled_run_leaves_what_is_committed()
    {
        folder.Write("a.log", SomeLine.Log(100));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        using var ingest = new LogIngest(LakeTable.Open(folder.Data), new IngestOptions { DataFolder = folder.Data, Site = "main" });

        Assert.ThrowsAny<OperationCanceledException>(() => ingest.Run([folder.At("a.log")], () => Stream.Null, null, cancelled.Token));

        Assert.Equal(100, folder.Ingest(folder.At("a.log")).Classes[LineClass.Listener]);
    }

    [Fact]
    public void A_run_that_can_read_no_log_leaves_neither_a_key_nor_a_data_folder()
    {
        var zip = folder.Write("a.log", "PK\u0003\u0004");

        var summary = folder.Ingest(folder.At("gone.log"), zip);

        Assert.Equal(
            [
                new IngestProblem(folder.At("gone.log"), "no such file or folder"),
                new IngestProblem(zip, "a zip archive, which is not read; expected plain text, gzip, bzip2 or zstd"),
            ],
            summary.Problems);
        Assert.Equal((0, 0L, 0L, 0L, 0L), (summary.Files, summary.Lines, summary.AlreadyIngested, summary.Waiting, summary.Classes.Values.Sum()));
        Assert.False(Directory.Exists(folder.Data));
        Assert.Equal(5, folder.Ingest(folder.Write("b.log", SomeLine.Log(5))).Classes[LineClass.Listener]);
    }

    [Fact]
    public void A_run_that_cannot_start_says_why()
    {
        var exception = Assert.Throws<IngestException>(() => folder.Ingest(
            new IngestOptions { DataFolder = folder.Data, Site = "main", GeoFiles = [folder.At("gone.mmdb")] }, []));

        Assert.StartsWith($"the geolocation file '{folder.At("gone.mmdb")}' cannot be read: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_must_stay_private_reaches_the_lake()
    {
        folder.Write("a.log", string.Join('\n',
            SomeLine.Text(address: "81.2.69.163", user: "SecretUser", request: "GET /live?SecretToken HTTP/1.1", referrer: "http://u:SecretPass@x/?SecretQuery"),
            SomeLine.Text(address: "2a02:8109:1:2:3:4:5:6", user: "SecretUser", request: "GET /live?SecretToken"),
            SomeLine.Text(address: "81.2.69.163", user: "Secret User", request: "x"), ""));

        folder.Ingest(folder.At("a.log"));

        var everything = string.Join('\n', folder.Query("select line::varchar from line"));
        Assert.DoesNotContain("Secret", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("69.163", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("1:2:3", everything, StringComparison.Ordinal);
    }

    private sealed class Reports(List<IngestProgress> reports) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => reports.Add(value);
    }
}
