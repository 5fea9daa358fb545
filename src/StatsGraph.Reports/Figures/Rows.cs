using StatsGraph.Reports.Periods;

namespace StatsGraph.Reports.Figures;

/// <summary>Names a row: the key of its slices of time and its values of up to three dimensions.</summary>
internal sealed record RowKey(long Time, string? D1, string? D2, string? D3)
{
    /// <summary>The row of a key of time alone.</summary>
    public static RowKey OfTime(long time) => new(time, null, null, null);

    /// <summary>A value by its place.</summary>
    public string? Value(int place) => place switch { 0 => D1, 1 => D2, _ => D3 };
}

/// <summary>How a report is cut into rows.</summary>
/// <param name="Times">Slices of time and their keys.</param>
/// <param name="Values">Up to three dimensions that are columns of a session.</param>
internal sealed record RowCut(TimeKeys Times, List<Dimension> Values)
{
    /// <summary>Place of a dimension's values in a <see cref="RowKey"/>.</summary>
    public int PlaceOf(Dimension dimension) => Values.IndexOf(dimension);

    /// <summary>Rows of time alone.</summary>
    public static RowCut OfTimes(TimeKeys times) => new(times, []);

    /// <summary>Column of the session table that holds a dimension's values.</summary>
    public static string Column(Dimension dimension) => dimension switch
    {
        Dimension.Mount => "mount",
        Dimension.EntryMount => "entry_mount",
        Dimension.Country => "country",
        Dimension.Region => "region",
        Dimension.City => "city",
        Dimension.Referrer => "referrer",
        Dimension.Player => "player",
        Dimension.Network => "network",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "Expected a dimension that a session has a value of."),
    };
}

/// <summary>Sums of a row.</summary>
/// <param name="Sessions">Sessions that started in the row's time.</param>
/// <param name="Visits">Those of them that began a visit.</param>
/// <param name="DurationSeconds">Their full durations.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="ListeningSeconds">Overlap of all sessions with the row's time.</param>
/// <param name="ListeningSecondsThrough">As much of it as lies before the end of the data.</param>
internal sealed record Totals(
    long Sessions, long Visits, long DurationSeconds, Int128 Bytes, long ListeningSeconds, long ListeningSecondsThrough)
{
    /// <summary>The sums of a row without sessions.</summary>
    public static readonly Totals None = new(0, 0, 0, 0, 0, 0);

    /// <summary>The sums of both.</summary>
    public Totals Plus(Totals other) => new(
        Sessions + other.Sessions,
        Visits + other.Visits,
        DurationSeconds + other.DurationSeconds,
        Bytes + other.Bytes,
        ListeningSeconds + other.ListeningSeconds,
        ListeningSecondsThrough + other.ListeningSecondsThrough);

    /// <summary>Hours of listening inside the row's time.</summary>
    public double TuningHours => ListeningSeconds / 3600.0;

    /// <summary>Mean full duration in seconds of the sessions that started; null when none did.</summary>
    public double? AverageDuration => Sessions == 0 ? null : (double)DurationSeconds / Sessions;
}
