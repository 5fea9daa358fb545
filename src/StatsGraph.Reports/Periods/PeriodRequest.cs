using NodaTime;

namespace StatsGraph.Reports.Periods;

/// <summary>A period as it is asked for; becomes instants only together with a zone and a clock.</summary>
public abstract record PeriodRequest
{
    private PeriodRequest()
    {
    }

    /// <summary>A named period relative to now.</summary>
    public sealed record Preset(PeriodPreset Name) : PeriodRequest;

    /// <summary>A calendar month, written <c>2026-10</c>.</summary>
    public sealed record Month(string Text) : PeriodRequest;

    /// <summary>Whole local days, <paramref name="To"/> exclusive.</summary>
    public sealed record Days(LocalDate From, LocalDate To) : PeriodRequest;

    /// <summary>Instants on whole seconds, <paramref name="To"/> exclusive.</summary>
    public sealed record Instants(Instant From, Instant To) : PeriodRequest;
}

/// <summary>Periods by name. THIS_* and LAST_* are whole calendar units; LAST_n_* the n whole units before the current one.</summary>
public enum PeriodPreset
{
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    ThisYear,
    LastYear,
    Last7Days,
    Last30Days,
    Last12Months,
}

/// <summary>What a report is compared to.</summary>
public enum Comparison
{
    PreviousPeriod,
    PreviousYear,
}

/// <summary>Width of the buckets of a time series.</summary>
public enum Interval
{
    /// <summary>Hours up to 3 days, days up to 92, weeks up to 2 years, else months.</summary>
    Auto,
    QuarterHour,
    Hour,
    Day,
    Week,
    Month,
}

/// <summary>A period of a report, resolved.</summary>
/// <param name="From">First instant, UTC.</param>
/// <param name="To">First instant after it, UTC.</param>
/// <param name="TimeZone">IANA name of the zone of its days and hours.</param>
/// <param name="Complete">False while later log lines may still change its figures.</param>
/// <param name="DataThrough">Latest stamp of the site's log that is not in the future.</param>
public sealed record ResolvedPeriod(Instant From, Instant To, string TimeZone, bool Complete, Instant? DataThrough);
