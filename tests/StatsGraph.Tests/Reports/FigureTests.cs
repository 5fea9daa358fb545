using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Reports;

/// <summary>Every figure on a handful of sessions, each expectation worked out by hand beside them.</summary>
public sealed class FigureTests : IDisposable
{
    private readonly SomeReport some = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_across_the_end_of_a_month_is_divided_exactly()
    {
        // 23:30 to 01:00: half an hour in October, an hour in November; it belongs to October.
        some.Session(1, "/a", "2026-10-31T23:30:00Z", 5400);
        var october = (await some.Of("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z")).Totals;
        var november = (await some.Of("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")).Totals;

        Assert.Equal(0.5, await october.TuningHoursAsync(Cancellation));
        Assert.Equal(1.0, await november.TuningHoursAsync(Cancellation));
        Assert.Equal((1, 0), (await october.SessionsAsync(Cancellation), await november.SessionsAsync(Cancellation)));
        Assert.Equal((1, 1), (await october.ListenersAsync(Cancellation), await november.ListenersAsync(Cancellation)));
        Assert.Equal((5400.0, null), (await october.AverageDurationAsync(Cancellation), await november.AverageDurationAsync(Cancellation)));
    }

    [Fact]
    public async Task A_visit_ends_after_thirty_minutes_of_silence_and_keeps_the_mount_it_entered_on()
    {
        // Listener 1: /a until 10:10; /b at 10:39:59 (29:59 later: same visit) until 10:40; /b at 11:10 (30:00 later: a new one).
        // Listener 2 has /b open from 10:00 to 12:00; sessions on /c within it belong to that visit, also the one at 12:29.
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 600)
            .Session(1, "/b", "2026-10-01T10:39:59Z", 1)
            .Session(1, "/b", "2026-10-01T11:10:00Z", 60)
            .Session(2, "/b", "2026-10-01T10:00:00Z", 7200)
            .Session(2, "/c", "2026-10-01T10:30:00Z", 60)
            .Session(2, "/c", "2026-10-01T12:29:00Z", 60);
        var report = await some.Of("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z");

        Assert.Equal(3, await report.Totals.VisitsAsync(Cancellation));
        var entries = await Rows(report, Dimension.EntryMount, Metric.Visits);
        Assert.Equal(["/b 2 visits 4 sessions", "/a 1 visits 2 sessions"], entries);
        var mounts = await Rows(report, Dimension.Mount, Metric.Visits);
        Assert.Equal(["/b 2 visits 3 sessions", "/a 1 visits 1 sessions", "/c 0 visits 2 sessions"], mounts);
    }

    [Fact]
    public async Task Visits_are_formed_before_the_filter_and_from_sessions_outside_the_period_too()
    {
        // The visit began on /a the day before: neither the day nor the filter on /b makes a new one.
        some.Session(1, "/a", "2026-09-30T23:50:00Z", 300).Session(1, "/b", "2026-10-01T00:10:00Z", 300);
        var day = await some.Of("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z");
        var filtered = await some.Of(
            "2026-09-30T00:00:00Z", "2026-10-02T00:00:00Z", where: new Condition<SessionField>.Compare(SessionField.Mount, Operator.Equal, ["/b"]));
        var shortOnesDropped = await some.Of("2026-09-30T00:00:00Z", "2026-10-02T00:00:00Z", minDuration: 301);

        Assert.Equal((1, 0), (await day.Totals.SessionsAsync(Cancellation), await day.Totals.VisitsAsync(Cancellation)));
        Assert.Equal((1, 0), (await filtered.Totals.SessionsAsync(Cancellation), await filtered.Totals.VisitsAsync(Cancellation)));
        Assert.Equal(0, await shortOnesDropped.Totals.SessionsAsync(Cancellation));
    }

    [Fact]
    public async Task Dropping_short_sessions_comes_before_visits_are_formed()
    {
        // Without the 59 s session in between, 40 minutes of silence part two visits.
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 600).Session(1, "/b", "2026-10-01T10:30:00Z", 59).Session(1, "/c", "2026-10-01T10:50:00Z", 600);
        Assert.Equal(1, await (await some.Of("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z")).Totals.VisitsAsync(Cancellation));
        Assert.Equal(2, await (await some.Of("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z", minDuration: 60)).Totals.VisitsAsync(Cancellation));
    }

    [Fact]
    public async Task The_peak_is_the_first_instant_of_most_open_sessions_and_touching_ends_do_not_overlap()
    {
        // 10:00-10:10, 10:10-10:20 touch; 10:15-10:30 overlaps the second; 10:18 for 0 s never counts; the same height again at 11:00.
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 600)
            .Session(2, "/a", "2026-10-01T10:10:00Z", 600)
            .Session(3, "/a", "2026-10-01T10:15:00Z", 900)
            .Session(4, "/a", "2026-10-01T10:18:00Z", 0)
            .Session(5, "/a", "2026-10-01T11:00:00Z", 60)
            .Session(6, "/a", "2026-10-01T11:00:00Z", 60);
        var report = await some.Of("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z");
        Assert.Equal(new Peak(2, SomeReport.At("2026-10-01T10:15:00Z")), await report.Totals.PeakConcurrentAsync(Cancellation));

        // Clipped to a period that begins in the middle, the first instant is that of the period.
        var clipped = await some.Of("2026-10-01T10:16:00Z", "2026-10-01T10:17:00Z");
        Assert.Equal(new Peak(2, SomeReport.At("2026-10-01T10:16:00Z")), await clipped.Totals.PeakConcurrentAsync(Cancellation));

        var empty = await some.Of("2026-10-02T00:00:00Z", "2026-10-03T00:00:00Z");
        Assert.Equal(new Peak(0, null), await empty.Totals.PeakConcurrentAsync(Cancellation));
        Assert.Equal(0, await empty.Totals.AverageQuarterHourAsync(Cancellation));
    }

    [Fact]
    public async Task A_quarter_hour_counts_listeners_with_five_minutes_in_it()
    {
        // Quarter 10:00: listener 1 hears 299 s, listener 2 twice 150 s (summed: 300 s). Quarter 10:15: listener 3 for all of it.
        // The period 09:50-10:30 has two whole quarter hours (10:00 and 10:15): 2 listener quarters / 2.
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 299)
            .Session(2, "/a", "2026-10-01T10:00:00Z", 150)
            .Session(2, "/b", "2026-10-01T10:01:00Z", 150)
            .Session(3, "/a", "2026-10-01T10:15:00Z", 3600);
        var report = await some.Of("2026-10-01T09:50:00Z", "2026-10-01T10:30:00Z");
        Assert.Equal(1.0, await report.Totals.AverageQuarterHourAsync(Cancellation));
        // 299 + 150 + 150 + 900 s of listening in 2,400 s.
        Assert.Equal(1499 / 2400.0, await report.Totals.AverageConcurrentAsync(Cancellation));
    }

    [Fact]
    public async Task An_autumn_hour_comes_twice_in_buckets_and_once_on_the_clock()
    {
        // Berlin, 25 October: 02:00-03:00 at +02:00 (00:00Z) and again at +01:00 (01:00Z). A session from 00:30Z to 01:15Z.
        some.Session(1, "/a", "2026-10-25T00:30:00Z", 2700).Session(2, "/a", "2026-10-25T01:59:59Z", 0);
        var report = await some.Of("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "Europe/Berlin");

        var series = report.TimeSeries(Interval.Auto);
        Assert.Equal((Interval.Hour, 25), (series.Interval, series.Buckets.Count));
        var hours = new List<double>();
        foreach (var bucket in series.Buckets)
            hours.Add(await bucket.Metrics.TuningHoursAsync(Cancellation));
        Assert.Equal([0, 0, 0.5, 0.25, 0], hours.Take(5));

        var clock = report.HourlyVisits();
        Assert.Equal(24, clock.Count);
        Assert.Equal(0.75, await clock[2].Metrics.TuningHoursAsync(Cancellation));
        Assert.Equal(2, await clock[2].Metrics.VisitsAsync(Cancellation));
        // 2,700 s of listening in the two hours that hour 2 has on this day.
        Assert.Equal(2700 / 7200.0, await clock[2].Metrics.AverageConcurrentAsync(Cancellation));
        Assert.Equal(0, await clock[3].Metrics.SessionsAsync(Cancellation));
    }

    [Fact]
    public async Task Quantiles_lie_between_the_closest_ranks()
    {
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 10).Session(1, "/a", "2026-10-01T11:00:00Z", 20)
            .Session(1, "/a", "2026-10-01T12:00:00Z", 40).Session(1, "/a", "2026-10-01T13:00:00Z", 80);
        var totals = (await some.Of("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z")).Totals;
        Assert.Equal(30, await totals.DurationQuantileAsync(0.5, Cancellation));
        Assert.Equal(10, await totals.DurationQuantileAsync(0, Cancellation));
        Assert.Equal(80, await totals.DurationQuantileAsync(1, Cancellation));
        Assert.Equal(17.5, await totals.DurationQuantileAsync(0.25, Cancellation)); // 3 x 0.25 = 0.75 of the way from 10 to 20
        var error = await Assert.ThrowsAsync<ReportException>(() => totals.DurationQuantileAsync(1.5, Cancellation));
        Assert.Equal(("QUANTILE_INVALID", "There is no quantile 1.5; expected p from 0 to 1."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Groups_have_shares_of_the_whole_before_filter_and_page_and_unknown_is_a_group()
    {
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 3600, "DE").Session(2, "/a", "2026-10-01T10:00:00Z", 3600, "DE")
            .Session(3, "/a", "2026-10-01T10:00:00Z", 1800, "FR").Session(4, "/a", "2026-10-01T10:00:00Z", 5400);
        var report = await some.Of("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z");
        var page = await report.GroupsAsync(
            new GroupRequest(
                [Dimension.Country],
                new Condition<GroupField>.Compare(GroupField.TuningHours, Operator.Greater, [1.0]),
                [new Sort<Metric>(Metric.TuningHours, Descending: true)],
                Metric.Sessions,
                new PageRequest(First: 1)),
            Cancellation);
        Assert.Equal((2, true), (page.TotalCount, page.HasNext));
        var first = page.Edges[0].Node;
        Assert.Equal(("DE", "Germany"), (first.Keys[0].Value, first.Keys[0].Label));
        Assert.Equal(2 / 4.0, first.Share);
        Assert.Equal(2, await first.Metrics.ListenersAsync(Cancellation));
        Assert.Equal(2, (await first.Metrics.PeakConcurrentAsync(Cancellation)).Sessions);

        var all = await Rows(report, Dimension.Country, Metric.Sessions);
        Assert.Equal(["DE 2 visits 2 sessions", "FR 1 visits 1 sessions", "Unknown 1 visits 1 sessions"], all);
    }

    [Fact]
    public async Task Keys_of_time_and_of_sessions_combine()
    {
        // Thursday 23:30 to Friday 00:30 in Germany; Friday 12:00 for 0 s in France.
        some.Session(1, "/a", "2026-10-01T23:30:00Z", 3600, "DE").Session(2, "/a", "2026-10-02T12:00:00Z", 0, "FR");
        var report = await some.Of("2026-10-01T00:00:00Z", "2026-10-03T00:00:00Z");
        var page = await report.GroupsAsync(
            new GroupRequest(
                [Dimension.DayOfWeek, Dimension.Country, Dimension.HourOfDay], null, [new Sort<Metric>(Metric.Key, false)], Metric.Sessions,
                new PageRequest()),
            Cancellation);
        var rows = new List<string>();
        foreach (var group in page.Edges.Select(edge => edge.Node))
        {
            rows.Add(FormattableString.Invariant(
                $"{string.Join(' ', group.Keys.Select(key => key.Value))}: {await group.Metrics.SessionsAsync(Cancellation)} {await group.Metrics.TuningHoursAsync(Cancellation)}"));
        }

        Assert.Equal(["4 DE 23: 1 0.5", "5 DE 0: 0 0.5", "5 FR 12: 1 0"], rows);
    }

    [Fact]
    public async Task Mounts_that_stand_for_one_are_one_in_every_figure()
    {
        some.Session(1, "/live", "2026-10-01T10:00:00Z", 60).Session(2, "/live.mp3", "2026-10-01T10:00:00Z", 60);
        var report = await some.Of(
            "2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z", aliases: new Dictionary<string, string> { ["/live"] = "/live.mp3" });
        Assert.Equal(["/live.mp3 2 visits 2 sessions"], await Rows(report, Dimension.Mount, Metric.Sessions));
    }

    [Fact]
    public async Task Other_kinds_count_only_when_the_filter_names_them_and_make_visits_of_their_own()
    {
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 60).Session(1, "/a", "2026-10-01T10:05:00Z", 60, kind: "bot");
        var listeners = await some.Of("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z");
        var everyone = await some.Of(
            "2026-10-01T00:00:00Z",
            "2026-10-02T00:00:00Z",
            where: new Condition<SessionField>.Compare(SessionField.Kind, Operator.In, ["bot", "listener"]));
        Assert.Equal((1, 1), (await listeners.Totals.SessionsAsync(Cancellation), await listeners.Totals.VisitsAsync(Cancellation)));
        Assert.Equal((2, 2), (await everyone.Totals.SessionsAsync(Cancellation), await everyone.Totals.VisitsAsync(Cancellation)));
    }

    [Fact]
    public async Task The_hour_of_day_is_that_of_the_zone_at_the_start()
    {
        // 22:30Z is half past midnight in Berlin in summer; 23:30Z is so in winter.
        some.Session(1, "/a", "2026-10-01T22:30:00Z", 60).Session(2, "/a", "2026-10-30T23:30:00Z", 60).Session(3, "/a", "2026-10-30T22:30:00Z", 60);
        var report = await some.Of(
            "2026-10-01T00:00:00Z",
            "2026-11-01T00:00:00Z",
            "Europe/Berlin",
            where: new Condition<SessionField>.Compare(SessionField.HourOfDay, Operator.Equal, [0L]));
        Assert.Equal(2, await report.Totals.SessionsAsync(Cancellation));
    }

    [Fact]
    public async Task Bytes_are_summed_beyond_64_bits()
    {
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 60, bytes: long.MaxValue).Session(2, "/a", "2026-10-01T10:00:00Z", 60, bytes: long.MaxValue)
            .Session(3, "/a", "2026-10-01T10:00:00Z", 60, bytes: long.MaxValue);
        var totals = (await some.Of("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z")).Totals;
        Assert.Equal(3.0 * long.MaxValue, await totals.BytesAsync(Cancellation));
    }

    [Fact]
    public async Task A_running_period_is_averaged_up_to_the_end_of_the_data()
    {
        // The data of these reports ends with 2028: half an hour before it and two hours after it, of sessions stamped in the future.
        some.Session(1, "/a", "2028-12-31T23:30:00Z", 9000);
        var running = await some.Of("2028-12-31T23:00:00Z", "2029-01-01T03:00:00Z");
        Assert.Equal(2.5, await running.Totals.TuningHoursAsync(Cancellation));
        Assert.Equal(1800 / 3600.0, await running.Totals.AverageConcurrentAsync(Cancellation));
        Assert.False(running.Period.Complete);

        var later = await some.Of("2029-01-01T01:00:00Z", "2029-01-01T03:00:00Z");
        Assert.Equal((1, 0), (await later.Totals.TuningHoursAsync(Cancellation), await later.Totals.AverageConcurrentAsync(Cancellation)));
    }

    [Fact]
    public async Task Too_many_buckets_are_refused()
    {
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 60);
        var report = await some.Of("2026-01-01T00:00:00Z", "2026-05-01T00:00:00Z");
        var error = Assert.Throws<ReportException>(() => report.TimeSeries(Interval.QuarterHour));
        Assert.Equal("INTERVAL_TOO_FINE", error.Code);
        Assert.Equal("The period has more than 10000 buckets of one QUARTER_HOUR: ask for a wider interval or a shorter period. (Setting Reports:MaximumBuckets.)", error.Message);
        Assert.Equal(10_000, error.Limit);
    }

    [Theory]
    [InlineData(new Dimension[0])]
    [InlineData(new[] { Dimension.City, Dimension.City })]
    [InlineData(new[] { Dimension.City, Dimension.Mount, Dimension.Date, Dimension.Month })]
    public async Task One_to_three_different_dimensions_are_allowed(Dimension[] by)
    {
        some.Session(1, "/a", "2026-10-01T10:00:00Z", 60);
        var report = await some.Of("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z");
        var error = await Assert.ThrowsAsync<ReportException>(
            () => report.GroupsAsync(new GroupRequest(by, null, [], Metric.Sessions, new PageRequest()), Cancellation));
        Assert.Equal("DIMENSIONS_INVALID", error.Code);
        Assert.Equal($"Cannot group by [{string.Join(", ", by).ToUpperInvariant()}]: expected one to three different dimensions.", error.Message);
    }

    public void Dispose() => some.Dispose();

    private static async Task<List<string>> Rows(Report report, Dimension by, Metric order)
    {
        var page = await report.GroupsAsync(
            new GroupRequest([by], null, [new Sort<Metric>(order, Descending: true)], order, new PageRequest()), Cancellation);
        var rows = new List<string>();
        foreach (var group in page.Edges.Select(edge => edge.Node))
        {
            var key = group.Keys[0].Value ?? group.Keys[0].Label;
            rows.Add($"{key} {await group.Metrics.VisitsAsync(Cancellation)} visits {await group.Metrics.SessionsAsync(Cancellation)} sessions");
        }

        return rows;
    }
}
