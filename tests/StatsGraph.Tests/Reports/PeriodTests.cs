using NodaTime;
using NodaTime.Text;
using StatsGraph.Reports;
using StatsGraph.Reports.Periods;
using Interval = StatsGraph.Reports.Periods.Interval;

namespace StatsGraph.Tests.Reports;

public class PeriodTests
{
    private static readonly Instant Now = Utc("2026-11-22T17:00:00Z"); // a Sunday
    private static readonly ZoneClock Berlin = ZoneClock.Of("Europe/Berlin");

    [Theory]
    [InlineData(PeriodPreset.Today, "2026-11-21T23:00:00Z", "2026-11-22T23:00:00Z")]
    [InlineData(PeriodPreset.Yesterday, "2026-11-20T23:00:00Z", "2026-11-21T23:00:00Z")]
    [InlineData(PeriodPreset.ThisWeek, "2026-11-15T23:00:00Z", "2026-11-22T23:00:00Z")]
    [InlineData(PeriodPreset.LastWeek, "2026-11-08T23:00:00Z", "2026-11-15T23:00:00Z")]
    [InlineData(PeriodPreset.ThisMonth, "2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z")]
    [InlineData(PeriodPreset.LastMonth, "2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z")]
    [InlineData(PeriodPreset.ThisYear, "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z")]
    [InlineData(PeriodPreset.LastYear, "2024-12-31T23:00:00Z", "2025-12-31T23:00:00Z")]
    [InlineData(PeriodPreset.Last7Days, "2026-11-14T23:00:00Z", "2026-11-21T23:00:00Z")]
    [InlineData(PeriodPreset.Last30Days, "2026-10-22T22:00:00Z", "2026-11-21T23:00:00Z")]
    [InlineData(PeriodPreset.Last12Months, "2025-10-31T23:00:00Z", "2026-10-31T23:00:00Z")]
    public void Presets_are_whole_units_of_the_zone(PeriodPreset preset, string from, string to)
    {
        var period = Resolve(new PeriodRequest.Preset(preset));
        Assert.Equal((Utc(from), Utc(to)), (period.From, period.To));
    }

    [Theory]
    [InlineData(PeriodPreset.Today, "2026-11-20T23:00:00Z", "2026-11-21T23:00:00Z")]
    [InlineData(PeriodPreset.ThisWeek, "2026-11-08T23:00:00Z", "2026-11-15T23:00:00Z")]
    [InlineData(PeriodPreset.ThisMonth, "2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z")]
    [InlineData(PeriodPreset.ThisYear, "2024-12-31T23:00:00Z", "2025-12-31T23:00:00Z")]
    [InlineData(PeriodPreset.Last7Days, "2026-11-07T23:00:00Z", "2026-11-14T23:00:00Z")]
    [InlineData(PeriodPreset.Last30Days, "2026-09-22T22:00:00Z", "2026-10-22T22:00:00Z")]
    [InlineData(PeriodPreset.Last12Months, "2024-10-31T23:00:00Z", "2025-10-31T23:00:00Z")]
    public void The_period_before_is_the_unit_before_or_as_many_days_before(PeriodPreset preset, string from, string to)
    {
        var before = Resolve(new PeriodRequest.Preset(preset)).ComparedTo(Comparison.PreviousPeriod);
        Assert.Equal((Utc(from), Utc(to)), (before.From, before.To));
    }

    [Fact]
    public void The_period_before_free_days_has_as_many_days_and_before_instants_as_many_seconds()
    {
        var days = Resolve(new PeriodRequest.Days(new LocalDate(2026, 10, 20), new LocalDate(2026, 10, 30)));
        var before = days.ComparedTo(Comparison.PreviousPeriod);
        Assert.Equal((Utc("2026-10-09T22:00:00Z"), Utc("2026-10-19T22:00:00Z")), (before.From, before.To));

        var instants = Resolve(new PeriodRequest.Instants(Utc("2026-10-25T00:30:00Z"), Utc("2026-10-25T01:45:00Z")));
        before = instants.ComparedTo(Comparison.PreviousPeriod);
        Assert.Equal((Utc("2026-10-24T23:15:00Z"), Utc("2026-10-25T00:30:00Z")), (before.From, before.To));
    }

    [Theory]
    [InlineData("2024-02-29", "2024-03-01", "2023-02-28", "2023-03-01")]
    [InlineData("2024-02-28", "2024-02-29", "2023-02-28", "2023-03-01")]
    [InlineData("2025-02-01", "2025-03-01", "2024-02-01", "2024-03-01")]
    [InlineData("2026-03-29", "2026-03-30", "2025-03-29", "2025-03-30")]
    public void The_year_before_shifts_local_dates_and_is_never_empty(string from, string to, string expectedFrom, string expectedTo)
    {
        var period = Resolve(new PeriodRequest.Days(Date(from), Date(to))).ComparedTo(Comparison.PreviousYear);
        Assert.Equal((Date(expectedFrom), Date(expectedTo)), (Berlin.Date(period.From), Berlin.Date(period.To)));
    }

    [Fact]
    public void A_month_stays_a_month_when_it_is_compared_with_the_year_before()
    {
        var period = Resolve(new PeriodRequest.Month("2025-02")).ComparedTo(Comparison.PreviousYear).ComparedTo(Comparison.PreviousPeriod);
        Assert.Equal((new LocalDate(2024, 1, 1), new LocalDate(2024, 2, 1)), (Berlin.Date(period.From), Berlin.Date(period.To)));
    }

    [Theory]
    [InlineData("2026-13", "'2026-13' is no month; expected year and month such as 2026-10, from 1970-01 to 9989-12.")]
    [InlineData("October", "'October' is no month; expected year and month such as 2026-10, from 1970-01 to 9989-12.")]
    [InlineData("1969-12", "'1969-12' is no month; expected year and month such as 2026-10, from 1970-01 to 9989-12.")]
    public void A_malformed_month_is_refused_by_name(string text, string message)
    {
        var error = Assert.Throws<ReportException>(() => Resolve(new PeriodRequest.Month(text)));
        Assert.Equal(("PERIOD_INVALID", message, text), (error.Code, error.Message, error.Value));
    }

    [Fact]
    public void Empty_periods_and_fractions_of_seconds_and_eleven_years_are_refused()
    {
        Refused(
            new PeriodRequest.Days(new LocalDate(2026, 10, 2), new LocalDate(2026, 10, 2)),
            "The period from 2026-10-02 to 2026-10-02 is empty: 'to' is exclusive and must come after 'from'.");
        Refused(
            new PeriodRequest.Instants(Utc("2026-10-02T00:00:00Z"), Utc("2026-10-01T00:00:00Z")),
            "The period from 2026-10-02T00:00:00Z to 2026-10-01T00:00:00Z is empty: 'to' is exclusive and must come after 'from'.");
        Refused(
            new PeriodRequest.Instants(Utc("2026-10-02T00:00:00Z").PlusNanoseconds(500_000_000), Utc("2026-10-03T00:00:00Z")),
            "2026-10-02T00:00:00Z is not on a whole second.");
        Refused(
            new PeriodRequest.Days(new LocalDate(2016, 1, 1), new LocalDate(2026, 1, 2)),
            "The period 2015-12-31T23:00:00Z/2026-01-01T23:00:00Z is longer than 10 years: ask for a shorter one. (Setting Reports:MaximumYears.)");
    }

    [Theory]
    [InlineData("Europe/Atlantis")]
    [InlineData("UTC+02")]
    [InlineData("")]
    public void A_zone_that_is_not_of_the_IANA_database_is_refused(string name)
    {
        var error = Assert.Throws<ReportException>(() => ZoneClock.Of(name));
        Assert.Equal("TIME_ZONE_UNKNOWN", error.Code);
        Assert.Equal($"There is no time zone '{name}'; expected a name of the IANA database such as Europe/Berlin.", error.Message);
    }

    [Theory]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-24", 24)]
    public void A_day_has_as_many_hour_buckets_as_the_clock_shows_hours(string date, int hours)
    {
        var day = Resolve(new PeriodRequest.Days(Date(date), Date(date).PlusDays(1)));
        var runs = Buckets.Cut(Interval.Hour, day).ToList();
        Assert.Equal(hours, runs.Count);
        Assert.All(runs, run => Assert.Equal(3600, run.To - run.From));
        AssertPartition(day, runs);
    }

    [Fact]
    public void A_change_of_half_an_hour_cuts_hours_where_the_offset_changes()
    {
        // Lord Howe goes from +11:00 to +10:30 on 5 April 2026 at 02:00: the half hour from 01:30 comes twice.
        var clock = ZoneClock.Of("Australia/Lord_Howe");
        var day = PeriodResolver.Resolve(new PeriodRequest.Days(new LocalDate(2026, 4, 5), new LocalDate(2026, 4, 6)), clock, Now, 10);
        var runs = Buckets.Cut(Interval.Hour, day).ToList();
        Assert.Equal([3600, 3600, 1800, 3600], runs.Take(4).Select(run => run.To - run.From));
        AssertPartition(day, runs);

        // Hour 1 owns both its hour and the half hour that comes again: they touch, so they are one slice of 90 minutes.
        var hours = TimeKeys.OfHours(day);
        Assert.Equal(5400, hours.Seconds(long.MaxValue)[1]);
        Assert.Equal(6, hours.QuarterHours()[1]);
    }

    [Theory]
    [InlineData("2026-10-01", "2026-10-04", Interval.Hour)]
    [InlineData("2026-10-01", "2026-10-05", Interval.Day)]
    [InlineData("2026-10-01", "2027-01-01", Interval.Day)]
    [InlineData("2026-10-01", "2027-01-02", Interval.Week)]
    [InlineData("2024-10-01", "2026-10-01", Interval.Week)]
    [InlineData("2024-10-01", "2026-10-02", Interval.Month)]
    public void AUTO_follows_the_length_of_the_period(string from, string to, Interval expected) =>
        Assert.Equal(expected, Buckets.Resolve(Interval.Auto, Resolve(new PeriodRequest.Days(Date(from), Date(to)))));

    [Theory]
    [InlineData(Interval.QuarterHour)]
    [InlineData(Interval.Hour)]
    [InlineData(Interval.Day)]
    [InlineData(Interval.Week)]
    [InlineData(Interval.Month)]
    public void Buckets_are_clipped_to_the_period_and_leave_nothing_out(Interval width)
    {
        var period = Resolve(new PeriodRequest.Instants(Utc("2026-09-28T21:07:11Z"), Utc("2026-11-02T00:41:59Z")));
        AssertPartition(period, Buckets.Cut(width, period).ToList());
    }

    [Fact]
    public void Weeks_begin_on_Monday()
    {
        var period = Resolve(new PeriodRequest.Month("2026-10"));
        Assert.Equal(
            [new LocalDate(2026, 10, 1), new LocalDate(2026, 10, 5), new LocalDate(2026, 10, 12), new LocalDate(2026, 10, 19), new LocalDate(2026, 10, 26)],
            Buckets.Cut(Interval.Week, period).Select(run => Berlin.Date(Instant.FromUnixTimeSeconds(run.From))));
    }

    /// <summary>Samoa went over the date line at the end of 29 December 2011, to the side where the 31st began.</summary>
    [Fact]
    public void A_day_that_a_zone_left_out_has_no_bucket_and_the_others_are_whole()
    {
        var period = PeriodResolver.Resolve(new PeriodRequest.Month("2011-12"), ZoneClock.Of("Pacific/Apia"), Now, 10);
        var days = Buckets.Cut(Interval.Day, period).ToList();
        Assert.Equal(30, days.Count);
        Assert.All(days, day => Assert.Equal(NodaConstants.SecondsPerDay, day.To - day.From));
        Assert.Equal(Utc("2011-12-30T10:00:00Z").ToUnixTimeSeconds(), days[29].From);
        AssertPartition(period, days);
        Assert.Equal(period.Clock.StartOf(Date("2011-12-31")), period.Clock.StartOf(Date("2011-12-30")));
    }

    private static void AssertPartition(CalendarPeriod period, List<Run> runs)
    {
        Assert.Equal(period.Run.From, runs[0].From);
        Assert.Equal(period.Run.To, runs[^1].To);
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(runs, run => Assert.True(run.From < run.To));
    }

    private static void Refused(PeriodRequest request, string message) =>
        Assert.Equal(message, Assert.Throws<ReportException>(() => Resolve(request)).Message);

    private static CalendarPeriod Resolve(PeriodRequest request) => PeriodResolver.Resolve(request, Berlin, Now, 10);

    private static Instant Utc(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
