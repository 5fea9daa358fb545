using StatsGraph.Reports;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Plays;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Reports.Plays;

/// <summary>Performances that were counted by hand.</summary>
public sealed class PerformancesTests : IDisposable
{
    private readonly SomeReport some = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => some.Dispose();

    [Fact]
    public async Task A_performance_is_a_session_that_overlaps_a_play_of_its_mount()
    {
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 600)
            .Session(2, "/a", "2026-10-01T10:03:00Z", 60)
            .Session(3, "/b", "2026-10-01T10:00:00Z", 600)
            .Session(4, "/a", "2026-10-01T10:05:00Z", 0)
            .Session(5, "/a", "2026-10-01T10:05:00Z", 60, kind: "bot")
            .Play("/a", "2026-10-01T10:00:00Z", "One")
            .Play("/a", "2026-10-01T10:03:00Z", "Two")
            .Play("/a", "2026-10-01T10:10:00Z", "Three", seconds: 60);

        Assert.Equal(
            ["10:00 180 One 1 0.05", "10:03 420 Two 2 0.1333", "10:10 60 Three 0 0"],
            await PlaysAsync("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"));
    }

    [Fact]
    public async Task A_play_across_the_end_of_a_month_has_each_performance_in_one_month()
    {
        some.Session(1, "/a", "2026-10-31T23:00:00Z", 7_200)
            .Session(2, "/a", "2026-10-31T23:59:59Z", 1)
            .Session(3, "/a", "2026-11-01T00:00:00Z", 60)
            .Session(4, "/a", "2026-11-01T00:05:00Z", 60)
            .Play("/a", "2026-10-31T23:55:00Z", "Night", seconds: 600);

        Assert.Equal(["23:55 600 Night 2 0.0836"], await PlaysAsync("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"));
        Assert.Equal(["23:55 600 Night 1 0.1"], await PlaysAsync("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"));
        Assert.Equal([("Night", 1L, 2L)], await TracksAsync("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"));
        Assert.Equal([("Night", 0L, 1L)], await TracksAsync("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"));
    }

    [Fact]
    public async Task Tracks_have_the_sums_of_their_plays_and_a_filter_of_country_gives_those_of_a_territory()
    {
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 600, country: "US")
            .Session(2, "/a", "2026-10-01T10:00:00Z", 600, country: "DE")
            .Session(3, "/b", "2026-10-01T10:00:00Z", 600)
            .Play("/a", "2026-10-01T10:00:00Z", "One", seconds: 60)
            .Play("/a", "2026-10-01T10:05:00Z", "One", seconds: 60)
            .Play("/b", "2026-10-01T10:05:00Z", "One", seconds: 60)
            .Play(null, "2026-10-01T10:07:00Z", "Everywhere", seconds: 60);

        Assert.Equal([("One", 3L, 5L), ("Everywhere", 1L, 3L)], await TracksAsync("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"));
        Assert.Equal(
            [("One", 3L, 2L), ("Everywhere", 1L, 1L)],
            await TracksAsync("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", Where(SessionField.Country, "US")));
        Assert.Equal(
            [("Everywhere", 1L, 1L), ("One", 1L, 1L)],
            await TracksAsync("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", Where(SessionField.Mount, "/b")));
    }

    [Fact]
    public async Task By_channel_its_mounts_sum_up_but_their_playlists_tell_one_programme()
    {
        some.Channel("Main", "/a.mp3", "/a.aac")
            .Session(1, "/a.mp3", "2026-10-01T10:00:00Z", 600)
            .Session(2, "/a.aac", "2026-10-01T10:00:00Z", 600)
            .Session(3, "/b", "2026-10-01T10:00:00Z", 600)
            .Play("/a.mp3", "2026-10-01T10:01:00Z", "One", seconds: 60)
            .Play("/a.aac", "2026-10-01T10:01:01Z", "One", seconds: 60)
            .Play("/a.mp3", "2026-10-01T10:05:00Z", "One", seconds: 60)
            .Play("/b", "2026-10-01T10:05:00Z", "One", seconds: 60);
        var report = await some.Of("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");

        async Task<IEnumerable<(string?, string?, long, long)>> RowsAsync(TrackGrouping by)
            => (await report.PerformancesAsync(by, [new(TrackMetric.Performances, true)], new PageRequest(), Cancellation))
                .Edges.Select(edge => (edge.Node.Channel, edge.Node.Mount, edge.Node.Plays, edge.Node.Performances));

        Assert.Equal([("Main", null, 2L, 3L), ("/b", null, 1L, 1L)], await RowsAsync(TrackGrouping.TrackAndChannel));
        Assert.Equal(
            [("Main", "/a.mp3", 2L, 2L), ("/b", "/b", 1L, 1L), ("Main", "/a.aac", 1L, 1L)], await RowsAsync(TrackGrouping.TrackAndMount));
        Assert.Equal([(null, null, 3L, 4L)], await RowsAsync(TrackGrouping.Track));
    }

    [Fact]
    public async Task By_mount_a_play_of_every_mount_is_one_of_each()
    {
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 600)
            .Session(2, "/b", "2026-10-01T10:00:00Z", 600)
            .Session(3, "/b", "2026-10-01T10:01:00Z", 600)
            .Play(null, "2026-10-01T10:02:00Z", "Everywhere", seconds: 60)
            .Play("/a", "2026-10-01T10:03:00Z", "One", seconds: 60);
        var report = await some.Of("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");

        var page = await report.PerformancesAsync(TrackGrouping.TrackAndMount, [new(TrackMetric.Performances, true)], new PageRequest(), Cancellation);

        Assert.Equal(
            ["/b Everywhere 1 2", "/a Everywhere 1 1", "/a One 1 1"],
            page.Edges.Select(edge => $"{edge.Node.Mount} {edge.Node.Track.Title} {edge.Node.Plays} {edge.Node.Performances}"));
    }

    [Fact]
    public async Task Pages_of_plays_go_on_where_the_last_ended()
    {
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 60);
        for (var minute = 10; minute < 20; minute++)
            some.Play("/a", $"2026-10-01T10:{minute}:00Z", $"Title {minute % 3}", seconds: 30);
        var report = await some.Of("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");
        var (titles, after) = (new List<string?>(), (string?)null);
        while (true)
        {
            var page = await report.PlaysAsync([new(PlayMetric.Title, false)], new PageRequest(First: 3, After: after), Cancellation);
            titles.AddRange(page.Edges.Select(edge => edge.Node.Track.Title));
            Assert.Equal(10, page.TotalCount);
            if (!page.HasNext)
                break;
            after = page.Edges[^1].Cursor;
        }

        Assert.Equal(["Title 0", "Title 0", "Title 0", "Title 1", "Title 1", "Title 1", "Title 1", "Title 2", "Title 2", "Title 2"], titles);
    }

    private async Task<IEnumerable<string>> PlaysAsync(string from, string to)
    {
        var report = await some.Of(from, to);
        var page = await report.PlaysAsync([new(PlayMetric.Start, false)], new PageRequest(), Cancellation);
        return page.Edges.Select(edge => FormattableString.Invariant(
            $"{edge.Node.Start.ToDateTimeUtc():HH:mm} {edge.Node.Duration?.TotalSeconds} {edge.Node.Track.Title} {edge.Node.Performances} {Math.Round(edge.Node.TuningHours, 4)}"));
    }

    private async Task<IEnumerable<(string?, long, long)>> TracksAsync(string from, string to, Condition<SessionField>? where = null)
    {
        var report = await some.Of(from, to, where: where);
        var page = await report.PerformancesAsync(TrackGrouping.Track, [new(TrackMetric.Performances, true)], new PageRequest(), Cancellation);
        return page.Edges.Select(edge => (edge.Node.Track.Title, edge.Node.Plays, edge.Node.Performances));
    }

    private static Condition<SessionField>.Compare Where(SessionField field, string value) => new(field, Operator.Equal, [value]);
}
