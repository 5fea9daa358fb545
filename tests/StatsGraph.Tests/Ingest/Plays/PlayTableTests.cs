using System.Globalization;
using System.Text;
using StatsGraph.Ingest.Plays;

namespace StatsGraph.Tests.Ingest.Plays;

public sealed class PlayTableTests
{
    [Theory]
    [InlineData("artist,title,start", "A,T,2026-10-01T12:00:00Z", "12:00:00 - - A T - - -")]
    [InlineData("\uFEFFArtist;Title;Album;Label;ISRC;Start Time;Duration", "A;T;Al;La;de-abc-26-00001;2026-10-01 12:00:00;3:20", "12:00:00 200000 - A T Al La DEABC2600001")]
    [InlineData("Title\tCreator\tStart Time\tEnd Time", "T\tA\t2026-10-01 12:00:00\t2026-10-01 12:03:20.5", "12:00:00 200500 - A T - - -")]
    [InlineData("Date,Time,Listeners,Delta,Track,Artist,Playlist", "2026-10-01,3:05pm,7,-1,T,A,Default", "15:05:00 - - A T - - -")]
    [InlineData("\"Artist\",\"Title\",\"Played At\",\"Channel\"", "\"A, \"\"B\"\"\",\"12\"\" T\",\"2026-10-01 12:00\",\"live.mp3\"", "12:00:00 - /live.mp3 A, \"B\" 12\" T - - -")]
    [InlineData("artist,title,start,mount", "A,12\" mix,2026-10-01 12:00,/a//b", "12:00:00 - /a/b A 12\" mix - - -")]
    [InlineData("track_title,artist_name,timestamp_start,length_ms", "T,A,1790856000,225400", "12:00:00 225400 - A T - - -")]
    [InlineData("start,title", "2026-10-01 12:00, T ", "12:00:00 - - - T - - -")]
    public void Its_first_row_tells_what_parts_its_fields_and_what_they_mean(string names, string row, string expected)
    {
        var table = PlayTable.Of(Encoding.UTF8.GetBytes(names))!;

        var play = table.Read(Encoding.UTF8.GetBytes(row));

        Assert.Null(play.Reason);
        var start = DateTime.UnixEpoch.AddMicroseconds(play.Start!.Value.Microseconds).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        string?[] fields = [play.Duration?.ToString(CultureInfo.InvariantCulture), play.Mount, play.Artist, play.Title, play.Album, play.Label, play.Isrc];
        Assert.Equal(expected, $"{start} {string.Join(' ', fields.Select(field => field ?? "-"))}");
    }

    [Theory]
    [InlineData("A,T", "field-count")]
    [InlineData("A,T,2026-10-01 12:00,60,extra", "field-count")]
    [InlineData("A,T,10/01/2026 12:00,60", "ambiguous-date")]
    [InlineData("A,T,,60", "bad-time")]
    [InlineData("A,T,2026-10-01 12:00,long", "bad-duration")]
    [InlineData(",,2026-10-01 12:00,60", "no-title")]
    public void A_row_that_tells_no_play_says_why(string row, string reason)
        => Assert.Equal(reason, PlayTable.Of("artist,title,start,duration"u8)!.Read(Encoding.UTF8.GetBytes(row)).Reason);

    [Theory]
    [InlineData("artist,album,start")]
    [InlineData("artist,title")]
    [InlineData("artist,title,date")]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live|12|Artist - Title")]
    [InlineData("81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /live HTTP/1.1\" 200 1 \"-\" \"x\" 15")]
    public void A_row_that_names_no_title_or_no_start_begins_no_table(string names) => Assert.Null(PlayTable.Of(Encoding.UTF8.GetBytes(names)));
}
