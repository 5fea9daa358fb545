using NodaTime;
using NodaTime.Text;
using StatsGraph.Reports;
using StatsGraph.Reports.Plays;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Reports.Plays;

/// <summary>When plays begin and end.</summary>
public sealed class SitePlaysTests
{
    private readonly List<PlayRow> rows = [];
    private SiteProfile profile = new() { Key = "radio", PlayCeiling = TimeSpan.FromMinutes(10) };

    [Fact]
    public void A_play_lasts_until_the_next_row_of_its_mount_and_no_longer_than_the_ceiling()
    {
        Add("/a", "10:00:00", "One");
        Add("/b", "10:01:00", "Other");
        Add("/a", "10:03:00", "Two");
        Add("/a", "10:05:00", null);
        Add("/a", "10:30:00", "Three");
        Add("/a", "11:00:00", "Four");

        Assert.Equal(
            ["/a One 10:00:00-10:03:00", "/b Other 10:01:00-10:11:00 open", "/a Two 10:03:00-10:05:00", "/a Three 10:30:00-10:40:00", "/a Four 11:00:00-11:10:00 open"],
            Plays());
    }

    [Fact]
    public void A_told_duration_holds_whatever_comes_next()
    {
        Add("/a", "10:00:00", "One", duration: 1_200_000);
        Add("/a", "10:03:00", "Two", duration: 0);

        Assert.Equal(["/a One 10:00:00-10:20:00", "/a Two 10:03:00-10:03:00"], Plays());
    }

    [Fact]
    public void What_is_told_twice_of_one_play_is_one_play_with_all_that_is_told()
    {
        Add("/a", "10:00:00", "One");
        Add("/a", "10:00:00", "One", isrc: "DEABC2600001", duration: 60_000);
        Add("/a", "10:05:00", "Two");

        Assert.Equal(["/a One 10:00:00-10:01:00 DEABC2600001", "/a Two 10:05:00-10:15:00 open"], Plays());
    }

    [Fact]
    public void What_is_announced_again_while_it_is_on_is_no_other_play()
    {
        Add("/a", "10:00:00", "One");
        Add("/a", "10:01:00", "One", isrc: "DEABC2600001");
        Add("/b", "10:01:30", "Other");
        Add("/a", "10:02:00", "One");
        Add("/a", "10:03:00", "Two", duration: 60_000);
        Add("/a", "10:03:30", "Two");
        Add("/a", "10:05:00", "Two");
        Add("/a", "10:06:00", null);
        Add("/a", "10:07:00", "Two");
        Add("/a", "10:08:00", "Two", duration: 60_000);

        Assert.Equal(
            [
                "/a One 10:00:00-10:03:00 DEABC2600001", "/b Other 10:01:30-10:11:30 open", "/a Two 10:03:00-10:04:00", "/a Two 10:05:00-10:06:00",
                "/a Two 10:07:00-10:08:00", "/a Two 10:08:00-10:09:00",
            ],
            Plays());
    }

    [Fact]
    public void Of_mounts_that_count_as_one_the_playlist_of_one_counts()
    {
        profile = profile with { MountAliases = new Dictionary<string, string> { ["/b"] = "/a" } };
        Add("/a", "10:00:00", "One");
        Add("/b", "10:00:01", "One");
        Add("/a", "10:03:00", "Two");

        Assert.Equal(["/a One 10:00:00-10:03:00", "/a Two 10:03:00-10:13:00 open"], Plays());
    }

    [Theory]
    [InlineData("2026-10-25T02:30:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("2026-03-29T02:30:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("2026-07-01T12:00:00Z", "2026-07-01T10:00:00Z")]
    public void A_local_time_is_of_the_site_s_zone_the_first_where_it_comes_twice_and_after_the_gap_where_it_never_was(string local, string instant)
    {
        profile = profile with { TimeZone = "Europe/Berlin" };
        rows.Add(new PlayRow(false, 1, SomeReport.At(local).ToUnixTimeMilliseconds(), IsLocal: true, 1_000, "/a", new Track("A", "T", null, null, null)));

        Assert.Equal(SomeReport.At(instant).ToUnixTimeMilliseconds(), Assert.Single(SitePlays.Of(rows, profile).Plays).From);
    }

    private void Add(string? mount, string time, string? title, string? isrc = null, long? duration = null)
        => rows.Add(new PlayRow(
            title is null, rows.Count, SomeReport.At($"2026-10-01T{time}Z").ToUnixTimeMilliseconds(), IsLocal: false, duration, mount,
            new Track("A", title, null, null, isrc)));

    private IEnumerable<string> Plays() => SitePlays.Of(rows, profile).Plays.Select(play =>
        $"{play.Mount} {play.Track.Title} {Text(play.From)}-{Text(play.To)}{(play.IsOpen ? " open" : "")}{(play.Track.Isrc is null ? "" : " " + play.Track.Isrc)}");

    private static string Text(long milliseconds) => InstantPattern.CreateWithInvariantCulture("HH:mm:ss").Format(Instant.FromUnixTimeMilliseconds(milliseconds));
}
