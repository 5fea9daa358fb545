using NodaTime;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Profiles;

namespace StatsGraph.Tests.Compliance;

/// <summary>Reports on a handful of sessions, each expectation worked out by hand beside them.</summary>
public sealed class ComplianceReportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_across_the_end_of_a_month_is_divided_exactly()
    {
        // 23:30:00 to 00:59:59 UTC on the last day of October: 1,800 s in October, 3,599 s in November.
        using var some = new SomeCompliance();
        some.Session("/live", "2026-10-31T23:30:00Z", 5_399);
        var (october, november) = (await some.DraftAsync("US-ATH", "2026-10"), await some.DraftAsync("US-ATH", "2026-11"));
        Assert.Equal((1_800, 1, 1), (october.Total.Territory.ListeningSeconds, october.Total.Territory.Sessions, october.Total.ActiveSessions));
        Assert.Equal((3_599, 0, 1), (november.Total.Territory.ListeningSeconds, november.Total.Territory.Sessions, november.Total.ActiveSessions));
        Assert.Equal(1_800, (await some.DraftAsync("US-ATH", "2026-10")).Days[^1].Territory);
    }

    [Fact]
    public async Task The_month_is_that_of_the_sites_zone()
    {
        // In New York October ends at 04:00 UTC: of 03:00 to 05:00, one hour is October's.
        using var some = new SomeCompliance("America/New_York");
        some.Session("/live", "2026-11-01T03:00:00Z", 7_200);
        var october = await some.DraftAsync("US-ATH", "2026-10");
        Assert.Equal(3_600, october.Total.Territory.ListeningSeconds);
        Assert.Equal((At("2026-10-01T04:00:00Z"), At("2026-11-01T04:00:00Z")), (october.Period.Start, october.Period.End));
        Assert.Equal(3_600, (await some.DraftAsync("US-ATH", "2026-11")).Total.Territory.ListeningSeconds);
    }

    [Fact]
    public async Task A_month_with_a_change_of_clocks_has_its_true_hours()
    {
        // One session over all of October in Berlin, whose last Sunday has 25 hours, and all of March 2027, whose last Sunday has 23.
        using var some = new SomeCompliance("Europe/Berlin");
        some.Session("/live", "2026-09-30T22:00:00Z", (31 * 86_400) + 3_600, "DE").Session("/live", "2027-02-28T23:00:00Z", (31 * 86_400) - 3_600, "DE");
        var october = await some.DraftAsync("DE-GVL", "2026-10");
        Assert.Equal(745 * 3_600L, october.Total.Territory.ListeningSeconds);
        Assert.Equal(25 * 3_600L, october.Days.Single(day => day.Date == new LocalDate(2026, 10, 25)).Territory);
        Assert.Equal(1, Measure(october.Total, "average").Value);
        Assert.All(Measure(october.Total, "hour").Points!, hour => Assert.Equal(1, hour.Value));
        Assert.Equal(743 * 3_600L, (await some.DraftAsync("DE-GVL", "2027-03")).Total.Territory.ListeningSeconds);
    }

    [Fact]
    public async Task The_end_of_a_month_in_a_night_with_a_change_of_clocks_divides_a_session_where_it_is()
    {
        // In New York the clocks go back on 1 November 2026, at 06:00 UTC. From 23:30 on 31 October to the second 01:30 are 3 hours, half an hour of them October's.
        using var some = new SomeCompliance("America/New_York");
        some.Session("/live", "2026-11-01T03:30:00Z", 3 * 3_600);
        var (october, november) = (await some.DraftAsync("US-ATH", "2026-10"), await some.DraftAsync("US-ATH", "2026-11"));
        Assert.Equal((1_800, 1), (october.Total.Territory.ListeningSeconds, october.Total.Territory.Sessions));
        Assert.Equal((9_000, 0), (november.Total.Territory.ListeningSeconds, november.Total.Territory.Sessions));
        Assert.Equal((721.0, 744.0), ((november.Period.End - november.Period.Start).TotalHours, (october.Period.End - october.Period.Start).TotalHours));
    }

    [Fact]
    public async Task February_of_a_leap_year_has_its_29th_day()
    {
        // All of February 2028, 29 days, on one mount; and the hours before and after the end of its 29th on another.
        using var some = new SomeCompliance(now: "2028-06-01T00:00:00Z");
        some.Session("/all", "2028-02-01T00:00:00Z", 29 * 86_400).Session("/night", "2028-02-29T23:00:00Z", 7_200);
        var (february, march) = (await some.DraftAsync("US-ATH", "2028-02"), await some.DraftAsync("US-ATH", "2028-03"));
        Assert.Equal([("/all", 696.0), ("/night", 1.0)], february.Channels.Select(channel => (channel.Name!, channel.Territory.TuningHours)));
        Assert.Equal((new LocalDate(2028, 2, 29), 86_400 + 3_600), (february.Days[^1].Date, february.Days[^1].Territory));
        Assert.Equal((3_600, 0, 1), (march.Total.Territory.ListeningSeconds, march.Total.Territory.Sessions, march.Total.ActiveSessions));
    }

    [Theory]
    [InlineData("2028-02", 29)]
    [InlineData("2027-02", 28)]
    [InlineData("2100-02", 28)]
    [InlineData("2028-Q1", 91)]
    [InlineData("2028-H2", 184)]
    [InlineData("2028", 366)]
    [InlineData("2028-02-28_2028-03-02", 3)]
    public async Task Periods_have_the_days_of_the_calendar(string period, int days)
    {
        using var some = new SomeCompliance();
        some.Session("/live", "2026-10-01T00:00:00Z", 60);
        var report = await some.DraftAsync("US-ATH", period);
        Assert.Equal(days, report.Days.Count);
        Assert.Equal((period, days * 86_400), (report.Period.Name, (report.Period.End - report.Period.Start).TotalSeconds));
    }

    [Theory]
    [InlineData("2026-13")]
    [InlineData("2026-Q5")]
    [InlineData("october")]
    [InlineData("2026-10-08_2026-10-01")]
    [InlineData("2026-02-30_2026-03-01")]
    public void What_is_no_period_is_refused(string name)
        => Assert.Equal($"'{name}' is no period; {CompliancePeriod.Expectation}", Assert.Throws<ComplianceException>(() => CompliancePeriod.Parse(name)).Message);

    [Fact]
    public async Task Territories_count_as_the_United_States_and_unknown_countries_are_shown_apart()
    {
        using var some = new SomeCompliance();
        foreach (var (place, number) in new[] { "US", "PR", "GU", "VI", "AS", "MP" }.Select((place, number) => (place, number)))
            some.Session("/live", $"2026-10-0{number + 1}T12:00:00Z", 100, place);
        some.Session("/live", "2026-10-10T12:00:00Z", 20, "CA").Session("/live", "2026-10-11T12:00:00Z", 3, null);
        var total = (await some.DraftAsync("US-ATH", "2026-10")).Total;
        Assert.Equal(new Listening(600, 6), total.Territory);
        Assert.Equal(new Listening(20, 1), total.Outside);
        Assert.Equal(new Listening(3, 1), total.Unknown);
        Assert.Equal(new Listening(623, 8), total.All);
        Assert.Equal(total.All, total.Territory.Plus(total.Outside).Plus(total.Unknown));
    }

    [Fact]
    public async Task Without_a_territory_all_known_countries_are_in_it_and_none_is_outside()
    {
        using var some = new SomeCompliance();
        some.Session("/live", "2026-10-10T12:00:00Z", 200, "CA").Session("/live", "2026-10-11T12:00:00Z", 100, null);
        var total = (await some.DraftAsync("INDUSTRY", "2026-10")).Total;
        Assert.Equal((200, 0, 100, 300), (
            total.Territory.ListeningSeconds, total.Outside.ListeningSeconds, total.Unknown.ListeningSeconds, total.All.ListeningSeconds));
    }

    [Fact]
    public async Task Relays_and_bots_are_left_out_and_counted_with_the_lines_that_are_no_sessions()
    {
        using var some = new SomeCompliance();
        some.Session("/live", "2026-10-10T12:00:00Z", 100)
            .Session("/live", "2026-10-10T12:00:00Z", 1_000, kind: "relay").Session("/live", "2026-10-10T13:00:00Z", 1_000, kind: "bot")
            .Session("/live", "2026-11-10T13:00:00Z", 1_000, kind: "bot")
            .Rejected("no-duration", "2026-10-10T12:00:00Z").Rejected("no-duration", "2026-11-10T12:00:00Z").Rejected("bad-date");
        var report = await some.DraftAsync("US-ATH", "2026-10");
        Assert.Equal(new Listening(100, 1), report.Total.All);
        Assert.Equal(
            [
                new LeftOutLines("relay", null, 1, 0), new LeftOutLines("bot", null, 1, 0), new LeftOutLines("rejected", "bad-date", 0, 1),
                new LeftOutLines("rejected", "no-duration", 1, 0),
            ],
            report.LeftOut);
    }

    [Fact]
    public async Task The_threshold_is_of_each_channel_and_month_and_projected_while_the_month_runs()
    {
        // The data end on 16 October 12:00, exactly half of the month of 31 days. 200 sessions of 10 h and one of 1 h: 2,001 h on /live, 0 h on /jazz in the US.
        using var some = new SomeCompliance(now: "2026-10-16T12:00:00Z");
        for (var number = 0; number < 20; number++)
            some.Session("/live", $"2026-10-0{1 + (number % 9)}T00:00:00Z", 360_000, listener: number);
        some.Session("/live", "2026-10-16T11:00:00Z", 3_600).Session("/jazz", "2026-10-05T00:00:00Z", 36_000, "DE");
        var report = await some.DraftAsync("US-ATH", "2026-10");
        var live = Assert.Single(report.Channels.Single(channel => channel.Name == "/live").Threshold);
        Assert.Equal(("2026-10", 159_140, 2_001), (live.Month, live.Threshold, live.TuningHours));
        Assert.Equal(2_001 / 159_140.0, live.Share);
        Assert.Equal((0.5, 4_002, 4_002 / 159_140.0), (live.Projection!.Elapsed, live.Projection.TuningHours, live.Projection.Share));
        Assert.Equal(
            "2,001.0 of 159,140 tuning hours in 2026-10: 1.3 %. The data cover 50.0 % of the month; if the rest is alike, it comes to 4,002.0 hours: 2.5 %.", live.Text);
        Assert.Equal(0, Assert.Single(report.Channels.Single(channel => channel.Name == "/jazz").Threshold).TuningHours);
        Assert.Empty(report.Total.Threshold);
        Assert.Contains(report.Remarks, remark => remark.StartsWith("The data are not complete: they reach up to 2026-10-16T12:00:00Z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_quarter_is_compared_month_by_month_and_a_week_not_at_all()
    {
        using var some = new SomeCompliance();
        some.Session("/live", "2026-10-31T23:00:00Z", 7_200).Session("/live", "2026-12-01T00:00:00Z", 1_800);
        var quarter = Assert.Single((await some.DraftAsync("US-ATH", "2026-Q4")).Channels);
        Assert.Equal([("2026-10", 1.0), ("2026-11", 1.0), ("2026-12", 0.5)], quarter.Threshold.Select(month => (month.Month, month.TuningHours)));
        Assert.All(quarter.Threshold.Take(1), month => Assert.Null(month.Projection));
        var week = await some.DraftAsync("US-ATH", "2026-10-26_2026-11-02");
        Assert.Empty(Assert.Single(week.Channels).Threshold);
        Assert.Contains("The threshold is of a calendar month, and the period has no whole one: it is not compared.", week.Remarks);
    }

    [Fact]
    public async Task Groups_of_mounts_are_channels_and_all_channels_add_up_to_the_report()
    {
        using var some = new SomeCompliance(aliases: new Dictionary<string, string> { ["/old"] = "/live.mp3" })
            .With(("Main", ["/live.aac", "/old"]), ("Silent", ["/never"]));
        some.Session("/live.mp3", "2026-10-10T12:00:00Z", 100, listener: 1).Session("/old", "2026-10-10T13:00:00Z", 10, listener: 1)
            .Session("/live.aac", "2026-10-10T12:00:30Z", 100, "DE", listener: 1).Session("/jazz", "2026-10-11T12:00:00Z", 7, null, listener: 2);
        foreach (var profile in ComplianceProfiles.BuiltIn.All)
        {
            var report = await some.DraftAsync(profile.Name, "2026-10");
            var plain = (await some.ReportAsync(CompliancePeriod.Parse("2026-10"), profile.MinimumDuration)).Totals;
            Assert.Equal(await plain.ListeningSecondsAsync(Cancellation), report.Channels.Sum(channel => channel.All.ListeningSeconds));
            Assert.Equal(await plain.SessionsAsync(Cancellation), report.Channels.Sum(channel => channel.All.Sessions));
            Assert.Equal(report.Total.Territory, Sum(report.Channels.Select(channel => channel.Territory)));
            Assert.Equal(report.Total.Outside, Sum(report.Channels.Select(channel => channel.Outside)));
            Assert.Equal(report.Total.Unknown, Sum(report.Channels.Select(channel => channel.Unknown)));
            Assert.Equal(report.Total.ActiveSessions, report.Channels.Sum(channel => channel.ActiveSessions));
            Assert.Equal(report.Total.All.ListeningSeconds, report.Days.Sum(day => day.Territory + day.Outside + day.Unknown));
        }

        var industry = await some.DraftAsync("INDUSTRY", "2026-10");
        Assert.Equal(["Main", "Silent"], industry.Channels.Select(channel => channel.Name));
        Assert.Equal(["/live.aac", "/live.mp3"], industry.Channels[0].Mounts);
        var us = await some.DraftAsync("US-ATH", "2026-10");
        Assert.Equal([("/jazz", 7), ("Main", 210), ("Silent", 0)], us.Channels.Select(channel => (channel.Name, channel.All.ListeningSeconds)));
    }

    [Fact]
    public async Task The_industry_measures_are_those_of_sessions_of_a_minute_and_more()
    {
        // November has 720 h, and the data go on after it. A: open before it, 2 h in it. B: 1 h in it, the same listener. C: 59 s, too short. D: another listener, 60 s.
        using var some = new SomeCompliance();
        some.Session("/live", "2026-10-31T22:00:00Z", 14_400, listener: 1).Session("/live", "2026-11-05T00:00:00Z", 3_600, listener: 1)
            .Session("/live", "2026-11-06T00:00:00Z", 59, listener: 3).Session("/live", "2026-11-07T00:00:00Z", 60, "FR", listener: 2)
            .Session("/live", "2026-12-05T00:00:00Z", 60);
        var report = await some.DraftAsync("INDUSTRY", "2026-11");
        var hours = (7_200 + 3_600 + 60) / 3_600.0;
        var expected = new Dictionary<string, double?>
        {
            ["SS"] = 2,
            ["AS"] = 3,
            ["TLH"] = hours,
            ["ATSL"] = hours / 3,
            ["AAS"] = (7_200 + 3_600 + 60) / (720 * 3_600.0),
            ["CUME"] = 2,
        };
        Assert.Equal(expected, report.Total.Measures.ToDictionary(measure => measure.Name, measure => measure.Value));
        Assert.Equal(expected, Assert.Single(report.Channels).Measures.ToDictionary(measure => measure.Name, measure => measure.Value));
        Assert.Contains(new LeftOutLines("listener", "shorter than 60 s", 1, 0), report.LeftOut);
    }

    [Fact]
    public async Task Shares_of_countries_add_up_and_name_the_unknown()
    {
        using var some = new SomeCompliance().With(("All", ["/a", "/b"]));
        some.Session("/a", "2026-10-10T12:00:00Z", 50, "GB").Session("/b", "2026-10-10T12:00:00Z", 30, "DE").Session("/b", "2026-10-11T12:00:00Z", 20, null);
        var report = await some.DraftAsync("UK-PPL", "2026-Q4");
        foreach (var channel in (ChannelFigures[])[report.Total, Assert.Single(report.Channels)])
        {
            Assert.Equal(
                [new MeasurePoint("DE", 0.3), new MeasurePoint("GB", 0.5), new MeasurePoint("unknown", 0.2)],
                Measure(channel, "territory").Points!.OrderBy(point => point.Key, StringComparer.Ordinal));
            Assert.Equal((0.5, 100 / 3_600.0), (Measure(channel, "share").Value, Measure(channel, "TLH").Value));
        }
    }

    [Fact]
    public async Task Sessions_that_begin_or_end_with_the_period_are_active_where_they_are_heard_or_begin()
    {
        // Ends with the last second before November: not active in it. Begins with it; begins with it and lasts no time; was open; ends with it.
        using var some = new SomeCompliance();
        some.Session("/live", "2026-10-31T23:00:00Z", 3_600).Session("/live", "2026-11-01T00:00:00Z", 10).Session("/live", "2026-11-01T00:00:00Z", 0)
            .Session("/live", "2026-10-31T23:59:59Z", 2).Session("/live", "2026-11-30T23:59:59Z", 1);
        Assert.Equal(4, (await some.DraftAsync("US-ATH", "2026-11")).Total.ActiveSessions);
        Assert.Equal(2, (await some.DraftAsync("US-ATH", "2026-10")).Total.ActiveSessions);
    }

    [Fact]
    public async Task A_site_without_data_has_a_report_that_says_so()
    {
        using var some = new SomeCompliance();
        var report = await some.DraftAsync("US-ATH", "2026-10");
        Assert.Equal((new Listening(0, 0), 0, 31), (report.Total.All, report.Channels.Count, report.Days.Count));
        Assert.Equal(["There are no data of this site."], report.Remarks);
        Assert.Equal((null, false, -1), (report.Data.Through, report.Data.Complete, report.Data.LakeVersion));
    }

    private static Instant At(string text) => NodaTime.Text.InstantPattern.General.Parse(text).Value;

    private static MeasureValue Measure(ChannelFigures channel, string name) => channel.Measures.Single(measure => measure.Name == name);

    private static Listening Sum(IEnumerable<Listening> parts) => parts.Aggregate(new Listening(0, 0), (sum, part) => sum.Plus(part));
}
