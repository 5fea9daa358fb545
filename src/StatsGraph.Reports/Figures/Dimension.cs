namespace StatsGraph.Reports.Figures;

/// <summary>What a report can be cut by.</summary>
public enum Dimension
{
    Mount,
    EntryMount,
    Country,
    Region,
    City,
    Referrer,
    Player,
    Network,

    /// <summary>Local day, <c>2026-10-25</c>.</summary>
    Date,

    /// <summary>Local hour, <c>0</c> to <c>23</c>.</summary>
    HourOfDay,

    /// <summary>ISO day of the week, <c>1</c> (Monday) to <c>7</c>.</summary>
    DayOfWeek,

    /// <summary>Local month, <c>2026-10</c>.</summary>
    Month,
}

/// <summary>What a list of groups can be ordered by.</summary>
public enum Metric
{
    Key,
    Sessions,
    Visits,
    Listeners,
    TuningHours,
    AverageDuration,
}

/// <summary>What a list of refused requests can be ordered by.</summary>
public enum ErrorMetric
{
    Requests,
    Status,
    LastSeen,
}

/// <summary>One step of an order.</summary>
public sealed record Sort<T>(T By, bool Descending);

/// <summary>A list of groups that is asked for.</summary>
/// <param name="By">One to three different dimensions.</param>
/// <param name="Where">Condition on the groups, after aggregation.</param>
/// <param name="Order">Steps of the order; ties are broken by key. The first metric in it is the metric of the shares.</param>
/// <param name="DefaultMetric">Metric of the shares where the order names none that can be shared out.</param>
/// <param name="Page">The part that is wanted.</param>
public sealed record GroupRequest(
    IReadOnlyList<Dimension> By,
    Filters.Condition<Filters.GroupField>? Where,
    IReadOnlyList<Sort<Metric>> Order,
    Metric DefaultMetric,
    PageRequest Page);

/// <summary>A row of a list of groups.</summary>
/// <param name="Keys">One key a dimension, in the order asked for.</param>
/// <param name="Share">0-1: the group's part of the report's total of the metric that orders the list.</param>
/// <param name="Metrics">Its figures.</param>
public sealed record Group(IReadOnlyList<GroupKey> Keys, double Share, Metrics Metrics);

/// <summary>What a group has in common.</summary>
/// <param name="Dimension">The dimension.</param>
/// <param name="Value">Its value; null where the log does not tell it.</param>
/// <param name="Label">The value for people.</param>
public sealed record GroupKey(Dimension Dimension, string? Value, string Label);

/// <summary>Buckets of a period, empty ones included.</summary>
public sealed record TimeSeries(Periods.Interval Interval, IReadOnlyList<TimeBucket> Buckets);

/// <summary>A run of time and its figures.</summary>
public sealed record TimeBucket(NodaTime.Instant Start, NodaTime.Instant End, Metrics Metrics);

/// <summary>An hour of the zone's clock and the figures of all its runs within the period.</summary>
public sealed record HourOfDay(int Hour, Metrics Metrics);

/// <summary>Refused requests of one path and status.</summary>
/// <param name="Status">HTTP status, 300 and above.</param>
/// <param name="Path">Normalised path.</param>
/// <param name="Requests">How many started in the period.</param>
/// <param name="LastSeen">Start of the latest of them.</param>
public sealed record StreamError(int Status, string Path, long Requests, NodaTime.Instant LastSeen);

/// <summary>The largest number of sessions open at one instant.</summary>
/// <param name="Sessions">How many.</param>
/// <param name="At">First instant it was reached; null when no session was ever open.</param>
public sealed record Peak(long Sessions, NodaTime.Instant? At);

/// <summary>What became of every line ever ingested.</summary>
/// <param name="Lines">All lines, blank ones included.</param>
/// <param name="Blank">Lines of white space only.</param>
/// <param name="Classes">Lines of each class, all classes but blank.</param>
/// <param name="Rejections">Rejected lines by reason, most frequent first, then by reason.</param>
public sealed record Intake(
    long Lines, long Blank, IReadOnlyList<LineClassCount> Classes, IReadOnlyList<Rejection> Rejections);

/// <summary>Lines of a class.</summary>
public sealed record LineClassCount(Lake.LineClass Class, long Lines);

/// <summary>Rejected lines of one reason with up to three masked examples, those with the smallest line hash.</summary>
public sealed record Rejection(string Reason, long Lines, IReadOnlyList<string> Examples);
