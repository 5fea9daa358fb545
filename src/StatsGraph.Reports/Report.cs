using System.Globalization;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Plays;
using StatsGraph.Reports.Sessions;

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
    private readonly QueryEngine engine;
    private readonly ReportScope scope;
    private readonly SiteLines lines;
    private readonly IReadOnlyDictionary<string, string> aliases;
    private readonly Func<CancellationToken, Task<SitePlays>> plays;
    private readonly MetricsBatch whole;

    internal Report(
        QueryEngine engine, ReportScope scope, SiteLines lines, IReadOnlyDictionary<string, string> aliases,
        Func<CancellationToken, Task<SitePlays>> plays)
    {
        (this.engine, this.scope, this.lines, this.aliases, this.plays) = (engine, scope, lines, aliases, plays);
        whole = BatchOf(TimeKeys.Whole(scope.Period.Run));
    }

    /// <summary>The period, resolved.</summary>
    public ResolvedPeriod Period => new(
        scope.Period.From,
        scope.Period.To,
        scope.Period.Clock.Name,
        scope.DataThrough >= scope.Period.To + NodaTime.Duration.FromTimeSpan(scope.Options.SettlingTime),
        scope.DataThrough);

    /// <summary>The figures of the whole period.</summary>
    public Metrics Totals => whole.Row(RowKey.OfTime(0));

    /// <summary>The same report for the period before, or for the same one a year before.</summary>
    public Report ComparedTo(Comparison baseline) =>
        new(engine, scope with { Period = scope.Period.ComparedTo(baseline) }, lines, aliases, plays);

    /// <summary>The figures bucket by bucket, empty buckets included.</summary>
    /// <exception cref="ReportException">The period has too many buckets of that width.</exception>
    public TimeSeries TimeSeries(Interval interval)
    {
        var width = Buckets.Resolve(interval, scope.Period);
        var runs = Buckets.Cut(width, scope.Period).Take(scope.Options.MaximumBuckets + 1).ToList();
        if (runs.Count > scope.Options.MaximumBuckets)
        {
            throw new ReportException(
                ReportErrorCodes.Interval,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The period has more than {scope.Options.MaximumBuckets} buckets of one {width.ConstantName()}: ask for a wider interval or a shorter period. (Setting Reports:MaximumBuckets.)"),
                width.ConstantName(),
                scope.Options.MaximumBuckets);
        }

        var batch = BatchOf(TimeKeys.OfBuckets(runs));
        return new TimeSeries(
            width,
            runs.Select((run, index) => new TimeBucket(
                NodaTime.Instant.FromUnixTimeSeconds(run.From),
                NodaTime.Instant.FromUnixTimeSeconds(run.To),
                batch.Row(RowKey.OfTime(index)))).ToList());
    }

    /// <summary>24 rows, hour 0 to 23 of the zone's clock.</summary>
    public IReadOnlyList<HourOfDay> HourlyVisits()
    {
        var batch = BatchOf(TimeKeys.OfHours(scope.Period));
        return Enumerable.Range(0, 24).Select(hour => new HourOfDay(hour, batch.Row(RowKey.OfTime(hour)))).ToList();
    }

    /// <summary>The figures of groups.</summary>
    /// <exception cref="ReportException">A dimension, filter, order, page size or cursor is wrong, or there are too many groups.</exception>
    public Task<Page<Group>> GroupsAsync(GroupRequest request, CancellationToken cancellation) =>
        new GroupList(scope, whole).PageAsync(request, cancellation);

    /// <summary>Requests that were refused.</summary>
    /// <exception cref="ReportException">The page size or a cursor is wrong, or there are too many rows.</exception>
    public Task<Page<StreamError>> ErrorsAsync(
        IReadOnlyList<Sort<ErrorMetric>> order, PageRequest page, CancellationToken cancellation) =>
        new ErrorList(engine, scope, lines, aliases).PageAsync(order, page, cancellation);

    /// <summary>The plays that began in the period or were on when it began, and their performances.</summary>
    /// <exception cref="ReportException">The page size or a cursor is wrong, or there are too many rows.</exception>
    /// <exception cref="Lake.LakeException">The plays cannot be read.</exception>
    public async Task<Page<StreamPlay>> PlaysAsync(
        IReadOnlyList<Sort<PlayMetric>> order, PageRequest page, CancellationToken cancellation) =>
        await new PlayFigures(scope, await plays(cancellation)).PlaysAsync(order, page, cancellation);

    /// <summary>The same by track, and by mount where that is asked for.</summary>
    /// <exception cref="ReportException">The page size or a cursor is wrong, or there are too many rows.</exception>
    /// <exception cref="Lake.LakeException">The plays cannot be read.</exception>
    public async Task<Page<TrackPerformances>> PerformancesAsync(
        TrackGrouping by, IReadOnlyList<Sort<TrackMetric>> order, PageRequest page, CancellationToken cancellation) =>
        await new PlayFigures(scope, await plays(cancellation)).TracksAsync(by, order, page, cancellation);

    /// <summary>All tracks and their performances, in no order.</summary>
    /// <exception cref="ReportException">There are too many plays.</exception>
    /// <exception cref="Lake.LakeException">The plays cannot be read.</exception>
    public async Task<IReadOnlyList<TrackPerformances>> AllPerformancesAsync(TrackGrouping by, CancellationToken cancellation) =>
        await new PlayFigures(scope, await plays(cancellation)).TracksAsync(by, cancellation);

    private MetricsBatch BatchOf(TimeKeys times) => new(scope, RowCut.OfTimes(times), page: null);
}
