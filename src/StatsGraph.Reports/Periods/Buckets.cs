namespace StatsGraph.Reports.Periods;

/// <summary>The buckets of time series.</summary>
internal static class Buckets
{
    /// <summary>The width that AUTO stands for in a period.</summary>
    public static Interval Resolve(Interval interval, CalendarPeriod period)
    {
        if (interval != Interval.Auto)
            return interval;
        var (from, to) = (period.Clock.Local(period.From), period.Clock.Local(period.To));
        return to <= from.PlusDays(3) ? Interval.Hour
            : to <= from.PlusDays(92) ? Interval.Day
            : to <= from.PlusYears(2) ? Interval.Week
            : Interval.Month;
    }

    /// <summary>The buckets of a period in order, those at its edges clipped to it.</summary>
    public static IEnumerable<Run> Cut(Interval width, CalendarPeriod period) => width switch
    {
        Interval.QuarterHour => period.Clock.QuarterHours(period.Run),
        Interval.Hour => period.Clock.Hours(period.Run),
        Interval.Day => period.Clock.Days(period.Run),
        Interval.Week => period.Clock.Weeks(period.Run),
        Interval.Month => period.Clock.Months(period.Run),
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "Expected a width, AUTO resolved."),
    };
}
