using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Reports;

/// <summary>What a report is asked for.</summary>
/// <param name="Period">The period.</param>
/// <param name="TimeZone">IANA name that replaces the site's zone; null for the site's own.</param>
/// <param name="MinDuration">Seconds; shorter sessions are dropped before visits are formed.</param>
/// <param name="Where">Condition on sessions; sessions of listeners only unless it names a kind.</param>
public sealed record ReportRequest(PeriodRequest Period, string? TimeZone, long MinDuration, Condition<SessionField>? Where);

/// <summary>Figures of one site that all speak of the same period, filter and snapshot.</summary>
public sealed class Report
{
    /// <summary>The period, resolved.</summary>
    public ResolvedPeriod Period => throw new NotImplementedException();

    /// <summary>The figures of the whole period.</summary>
    public Metrics Totals => throw new NotImplementedException();

    /// <summary>The same report for the period before, or for the same one a year before.</summary>
    public Report ComparedTo(Comparison baseline) => throw new NotImplementedException();

    /// <summary>The figures bucket by bucket, empty buckets included.</summary>
    /// <exception cref="ReportException">The period has more than 10,000 buckets of that width.</exception>
    public TimeSeries TimeSeries(Interval interval) => throw new NotImplementedException();

    /// <summary>24 rows, hour 0 to 23 of the zone's clock.</summary>
    public IReadOnlyList<HourOfDay> HourlyVisits() => throw new NotImplementedException();

    /// <summary>The figures of groups.</summary>
    public Task<Page<Group>> GroupsAsync(GroupRequest request, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Requests that were refused.</summary>
    public Task<Page<StreamError>> ErrorsAsync(IReadOnlyList<Sort<ErrorMetric>> order, PageRequest page, CancellationToken cancellation)
        => throw new NotImplementedException();
}
