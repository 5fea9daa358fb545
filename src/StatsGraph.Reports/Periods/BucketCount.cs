using NodaTime;

namespace StatsGraph.Reports.Periods;

/// <summary>How long a time series is, before anything is opened for it and without cutting it.</summary>
public static class BucketCount
{
    /// <summary>Buckets at both ends that the period cuts.</summary>
    private const int Cut = 2;

    /// <summary>
    /// Most buckets of a series in UTC, where clocks never change; in a zone where they do at odd minutes it can have a few hours or quarter hours more.
    /// Null where the period is none or too long, which its report says.
    /// </summary>
    /// <param name="request">The period.</param>
    /// <param name="interval">Width of the buckets.</param>
    /// <param name="now">The present.</param>
    /// <param name="options">How long periods and series may be.</param>
    public static int? Most(PeriodRequest request, Interval interval, Instant now, ReportOptions options)
    {
        try
        {
            var period = PeriodResolver.Resolve(request, ZoneClock.Of("UTC"), now, options.MaximumYears);
            return (int)Math.Min(Whole(Buckets.Resolve(interval, period), period) + Cut, options.MaximumBuckets);
        }
        catch (ReportException)
        {
            return null;
        }
    }

    private static long Whole(Interval width, CalendarPeriod period) => width switch
    {
        Interval.QuarterHour => Whole(period, NodaConstants.SecondsPerHour / 4),
        Interval.Hour => Whole(period, NodaConstants.SecondsPerHour),
        Interval.Day => Whole(period, NodaConstants.SecondsPerDay),
        Interval.Week => Whole(period, NodaConstants.SecondsPerWeek),
        Interval.Month => Months(period.Clock.Date(period.To)) - Months(period.Clock.Date(period.From)),
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "Expected a width, AUTO resolved."),
    };

    private static long Whole(CalendarPeriod period, long seconds) => (period.Run.To - period.Run.From + seconds - 1) / seconds;

    private static int Months(LocalDate date) => (date.Year * 12) + date.Month;
}
