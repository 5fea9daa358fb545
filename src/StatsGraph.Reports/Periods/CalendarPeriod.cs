using NodaTime;

namespace StatsGraph.Reports.Periods;

/// <summary>What a period is made of, which decides what comes before it.</summary>
internal enum PeriodUnit
{
    Day,
    Week,
    Month,
    TwelveMonths,
    Year,
    Days,
    Instants,
}

/// <summary>A period with its zone: half open, on whole seconds.</summary>
internal sealed record CalendarPeriod(PeriodUnit Unit, Instant From, Instant To, ZoneClock Clock)
{
    /// <summary>The period in seconds.</summary>
    public Run Run => new(From.ToUnixTimeSeconds(), To.ToUnixTimeSeconds());

    /// <summary>A period of whole local days.</summary>
    public static CalendarPeriod OfDays(PeriodUnit unit, LocalDate from, LocalDate to, ZoneClock clock) =>
        new(unit, clock.StartOf(from), clock.StartOf(to), clock);

    /// <summary>The period that this one is compared to.</summary>
    public CalendarPeriod ComparedTo(Comparison baseline) => baseline switch
    {
        Comparison.PreviousPeriod => Previous(),
        Comparison.PreviousYear => YearBefore(),
        _ => throw new ArgumentOutOfRangeException(nameof(baseline), baseline, "Expected a comparison."),
    };

    private CalendarPeriod Previous()
    {
        var (from, to) = (Clock.Date(From), Clock.Date(To));
        return Unit switch
        {
            PeriodUnit.Day => OfDays(Unit, from.PlusDays(-1), from, Clock),
            PeriodUnit.Week => OfDays(Unit, from.PlusWeeks(-1), from, Clock),
            PeriodUnit.Month => OfDays(Unit, from.PlusMonths(-1), from, Clock),
            PeriodUnit.TwelveMonths or PeriodUnit.Year => OfDays(Unit, from.PlusYears(-1), from, Clock),
            PeriodUnit.Days => OfDays(Unit, from.Minus(NodaTime.Period.Between(from, to, PeriodUnits.Days)), from, Clock),
            _ => this with { From = From - (To - From), To = From },
        };
    }

    private CalendarPeriod YearBefore()
    {
        if (Unit == PeriodUnit.Instants)
        {
            var start = Clock.At(Clock.Local(From).PlusYears(-1));
            var end = Clock.At(Clock.Local(To).PlusYears(-1));
            return this with { From = start, To = end > start ? end : Clock.At(Clock.Local(start).PlusDays(1)) };
        }

        var from = Clock.Date(From).PlusYears(-1);
        var to = Clock.Date(To).PlusYears(-1);
        var unit = Unit is PeriodUnit.Month or PeriodUnit.Year ? Unit : PeriodUnit.Days;
        return OfDays(unit, from, to > from ? to : from.PlusDays(1), Clock);
    }
}
