using StatsGraph.Ingest;
using StatsGraph.Ingest.Remote;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Lake;

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
    public void One_that_is_followed_is_told_what_to_do_instead()
    {
        var path = folder.Write("playlist.txt", Playlist);
        using var follow = new LogFollow(LakeTable.Open(folder.Data), Options(), [path], FollowOptions.Default, _ => { });

        follow.Look(TestContext.Current.CancellationToken);

        var problem = Assert.Single(follow.Finish().Problems);
        Assert.Equal((path, "is a playlist, which is not followed; read it by 'statsgraph ingest' without --follow, now and then"), (problem.Log, problem.Message));
    }

    [Fact]
    public void One_that_is_to_be_sent_in_parts_is_told_what_to_do_instead()
    {
        var path = folder.Write("playlist.txt", Playlist);
        using var remote = new RemoteIngest(new RemoteOptions { Url = new Uri("http://127.0.0.1:1/"), Site = "radio" });

        var problem = Assert.Single(remote.Run([path], () => Stream.Null, progress: null, TestContext.Current.CancellationToken).Problems);

        Assert.Equal(
            "is a playlist, which is not sent in parts; post the whole file to /ingest/SITE of the server, or ingest it on the server's machine", problem.Message);
    }

    private static UploadAnswer Post(LogUploads uploads, string content) => uploads.Take(new Upload
    {
        Site = "radio",
        Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)),
        Explain = failure => new UploadFault(UploadFaultCodes.Broken, failure.Message),
    });

    private IngestOptions Options() => new() { DataFolder = folder.Data, Site = "radio" };
}
