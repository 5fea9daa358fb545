using System.Text;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Lake;
using StatsGraph.Tests.Ingest.Following;
using StatsGraph.Tests.Ingest.Remote;
using StatsGraph.Tests.Ingest.Uploads;

namespace StatsGraph.Tests.Ingest.Plays;

/// <summary>Ways by which logs come into the lake, and what they do with playlists.</summary>
public sealed class PlayWaysTests : IDisposable
{
    private const string Playlist = "02/Oct/2026:22:00:00 +0200|/live.mp3|1|Artist - One\n02/Oct/2026:22:10:00 +0200|/live.mp3|1|Artist - Two | more\n";

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_playlist_that_is_posted_whole_is_in_once()
    {
        using var uploads = new LogUploads(LakeTable.Open(folder.Data), _ => Options(), new UploadLimits());

        var first = Post(uploads, Playlist);
        var second = Post(uploads, Playlist + "02/Oct/2026:22:20:00 +0200|/live.mp3|1|Artist - Three\n");

        Assert.Null(first.Fault);
        Assert.Equal((2L, 0L, 0L), (first.Summary.Plays!.Plays, first.Summary.Plays.AlreadyIngested, first.Summary.Lines));
        Assert.Equal((1L, 2L, 0L), (second.Summary.Plays!.Plays, second.Summary.Plays.AlreadyIngested, second.Summary.Lines));
        Assert.Equal(["3"], folder.Plays("select count(*) from play"));
    }

    [Fact]
    public void A_playlist_that_comes_byte_by_byte_behind_blank_lines_is_known_as_one()
    {
        using var uploads = new LogUploads(LakeTable.Open(folder.Data), _ => Options(), new UploadLimits());

        var answer = Post(uploads, new SlowStream(Encoding.UTF8.GetBytes("\r\n \n" + Playlist)));

        Assert.Equal((2L, 0L), (answer.Summary.Plays!.Plays, answer.Summary.Lines));
    }

    [Fact]
    public async Task One_that_is_sent_is_summed_up_as_one_that_is_read_here()
    {
        string[] paths = [
            folder.Write("playlist.log", Playlist + "02/Oct/2026:22:15:00 +0200|/live.mp3|1|\n02/Oct/2026 22:20|broken|\n02/Oct/2026:22:2"),
            folder.Write("plays.csv", "artist;title;start\nSinger;Song;2026-10-02 23:00:00\nSinger;Other;10/02/2026"),
        ];
        await using var server = await UploadServer.StartAsync();
        using var here = new DataFolder();
        using var local = new LogIngest(LakeTable.Open(here.Data), new IngestOptions { DataFolder = here.Data, Site = "main" });
        var token = TestContext.Current.CancellationToken;

        foreach (var time in new[] { "first", "second" })
        {
            var expected = local.Run(paths, () => Stream.Null, progress: null, token);
            var sent = SomeSending.Run(server, paths);

            Assert.True(time == "second" || sent.Plays is { Files: 2, Plays: 3, Breaks: 1, Rejected: 2, Waiting: 1 }, $"{sent.Plays}");
            Assert.Equal(SomeSending.Text(expected), SomeSending.Text(sent));
            Assert.Equal(expected.Plays!.Examples, sent.Plays!.Examples);
        }
    }

    [Fact]
    public async Task One_from_standard_input_is_sent_when_it_is_said_to_be_one()
    {
        await using var server = await UploadServer.StartAsync();

        var sent = SomeSending.Run(SomeSending.Options(server.Address) with { OnlyPlays = true }, ["-"], Encoding.UTF8.GetBytes(Playlist));
        var other = SomeSending.Run(SomeSending.Options(server.Address) with { OnlyPlays = true }, ["-"], "no playlist\n"u8.ToArray());

        Assert.Equal(2, sent.Plays!.Plays);
        Assert.Contains("it is no playlist", Assert.Single(other.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_followed_is_in_once_through_every_rotation()
    {
        var path = folder.Write("logs/playlist.log", "02/Oct/2026:22:0");
        var clock = SomeFollow.Clock;
        using var follow = new SomeFollow(folder, clock, [folder.At("logs")]);
        follow.Look();
        // A title that comes twice in a second is two rows, wherever reading paused.
        File.AppendAllText(path, "0:00 +0200|/live.mp3|1|Artist - One\n02/Oct/2026:22:10:00 +0200|/live.mp3|1|Artist - Two\n");
        follow.Pass(6);
        File.AppendAllText(path, "02/Oct/2026:22:10:00 +0200|/live.mp3|1|Artist - Two\n02/Oct/2026:22:20:00 +0200|/live.mp3|1|Artist - Thr");
        follow.Pass(6);
        Assert.Equal(["3"], folder.Plays("select count(*) from play"));

        File.AppendAllText(path, "ee\n");
        File.Copy(path, folder.At("logs/playlist.log.1"));
        File.WriteAllText(path, "02/Oct/2026:22:30:00 +0200|/live.mp3|1|Artist - Four\n");
        follow.Pass(6);
        File.Move(path, folder.At("logs/playlist.log.0"));
        File.AppendAllText(folder.At("logs/playlist.log.0"), "02/Oct/2026:22:40:00 +0200|/live.mp3|1|Artist - Five\n");
        File.WriteAllText(path, "02/Oct/2026:22:50:00 +0200|/live.mp3|1|Artist - Six\n");
        follow.Pass(6);

        using var anew = new SomeFollow(folder, clock, [folder.At("logs")]);
        anew.Look();

        Assert.Equal(
            ["One|1", "Two|2", "Three|1", "Four|1", "Five|1", "Six|1"],
            folder.Plays("select title || '|' || count(*) from play group by title order by min(started_at)"));
        Assert.Empty(follow.Texts(FollowNewsKind.Trouble));
        Assert.Equal((7L, 0L, 0L), (follow.Finish().Plays!.Plays, follow.Finish().Plays!.Waiting, follow.Finish().Lines));
        Assert.Equal((0L, 7L), (anew.Finish().Plays!.Plays, anew.Finish().Plays!.AlreadyIngested));
        Assert.Equal("site main: 2 new playlist rows committed", follow.Texts(FollowNewsKind.Committed).First());
    }

    [Fact]
    public void Rows_that_the_lake_could_not_take_are_read_again()
    {
        var path = folder.Write("playlist.log", Playlist);
        using var follow = new SomeFollow(folder, SomeFollow.Clock, [path]);
        Directory.CreateDirectory(folder.Data);
        File.WriteAllText(Path.Combine(folder.Data, "plays"), "in the way");
        follow.Pass(6);
        Assert.NotEmpty(follow.Texts(FollowNewsKind.Trouble));

        File.Delete(Path.Combine(folder.Data, "plays"));
        follow.Pass(100);

        Assert.Equal(["2"], folder.Plays("select count(*) from play"));
        Assert.Empty(follow.Finish().Problems);
    }

    [Fact]
    public void The_last_row_of_a_table_that_is_followed_waits_for_its_newline()
    {
        var path = folder.Write("plays.csv", "artist,title,start\nSinger,Song,2026-10-01T12:14:00Z\nSinger,Other so");
        using var follow = new SomeFollow(folder, SomeFollow.Clock, [path]);
        follow.Look();
        Assert.Equal(1, follow.Finish().Plays!.Waiting);

        File.AppendAllText(path, "ng,2026-10-01T12:18:00Z\n");
        follow.Pass(6);

        Assert.Equal(["Song", "Other song"], folder.Plays("select title from play order by started_at"));
    }

    private static UploadAnswer Post(LogUploads uploads, string content) => Post(uploads, new MemoryStream(Encoding.UTF8.GetBytes(content)));

    private static UploadAnswer Post(LogUploads uploads, Stream content) => uploads.Take(new Upload
    {
        Site = "radio",
        Body = content,
        Explain = failure => new UploadFault(UploadFaultCodes.Broken, failure.Message),
    });

    private IngestOptions Options() => new() { DataFolder = folder.Data, Site = "radio" };

    /// <summary>Gives a byte at a time.</summary>
    private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
