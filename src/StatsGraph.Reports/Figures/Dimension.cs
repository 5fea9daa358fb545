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
