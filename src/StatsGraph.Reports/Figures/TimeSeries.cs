namespace StatsGraph.Reports.Figures;

/// <summary>Buckets of a period, empty ones included.</summary>
public sealed record TimeSeries(Periods.Interval Interval, IReadOnlyList<TimeBucket> Buckets);

/// <summary>A run of time and its figures.</summary>
public sealed record TimeBucket(NodaTime.Instant Start, NodaTime.Instant End, Metrics Metrics);

/// <summary>An hour of the zone's clock and the figures of all its runs within the period.</summary>
public sealed record HourOfDay(int Hour, Metrics Metrics);
