namespace StatsGraph.Reports.Figures;

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
