using NodaTime;
using StatsGraph.Reports;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Tests.Reports;

public sealed class BucketCountTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 12, 0);

    [Fact]
    public void No_series_in_any_zone_is_longer_than_was_foretold()
    {
        var dice = new Random(7);
        var options = new ReportOptions { MaximumBuckets = int.MaxValue };
        string[] zones = ["UTC", "Europe/Berlin", "Pacific/Apia", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"];
        for (var round = 0; round < 300; round++)
        {
            var from = new LocalDate(2005, 1, 1).PlusDays(dice.Next(7_000));
            PeriodRequest[] requests =
            [
                new PeriodRequest.Days(from, from.PlusDays(dice.Next(1, 900))),
                new PeriodRequest.Month($"{dice.Next(2005, 2026)}-{dice.Next(1, 13):00}"),
                new PeriodRequest.Instants(Now - Duration.FromMinutes(dice.Next(1, 900_000)), Now),
                new PeriodRequest.Preset(dice.GetItems(Enum.GetValues<PeriodPreset>(), 1)[0]),
            ];
            var clock = ZoneClock.Of(dice.GetItems(zones, 1)[0]);
            foreach (var request in requests)
            {
                var period = PeriodResolver.Resolve(request, clock, Now, options.MaximumYears);
                foreach (var interval in Enum.GetValues<StatsGraph.Reports.Periods.Interval>().Where(width => width != StatsGraph.Reports.Periods.Interval.Auto))
                {
                    var count = Buckets.Cut(Buckets.Resolve(interval, period), period).Count();
                    var most = BucketCount.Most(request, interval, Now, options);
                    Assert.True(most >= count - Odd(interval) && most <= (count * 25) + 3, $"{request} in {clock.Name} has {count} buckets by {interval}, and {most} were foretold.");
                }
            }
        }
    }

    /// <summary>Clocks that were changed a minute past midnight, twice a year, cut hours and quarter hours; and a day can be an hour longer.</summary>
    private static int Odd(StatsGraph.Reports.Periods.Interval interval) => interval <= StatsGraph.Reports.Periods.Interval.Hour ? 12 : 0;

    [Fact]
    public void A_series_is_no_longer_than_is_allowed_and_none_without_a_period()
    {
        var options = new ReportOptions { MaximumBuckets = 100 };
        Assert.Equal(100, BucketCount.Most(new PeriodRequest.Month("2026-10"), StatsGraph.Reports.Periods.Interval.Hour, Now, options));
        Assert.Null(BucketCount.Most(new PeriodRequest.Month("October"), StatsGraph.Reports.Periods.Interval.Hour, Now, options));
        Assert.Null(BucketCount.Most(
            new PeriodRequest.Days(new LocalDate(2000, 1, 1), new LocalDate(2020, 1, 1)), StatsGraph.Reports.Periods.Interval.Month, Now, options));
    }
}
