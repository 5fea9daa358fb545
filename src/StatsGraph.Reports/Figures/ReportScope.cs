using NodaTime;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Reports.Figures;

/// <summary>What all figures of one report have in common: the sessions they see, the filter and the period.</summary>
/// <param name="Road">Computes the figures.</param>
/// <param name="Period">The period.</param>
/// <param name="Where">The filter of sessions, a kind always named.</param>
/// <param name="DataThrough">End of the data.</param>
/// <param name="Options">Limits.</param>
internal sealed record ReportScope(
    IFigureRoad Road,
    CalendarPeriod Period,
    Condition<SessionField> Where,
    Instant? DataThrough,
    ReportOptions Options)
{
    /// <summary>Where what the figures take is noted; null while nobody asks for it.</summary>
    public SiteTrace? Trace { get; init; }

    /// <summary>Second of the period up to which there is data: its end when there is more, its beginning when there is none in it.</summary>
    public long EndOfData => Math.Clamp(DataThrough?.ToUnixTimeSeconds() ?? Period.Run.From, Period.Run.From, Period.Run.To);
}
