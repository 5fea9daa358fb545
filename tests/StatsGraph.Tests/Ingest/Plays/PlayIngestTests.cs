using System.IO.Compression;
using System.Text;
using NodaTime;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Lake.Verification;

namespace StatsGraph.Tests.Ingest.Plays;

/// <summary>Playlists into the table of plays, each play once.</summary>
public sealed class PlayIngestTests : IDisposable
{
    private const string Playlist = """
        01/Oct/2026:10:00:00 +0200|/live.mp3|3|A - One
        01/Oct/2026:10:03:00 +0200|/live.mp3|3|A - Two | more
        01/Oct/2026:10:03:00 +0200|/live.aac|1|A - Two | more
        nonsense
        01/Oct/2026:10:06:00 +0200|/live.mp3|4|
        01/Oct/2026:10:07:00 +0200|/live.mp3|4|B - Three

        """;

    private const string Table = """
        artist,title,album,label,isrc,start,duration,mount
        A,One,First,Records,DEABC2600001,2026-10-01 10:00:00,180,/live.mp3
        "B, C","Two
        halves",,,,2026-10-01 10:03:00,200,/live.mp3
        D,Three,,,,10/01/2026 10:06,60,/live.mp3
        E,Four,,,,2026-10-01 10:07:00,60,/live.mp3
        """;

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_playlist_log_is_told_by_its_content_and_every_line_is_counted()
    {
        var summary = folder.Ingest(folder.Write("any-name", Playlist));

        Assert.Equal((0, 0L), (summary.Files, summary.Lines));
        var plays = summary.Plays!;
        Assert.Equal((1, 6L, 4L, 1L, 1L, 0L), (plays.Files, plays.Rows, plays.Plays, plays.Breaks, plays.Rejected, plays.AlreadyIngested));
        Assert.Equal([new RejectionExample(folder.At("any-name"), 4, "no-playlist-line", "nonsense")], plays.Examples);
        Assert.Equal(
            ["2026-10-01 08:00:00|7200|/live.mp3|A|One", "2026-10-01 08:03:00|7200|/live.aac|A|Two | more", "2026-10-01 08:03:00|7200|/live.mp3|A|Two | more",
                "2026-10-01 08:07:00|7200|/live.mp3|B|Three"],
            folder.Plays("select strftime(started_at, '%Y-%m-%d %H:%M:%S'), utc_offset, mount, artist, title from play where class = 'play' order by started_at, mount"));
        Assert.False(Directory.Exists(Path.Combine(folder.Data, "lake")));
    }

    [Fact]
    public void A_table_is_told_by_the_names_of_its_columns_and_a_field_may_hold_newlines()
    {
        var plays = folder.Ingest(folder.Write("plays.csv", Table)).Plays!;

        Assert.Equal((4L, 3L, 0L, 1L), (plays.Rows, plays.Plays, plays.Breaks, plays.Rejected));
        Assert.Equal([new RejectionExample(folder.At("plays.csv"), 5, "ambiguous-date", "D,Three,,,,10/01/2026 10:06,60,/live.mp3")], plays.Examples);
        Assert.Equal(
            ["|180000|A|One|First|Records|DEABC2600001", "|200000|B, C|Two\nhalves|||", "|60000|E|Four|||"],
            folder.Plays("select utc_offset, duration_ms, artist, title, album, label, isrc from play where class = 'play' order by started_at"));
    }

    [Fact]
    public void What_is_in_is_not_added_again_whatever_way_it_comes()
    {
        using var once = new DataFolder();
        CopyKey(once);
        once.Ingest(once.Write("playlist.log", Playlist), once.Write("plays.csv", Table));

        var lines = Playlist.TrimEnd('\n').Split('\n');
        folder.Ingest(folder.Write("tail.log", string.Join('\n', lines[3..]) + "\n"));
        folder.Ingest(folder.Write("head.log.gz", Gzip(string.Join('\n', lines[..4]) + "\n")));
        folder.Ingest(folder.Write("other.csv", Table.Replace("10/01/2026 10:06,60", "10/01/2026 10:06,60", StringComparison.Ordinal)));
        var again = folder.Ingest(folder.Write("playlist.log", Playlist), folder.At("other.csv")).Plays!;

        Assert.Equal((0L, 0L, 10L), (again.Plays, again.Rejected, again.AlreadyIngested));
        Assert.Equal(once.EveryPlay(), folder.EveryPlay());
    }

    [Fact]
    public void A_play_of_a_table_is_the_same_by_another_separator_and_another_order_of_columns()
    {
        folder.Ingest(folder.Write("a.csv", "artist,title,start,duration\nA,One,2026-10-01 10:00:00,180\n"));

        var again = folder.Ingest(folder.Write("b.csv", "\uFEFFDuration;Start;Title;Artist\r\n3:00;\"2026-10-01 10:00\";One;A\r\n")).Plays!;

        Assert.Equal((0L, 1L), (again.Plays, again.AlreadyIngested));
    }

    [Fact]
    public async Task Two_at_once_add_each_play_once()
    {
        var path = folder.Write("playlist.log", string.Concat(Enumerable.Range(0, 500).Select(number => $"01/Oct/2026:10:{number / 60:00}:{number % 60:00} +0000|/live|1|A - {number}\n")));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => folder.Ingest(path))));

        Assert.Equal(["500|500"], folder.Plays("select count(*), count(distinct title) from play"));
        Assert.True(LakeVerification.VerifyPlays(folder.Data, null, TestContext.Current.CancellationToken)!.IsSound);
    }

    [Fact]
    public void An_unfinished_line_of_a_log_waits_and_the_last_row_of_a_table_does_not()
    {
        var log = folder.Ingest(folder.Write("playlist.log", Playlist + "01/Oct/2026:10:10:00 +0200|/live.mp3|4|C - Fo")).Plays!;
        var table = folder.Ingest(folder.Write("plays.csv", "title,start\nOne,2026-10-01 10:00")).Plays!;

        Assert.Equal((1L, 4L), (log.Waiting, log.Plays));
        Assert.Equal((0L, 1L), (table.Waiting, table.Plays));
    }

    [Fact]
    public void Of_a_broken_archive_nothing_is_taken_in()
    {
        var archive = Gzip(Playlist);

        var summary = folder.Ingest(new IngestOptions { DataFolder = folder.Data, Site = "main", OnlyPlays = true }, [folder.Write("playlist.log.gz", archive[..^6])]);

        Assert.Single(summary.Problems);
        Assert.Equal(0, summary.Plays!.Plays);
    }

    [Fact]
    public void Standard_input_is_a_playlist_where_that_is_said_and_what_is_none_is_a_problem()
    {
        var options = new IngestOptions { DataFolder = folder.Data, Site = "main", OnlyPlays = true };

        Assert.Equal(4, folder.Ingest(options, ["-"], Encoding.UTF8.GetBytes(Playlist)).Plays!.Plays);
        Assert.Equal(
            [new IngestProblem(
                folder.At("access.log"),
                "it is no playlist; expected a playlist.log of Icecast, or a table whose first row names at least the title and the start")],
            folder.Ingest(options, [folder.Write("access.log", SomeLine.Log(3))]).Problems);
    }

    [Fact]
    public void A_dry_run_writes_nothing_and_tells_the_same()
    {
        var path = folder.Write("playlist.log", Playlist);

        var dry = folder.Ingest(new IngestOptions { DataFolder = folder.Data, Site = "main", DryRun = true }, [path, path]).Plays!;

        Assert.Equal((4L, 1L, 1L), (dry.Plays, dry.Breaks, dry.Rejected));
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public void A_local_time_that_clocks_show_twice_or_never_is_told()
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var options = new IngestOptions
        {
            DataFolder = folder.Data,
            Site = "main",
            TimeZone = zone.Id,
            TimesOnTheClock = local => zone.MapLocal(LocalDateTime.FromDateTime(local)).Count,
        };
        var path = folder.Write("plays.csv", "title,start\nTwice,2026-10-25 02:30:00\nNever,2026-03-29 02:30:00\nOnce,2026-10-25 03:30:00\nKnown,2026-10-25 02:30:00+01:00\n");

        var summary = folder.Ingest(options, [path]);

        Assert.Equal((1L, 1L), (summary.Plays!.TwiceOnTheClock, summary.Plays.NeverOnTheClock));
        Assert.Equal("play-local-times", Assert.Single(summary.Warnings).Code);
        Assert.Empty(folder.Ingest(options, [path]).Warnings);
    }

    [Fact]
    public void Small_commits_are_compacted_and_stay_the_same_set()
    {
        foreach (var (number, line) in Playlist.TrimEnd('\n').Split('\n').Index())
            folder.Ingest(folder.Write($"{number}.log", line + "\n" + (line == "nonsense" ? Playlist : "")));
        var before = folder.EveryPlay();
        var table = LakeTable.OpenPlays(folder.Data);

        Assert.True(table.Compact(CompactionOptions.Full, TestContext.Current.CancellationToken).Merges > 0);
        table.Vacuum(new VacuumOptions(), TestContext.Current.CancellationToken);

        Assert.Single(table.Snapshot().Files);
        Assert.Equal(before, folder.EveryPlay());
        Assert.Empty(LakeVerification.VerifyPlays(folder.Data, null, TestContext.Current.CancellationToken)!.Findings);
        Assert.Equal(0, folder.Ingest(folder.Write("playlist.log", Playlist)).Plays!.Plays);
    }

    [Fact]
    public void Logs_and_playlists_of_a_folder_are_read_together()
    {
        folder.Write("logs/access.log", SomeLine.Log(3));
        folder.Write("logs/playlist.log", Playlist);

        var summary = folder.Ingest(folder.At("logs"));

        Assert.Equal((1, 3L, 4L), (summary.Files, summary.Lines, summary.Plays!.Plays));
    }

    private void CopyKey(DataFolder other)
    {
        LakeKey.Open(folder.Data);
        Directory.CreateDirectory(other.Data);
        File.Copy(Path.Combine(folder.Data, "lake.key"), Path.Combine(other.Data, "lake.key"));
    }

    private static byte[] Gzip(string text)
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return archive.ToArray();
    }
}
