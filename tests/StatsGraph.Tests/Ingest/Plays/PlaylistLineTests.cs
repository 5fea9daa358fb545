using System.Text;
using StatsGraph.Ingest.Plays;
using StatsGraph.Lake;

namespace StatsGraph.Tests.Ingest.Plays;

public sealed class PlaylistLineTests
{
    [Theory]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live.mp3|12|Artist - Title", "/live.mp3", "Artist", "Title")]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live.mp3|12|A|B - C | D|", "/live.mp3", "A|B", "C | D|")]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live.mp3|0|Artist - Title - Remix", "/live.mp3", "Artist", "Title - Remix")]
    [InlineData("22/Nov/2026:17:00:33 +0000|//live%2emp3|0|News", "/live.mp3", null, "News")]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live.mp3|-1|Björk - Jóga", "/live.mp3", "Björk", "Jóga")]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live.mp3|3|Artist - ", "/live.mp3", "Artist", null)]
    public void A_line_tells_mount_artist_and_title(string line, string mount, string? artist, string? title)
    {
        var play = PlaylistLine.Read(Encoding.UTF8.GetBytes(line));

        Assert.Equal((PlayClass.Play, mount, artist, title), (play.Class, play.Mount, play.Artist, play.Title));
        Assert.Equal(1_795_366_833_000_000, play.Start!.Value.Microseconds);
    }

    [Theory]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live.mp3|12|")]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live.mp3|12| - ")]
    public void A_line_without_a_title_is_a_break(string line) => Assert.Equal(PlayClass.Break, PlaylistLine.Read(Encoding.UTF8.GetBytes(line)).Class);

    [Theory]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live.mp3|12", "no-playlist-line")]
    [InlineData("22/Nov/2026:17:00:33 +0000||12|Title", "no-playlist-line")]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live.mp3|many|Title", "no-playlist-line")]
    [InlineData("31/Nov/2026:17:00:33 +0000|/live.mp3|1|Title", "bad-time")]
    [InlineData("22/Nov/2026:17:00:33|/live.mp3|1|Title", "no-playlist-line")]
    [InlineData("hello", "no-playlist-line")]
    public void What_is_no_such_line_says_why(string line, string reason) => Assert.Equal(reason, PlaylistLine.Read(Encoding.UTF8.GetBytes(line)).Reason);
}
