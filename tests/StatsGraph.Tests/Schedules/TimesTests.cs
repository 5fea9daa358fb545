using StatsGraph.Schedules;
using StatsGraph.Schedules.Times;
using static StatsGraph.Tests.Schedules.SomeSchedules;

namespace StatsGraph.Tests.Schedules;

/// <summary>When runs are due and which days they are of: months, leap days, weeks, and changes of the clock.</summary>
public sealed class TimesTests
{
    [Theory]
    [InlineData("0 6 1 * *", "Europe/Berlin", "2026-10-24T00:00:00Z", "2026-11-01T05:00:00Z 2026-12-01T05:00:00Z")]
    [InlineData("0 6 29 2 *", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T06:00:00Z 2032-02-29T06:00:00Z")]
    [InlineData("0 0 L * *", "UTC", "2028-02-01T00:00:00Z", "2028-02-29T00:00:00Z 2028-03-31T00:00:00Z")]
    // The clock goes forward at 2:00 on 29 March 2026: half past two is left out, and the first time after the gap is 3:00.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z 2026-03-30T00:30:00Z")]
    // It goes back at 3:00 on 25 October 2026: half past two comes twice, and is meant once.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z")]
    [InlineData("*/30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z 2026-10-25T00:30:00Z 2026-10-25T01:00:00Z 2026-10-25T01:30:00Z 2026-10-26T01:00:00Z")]
    public void A_schedule_is_due_by_the_clock_of_its_zone(string cron, string zone, string after, string expected)
    {
        var times = CronTimes.Parse(cron, zone);
        var due = expected.Split(' ').Select(At).ToList();
        var found = new List<DateTimeOffset>();
        for (var time = At(after); found.Count < due.Count; found.Add(time))
            time = times.After(time)!.Value;
        Assert.Equal(due, found);
        Assert.Equal(due.AsEnumerable().Reverse(), times.Between(At(after), due[^1]));
        Assert.Equal(due.Skip(1).Reverse(), times.Between(due[0], due[^1]));
    }

    [Theory]
    [InlineData("today", "2026-11-22", "2026-11-22_2026-11-23")]
    [InlineData("yesterday", "2028-03-01", "2028-02-29_2028-03-01")]
    [InlineData("yesterday", "2027-01-01", "2026-12-31_2027-01-01")]
    [InlineData("this week", "2026-11-22", "2026-11-16_2026-11-23")]
    [InlineData("last week", "2026-11-23", "2026-11-16_2026-11-23")]
    [InlineData("last week", "2026-11-22", "2026-11-09_2026-11-16")]
    [InlineData("this month", "2028-02-29", "2028-02")]
    [InlineData("last month", "2028-03-31", "2028-02")]
    [InlineData("Last  Month", "2027-01-31", "2026-12")]
    [InlineData("this quarter", "2026-11-22", "2026-Q4")]
    [InlineData("last quarter", "2026-01-01", "2025-Q4")]
    [InlineData("this year", "2026-11-22", "2026")]
    [InlineData("last year", "2026-11-22", "2025")]
    [InlineData("last 7 days", "2028-03-03", "2028-02-25_2028-03-03")]
    [InlineData("last 1 day", "2026-11-22", "2026-11-21_2026-11-22")]
    [InlineData("last 3 months", "2026-02-28", "2025-11-01_2026-02-01")]
    [InlineData("last 12 months", "2027-01-15", "2026")]
    public void A_relative_period_follows_from_the_day(string text, string day, string expected)
        => Assert.Equal(expected, RelativePeriod.Parse(text).Of(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value).Name);

    [Theory]
    [InlineData("next month")]
    [InlineData("last 0 days")]
    [InlineData("last 401 days")]
    [InlineData("last weeks")]
    [InlineData("")]
    public void What_is_no_relative_period_is_refused(string text)
        => Assert.Equal($"'{text}' is no relative period; {RelativePeriod.Expectation}", Assert.Throws<ScheduleException>(() => RelativePeriod.Parse(text)).Message);

    [Theory]
    [InlineData("0 6 1 *")]
    [InlineData("61 * * * *")]
    [InlineData("soon")]
    public void What_is_no_cron_expression_is_refused(string cron)
    {
        var message = Assert.Throws<ScheduleException>(() => CronTimes.Parse(cron, "UTC")).Message;
        Assert.StartsWith($"'{cron}' is no cron expression (", message, StringComparison.Ordinal);
        Assert.EndsWith("); expected minute, hour, day of the month, month and day of the week, such as '0 6 1 * *'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_never_comes_and_a_zone_that_is_none_are_refused()
    {
        Assert.Equal("'0 0 30 2 *' is a time that never comes", Assert.Throws<ScheduleException>(() => CronTimes.Parse("0 0 30 2 *", "UTC")).Message);
        Assert.StartsWith("this machine has no time zone 'Mars'; ", Assert.Throws<ScheduleException>(() => CronTimes.Parse("0 0 1 * *", "Mars")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_waits_until_its_period_has_settled_in_the_zone_of_the_site()
    {
        using var some = new SomeSchedules("2026-11-01T00:00:00Z");
        var schedule = some.Schedule("0 6 1 * *", "Europe/Berlin") with { SiteTimeZone = "America/New_York" };
        var due = At("2026-11-01T05:00:00Z");
        // In New York October ends at 4:00 UTC, for summer time ends later that night.
        Assert.Equal(due, new DueRun(schedule, due).Ready);
        Assert.Equal(At("2026-11-04T05:00:00Z"), new DueRun(schedule with { SettleAfterDays = 3 }, due).Ready);
        // Where the schedule is ahead of the site, not even the period itself is over.
        var early = some.Schedule("30 0 1 * *", "Europe/Berlin") with { SiteTimeZone = "America/New_York" };
        Assert.Equal(("2026-10", At("2026-11-01T04:00:00Z")), (new DueRun(early, At("2026-10-31T23:30:00Z")).Period.Name, new DueRun(early, At("2026-10-31T23:30:00Z")).Ready));
        // What runs on is not waited for.
        Assert.Equal(due, new DueRun(some.Schedule("0 6 1 * *", "Europe/Berlin", "this month"), due).Ready);
    }
}
