namespace StatsGraph.Compliance.Profiles;

/// <summary>
/// The figures that a profile can ask for: a closed set, each one of those that <see cref="Reports.Figures.Metrics"/> defines or put together of them.
/// </summary>
public enum ComplianceFigure
{
    /// <summary>Hours of listening inside the period.</summary>
    TuningHours,

    /// <summary>Sessions that started in the period.</summary>
    Sessions,

    /// <summary>Sessions that started in the period or were open when it began.</summary>
    ActiveSessions,

    /// <summary>Visits whose first session started in the period.</summary>
    Visits,

    /// <summary>Distinct listeners.</summary>
    Listeners,

    /// <summary>Sessions open at a time, on average: listening time over the time of the period.</summary>
    AverageConcurrent,

    /// <summary>Most sessions open at one instant.</summary>
    PeakConcurrent,

    /// <summary>Listeners with five minutes in a quarter hour, on average.</summary>
    AverageQuarterHour,

    /// <summary>Mean full duration in seconds of the sessions that started in the period.</summary>
    AverageDuration,

    /// <summary>Hours of listening inside the period over its active sessions.</summary>
    AverageListening,

    /// <summary>Part of all hours, 0 to 1, that was heard in the territory.</summary>
    TerritoryShare,

    /// <summary>Part of all hours, 0 to 1, by country; those of unknown country under <c>unknown</c>.</summary>
    CountryShares,

    /// <summary>Sessions open at a time, on average, by hour of the day.</summary>
    AverageConcurrentByHourOfDay,

    /// <summary>Sessions open at a time, on average, in each hour of the period.</summary>
    AverageConcurrentByHour,
}

/// <summary>What is told of the figures.</summary>
public static class ComplianceFigures
{
    /// <summary>What a figure is counted in.</summary>
    public static string Unit(this ComplianceFigure figure) => figure switch
    {
        ComplianceFigure.TuningHours or ComplianceFigure.AverageListening => "hours",
        ComplianceFigure.Visits => "visits",
        ComplianceFigure.Listeners or ComplianceFigure.AverageQuarterHour => "listeners",
        ComplianceFigure.AverageDuration => "seconds",
        ComplianceFigure.TerritoryShare or ComplianceFigure.CountryShares => "share",
        _ => "sessions",
    };
}
