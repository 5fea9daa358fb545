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
    [InlineData("22/Nov/2026:17:00:33 +0000|/live 2.mp3|3|Artist - Title", "/live 2.mp3", "Artist", "Title")]
    public void A_line_tells_mount_artist_and_title(string line, string mount, string? artist, string? title)
    {
        var play = PlaylistLine.Read(Encoding.UTF8.GetBytes(line));

        Assert.Equal((PlayClass.Play, mount, artist, title), (play.Class, play.Mount, play.Artist, play.Title));
        Assert.Equal(1_795_366_833_000_000, play.Start!.Value.Microseconds);
    }

    /// <summary>As Icecast 2.4.4 wrote them, of titles that were sent in UTF-8 with and without <c>charset=UTF-8</c>.</summary>
    [Theory]
    [InlineData("Bj\u00c3\u00b6rk, \"x\" - J\u00c3\u00b3ga", "Björk, \"x\"", "Jóga")]
    [InlineData("Bj\u00f6rk - J\u00f3ga", "Björk", "Jóga")]
    [InlineData("Bj\u00c3\u00b6rk - J\u00c3\u00b3ga\u00e6\u009d", "Björk", "Jóga")]
    [InlineData("Bj\u00c3\u00b6rk - J\u00c3\u00b3ga\u00c3", "Björk", "Jóga")]
    [InlineData("Artist - Caf\u00e9", "Artist", "Café")]
    [InlineData("Bj\u00f6rk - Caf\u00e9", "Björk", "Café")]
    [InlineData("&#26481;&#20140; - &#26354; | &#128512;", "東京", "曲 | 😀")]
    [InlineData("Caf\u00e9 \u0093x\u0094 - R&#38;B &#10; &#9999999; &#;", "Café “x”", "R&B &#10; &#9999999; &#;")]
    public void Titles_are_read_in_whatever_way_the_server_writes_their_letters(string latin, string artist, string title)
    {
        var play = PlaylistLine.Read(Encoding.Latin1.GetBytes("22/Nov/2026:17:00:33 +0000|/live.mp3|12|" + latin));

        Assert.Equal((artist, title), (play.Artist, play.Title));
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
