using System.Globalization;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>
/// A log, a playlist.log and a table of plays in, a report of use out. On /live.mp3 are two listeners in the United States, from 12:00 to 12:10 and from
/// 12:05 to 12:15, and one in the United Kingdom from 12:00 to 12:30.
/// </summary>
public sealed class PlaysTests
{
    private const string Playlist = """
        01/Oct/2026:12:00:00 +0000|/live.mp3|2|Artist - One
        01/Oct/2026:12:06:00 +0000|/live.mp3|3|Artist - Two | more
        01/Oct/2026:12:12:00 +0000|/live.mp3|2|Artist - One
        01/Oct/2026:12:20:00 +0000|/live.mp3|1|Artist - Nobody there

        """;

    private const string Table = """
        artist,title,album,label,isrc,start,duration,mount
        Singer,Song,Record,House,,2026-10-01T12:14:00Z,60,/live.mp3

        """;

    [Fact]
    public async Task What_is_ingested_twice_is_reported_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", Session("8.8.8.8", 10, 600) + Session("8.8.4.4", 15, 600) + Session("81.2.69.160", 30, 1_800));
        folder.Write("playlist.log", Playlist);
        folder.Write("plays.csv", Table);
        for (var time = 0; time < 2; time++)
        {
            var ingest = await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "access.log", "playlist.log", "plays.csv"]);
            Assert.True(ingest.ExitStatus == 0, ingest.Output + ingest.Error);
            Assert.Equal((time == 0 ? 5 : 0, time == 0 ? 0 : 5), (Number("plays"), Number("alreadyIngested")));

            int Number(string name) => ingest.Json.GetProperty("plays").GetProperty(name).GetInt32();
        }

        var report = await StatsGraphProcess.RunAsync(folder, ["report-of-use", "--month", "2026-10", "--service", "Radio One", "--category", "A", "--out", "reports"]);

        Assert.True(report.ExitStatus == 0, report.Error);
        // The first play of One has both; Two, too; the second one of One has the listener who stays to 12:15, and so has Song, which begins at 12:14.
        Assert.Equal(
            [
                "^Radio One^|^A^|^Artist^|^One^||||3",
                "^Radio One^|^A^|^Artist^|^Two more^||||2",
                "^Radio One^|^A^|^Singer^|^Song^||^Record^|^House^|1",
            ],
            File.ReadAllLines(folder["reports/RadioOne20261001-20261031.txt"]));
    }

    [Fact]
    public async Task The_API_tells_the_same_performances()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", Session("8.8.8.8", 10, 600) + Session("8.8.4.4", 15, 600) + Session("81.2.69.160", 30, 1_800));
        folder.Write("playlist.log", Playlist);
        var ingest = await StatsGraphProcess.RunAsync(folder, ["ingest", "--data", "data", "access.log", "playlist.log"]);
        Assert.True(ingest.ExitStatus == 0, ingest.Error);

        var answer = await Lake.QueryAsync(
            folder, "data",
            """
            query ($where: SessionFilterInput) { site(key: "default") { report(period: { month: "2026-10" }, where: $where) {
                performances(by: TRACK_AND_CHANNEL, order: [{ title: ASC }]) { nodes { title channel plays performances } } } } }
            """,
            """{ "where": { "country": { "in": ["US"] } } }""");

        Assert.Equal(
            [("Nobody there", "/live.mp3", 1, 0), ("One", "/live.mp3", 2, 3), ("Two | more", "/live.mp3", 1, 2)],
            answer.GetProperty("site").GetProperty("report").GetProperty("performances").GetProperty("nodes").EnumerateArray().Select(node => (
                node.GetProperty("title").GetString(), node.GetProperty("channel").GetString(), node.GetProperty("plays").GetInt32(),
                node.GetProperty("performances").GetInt32())));
    }

    /// <summary>A session that ended so many minutes past noon.</summary>
    private static string Session(string address, int endMinute, int seconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{address} - - [01/Oct/2026:12:{endMinute:00}:00 +0000] \"GET /live.mp3 HTTP/1.1\" 200 9600000 \"-\" \"VLC/3.0.20\" {seconds}\n");
}
