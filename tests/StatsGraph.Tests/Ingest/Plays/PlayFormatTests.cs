using System.Text;
using StatsGraph.Ingest.Plays;

namespace StatsGraph.Tests.Ingest.Plays;

/// <summary>What is a playlist by its beginning, and what looks like one at most.</summary>
public sealed class PlayFormatTests
{
    private const string Title = "02/Oct/2026:22:00:00 +0200|/live.mp3|1|Artist - One\n";
    private const string Request = "192.0.2.1 - - [02/Oct/2026:22:00:00 +0200] \"GET /a|b|1|c HTTP/1.1\" 200 960000 \"https://example.org/|x|\" \"VLC|3\" 60\n";

    [Theory]
    [InlineData(Title)]
    [InlineData("02/Oct/2026:22:00:00 +0200|/live.mp3|1|")]
    [InlineData("\uFEFF" + Title)]
    [InlineData("\uFEFF\r\n\r\n" + Title)]
    [InlineData("\0\0\0\0" + Title)]
    [InlineData("st - the rest of a title that was cut\n" + Title + Title)]
    [InlineData("artist,title,start\n")]
    [InlineData("\uFEFF\"Start Time\"\t\"Title\"\r\n")]
    [InlineData("\n\nstarted at;track title")]
    public void These_are_playlists(string beginning) => Assert.True(IsPlaylist(beginning));

    [Theory]
    [InlineData("")]
    [InlineData("\n \r\n")]
    [InlineData("02/Oct/2026:22:00:0")]
    [InlineData(Request)]
    [InlineData(Request + Title)]
    [InlineData("|/live.mp3|1|Artist - One\n" + Request)]
    [InlineData("02/Oct/2026:22:00:00 +0200 |/live.mp3|1|Artist - One\n")]
    [InlineData("\uFEFF#Fields: c-ip date time cs-uri-stem title start\n192.0.2.1 2026-10-02 22:00:00 /live.mp3 a b\n")]
    [InlineData("time,status,title\n")]
    public void These_are_not(string beginning) => Assert.False(IsPlaylist(beginning));

    private static bool IsPlaylist(string beginning) => PlayFormat.IsPlaylist(Encoding.UTF8.GetBytes(beginning));
}
