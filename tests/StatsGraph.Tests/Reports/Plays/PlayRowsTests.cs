using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Plays;
using StatsGraph.Tests.Ingest;

namespace StatsGraph.Tests.Reports.Plays;

/// <summary>What an ingest wrote, as reports read it.</summary>
public sealed class PlayRowsTests
{
    [Fact]
    public void A_row_without_a_title_ends_the_play_before_it_and_is_none_and_what_was_rejected_is_left_out()
    {
        using var folder = new DataFolder();
        folder.Ingest(folder.Write("playlist.log", """
            01/Oct/2026:10:00:00 +0000|/live.mp3|1|A - One
            01/Oct/2026:10:03:00 +0000|/live.mp3|1|
            01/Oct/2026:10:10:00 +0000|/live.mp3|no number|A - Two
            01/Oct/2026:10:20:00 +0000|/live.mp3|1|A - Three

            """));
        var table = LakeTable.OpenPlays(folder.Data);

        var rows = PlayRows.Read(table, table.Snapshot().Files, TestContext.Current.CancellationToken);

        Assert.Equal([(false, "One"), (true, null), (false, "Three")], rows.OrderBy(row => row.StartedAt).Select(row => (row.IsBreak, row.Track.Title)));
        var plays = SitePlays.Of(rows, new SiteProfile { Key = "main" }).Plays;
        Assert.Equal([("One", 180_000L), ("Three", 3_600_000L)], plays.Select(play => (play.Track.Title!, play.To - play.From)));
    }
}
