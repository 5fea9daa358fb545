using NodaTime;

namespace StatsGraph.Reports.Periods;

/// <summary>How long a time series is, before anything is opened for it.</summary>
public static class BucketCount
{
    /// <summary>Days and hours of other zones than UTC can be cut at two more places.</summary>
    private const int OtherZones = 2;

    /// <summary>Most buckets of a series, in any zone; null where the period is none or too long, which its report says.</summary>
    /// <param name="request">The period.</param>
    /// <param name="interval">Width of the buckets.</param>
    /// <param name="now">The present.</param>
    /// <param name="options">How long periods and series may be.</param>
    public static int? Most(PeriodRequest request, Interval interval, Instant now, ReportOptions options)
    {
        try
        {
            var period = PeriodResolver.Resolve(request, ZoneClock.Of("UTC"), now, options.MaximumYears);
            return Math.Min(Buckets.Cut(Buckets.Resolve(interval, period), period).Take(options.MaximumBuckets).Count() + OtherZones, options.MaximumBuckets);
        }
        catch (ReportException)
        {
            return null;
        }
    }
}
