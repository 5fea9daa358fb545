using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace StatsGraph.Reports.Periods;

/// <summary>Turns what was asked for into instants.</summary>
internal static class PeriodResolver
{
    private static readonly Instant Earliest = Instant.FromUnixTimeSeconds(0);
    private static readonly Instant Latest = Instant.FromUtc(9990, 1, 1, 0, 0);

    /// <summary>Resolves a request in a zone at an instant.</summary>
    /// <exception cref="ReportException">The period is empty, malformed, or longer than is allowed.</exception>
    public static CalendarPeriod Resolve(PeriodRequest request, ZoneClock clock, Instant now, int maximumYears)
    {
        var period = request switch
        {
            PeriodRequest.Preset preset => OfPreset(preset.Name, clock, clock.Date(now)),
            PeriodRequest.Month month => OfMonth(month.Text, clock),
            PeriodRequest.Days days => OfDays(days, clock),
            PeriodRequest.Instants instants => OfInstants(instants, clock),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request, "Expected a preset, a month, days or instants."),
        };
        if (period.From < Earliest || period.To > Latest)
            throw Invalid($"The period {Describe(period)} lies outside the years 1970 to 9989.", Describe(period));
        if (clock.Local(period.To) > clock.Local(period.From).PlusYears(maximumYears))
        {
            throw new ReportException(
                ReportErrorCodes.Period,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The period {Describe(period)} is longer than {maximumYears} years: ask for a shorter one. (Setting Reports:MaximumYears.)"),
                Describe(period),
                maximumYears);
        }

        return period;
    }

    private static CalendarPeriod OfPreset(PeriodPreset name, ZoneClock clock, LocalDate today)
    {
        var week = ZoneClock.Monday(today);
        var month = ZoneClock.FirstOfMonth(today);
        var year = new LocalDate(today.Year, 1, 1);
        return name switch
        {
            PeriodPreset.Today => CalendarPeriod.OfDays(PeriodUnit.Day, today, today.PlusDays(1), clock),
            PeriodPreset.Yesterday => CalendarPeriod.OfDays(PeriodUnit.Day, today.PlusDays(-1), today, clock),
            PeriodPreset.ThisWeek => CalendarPeriod.OfDays(PeriodUnit.Week, week, week.PlusWeeks(1), clock),
            PeriodPreset.LastWeek => CalendarPeriod.OfDays(PeriodUnit.Week, week.PlusWeeks(-1), week, clock),
            PeriodPreset.ThisMonth => CalendarPeriod.OfDays(PeriodUnit.Month, month, month.PlusMonths(1), clock),
            PeriodPreset.LastMonth => CalendarPeriod.OfDays(PeriodUnit.Month, month.PlusMonths(-1), month, clock),
            PeriodPreset.ThisYear => CalendarPeriod.OfDays(PeriodUnit.Year, year, year.PlusYears(1), clock),
            PeriodPreset.LastYear => CalendarPeriod.OfDays(PeriodUnit.Year, year.PlusYears(-1), year, clock),
            PeriodPreset.Last7Days => CalendarPeriod.OfDays(PeriodUnit.Days, today.PlusDays(-7), today, clock),
            PeriodPreset.Last30Days => CalendarPeriod.OfDays(PeriodUnit.Days, today.PlusDays(-30), today, clock),
            PeriodPreset.Last12Months => CalendarPeriod.OfDays(PeriodUnit.TwelveMonths, month.PlusMonths(-12), month, clock),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Expected a preset."),
        };
    }

    private static CalendarPeriod OfMonth(string text, ZoneClock clock)
    {
        var month = ZoneClock.MonthPattern.Parse(text);
        if (!month.Success || month.Value.Year is < 1970 or > 9989)
            throw Invalid($"'{text}' is no month; expected year and month such as 2026-10, from 1970-01 to 9989-12.", text);
        return CalendarPeriod.OfDays(PeriodUnit.Month, month.Value, month.Value.PlusMonths(1), clock);
    }

    private static CalendarPeriod OfDays(PeriodRequest.Days days, ZoneClock clock)
    {
        if (days.From >= days.To)
            throw Empty(LocalDatePattern.Iso.Format(days.From), LocalDatePattern.Iso.Format(days.To));
        return CalendarPeriod.OfDays(PeriodUnit.Days, days.From, days.To, clock);
    }

    private static CalendarPeriod OfInstants(PeriodRequest.Instants instants, ZoneClock clock)
    {
        foreach (var instant in (ReadOnlySpan<Instant>)[instants.From, instants.To])
        {
            if (instant.ToUnixTimeTicks() % NodaConstants.TicksPerSecond != 0)
                throw Invalid($"{instant} is not on a whole second.", instant.ToString());
        }

        if (instants.From >= instants.To)
            throw Empty(instants.From.ToString(), instants.To.ToString());
        return new CalendarPeriod(PeriodUnit.Instants, instants.From, instants.To, clock);
    }

    private static ReportException Empty(string from, string to) =>
        Invalid($"The period from {from} to {to} is empty: 'to' is exclusive and must come after 'from'.", $"{from}/{to}");

    private static string Describe(CalendarPeriod period) =>
        string.Create(CultureInfo.InvariantCulture, $"{period.From}/{period.To}");

    private static ReportException Invalid(string message, string value) => new(ReportErrorCodes.Period, message, value);
}
