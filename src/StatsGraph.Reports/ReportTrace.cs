using StatsGraph.Reports.Figures;

namespace StatsGraph.Reports;

/// <summary>
/// What it took to answer one request: each figure that was computed for it, in the order they were finished. What was known already, and what
/// failed or was stopped, is not in it. Safe for several threads.
/// </summary>
public sealed class ReportTrace
{
    private readonly Lock gate = new();
    private readonly List<TracedFigure> figures = [];
    private readonly TimeProvider clock;
    private readonly long begun;

    internal ReportTrace(TimeProvider clock) => (this.clock, begun) = (clock, clock.GetTimestamp());

    /// <summary>Time since the request began.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(begun);

    /// <summary>The figures so far.</summary>
    public IReadOnlyList<TracedFigure> Figures
    {
        get
        {
            lock (gate)
                return [.. figures];
        }
    }

    /// <summary>The trace for the figures of a site.</summary>
    internal SiteTrace Of(string site) => new(this, site);

    internal long Timestamp() => clock.GetTimestamp();

    internal void Add(string site, string figure, string road, long rowsRead, long rows, long since)
    {
        var traced = new TracedFigure(site, figure, road, rowsRead, rows, clock.GetElapsedTime(since)) { Begun = clock.GetElapsedTime(begun, since) };
        lock (gate)
            figures.Add(traced);
    }
}

/// <summary>One computation: a figure of all rows of one list of a report, or a fact of a site.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="Figure">What was computed, for example <c>totals</c>.</param>
/// <param name="Road">
/// How: <c>lake</c> is SQL over the session table (<c>sessions</c>, <c>errors</c> and facts of a site: over the lake's files).
/// </param>
/// <param name="RowsRead">
/// Rows of what the road had to look at, before any condition: of the lake, all sessions of the table or all lines of the site's files, of which the
/// engine may skip blocks.
/// </param>
/// <param name="Rows">Rows of the result that have the figure.</param>
/// <param name="Time">From when it was asked for until it was there, waiting for a place among others included.</param>
public sealed record TracedFigure(string Site, string Figure, string Road, long RowsRead, long Rows, TimeSpan Time)
{
    /// <summary>When it was asked for, counted from the beginning of the request.</summary>
    public TimeSpan Begun { get; init; }
}

/// <summary>Notes the figures of one site.</summary>
internal sealed class SiteTrace(ReportTrace trace, string site)
{
    /// <summary>A computation begins. It is noted once it has ended.</summary>
    /// <param name="figure">One of <see cref="FigureNames"/>.</param>
    /// <param name="road">Name of the road.</param>
    public TraceStep Begin(string figure, string road) => new(trace, site, figure, road);
}

/// <summary>A computation under way.</summary>
internal sealed class TraceStep(ReportTrace trace, string site, string figure, string road)
{
    private readonly long since = trace.Timestamp();

    /// <summary>It has ended well.</summary>
    /// <param name="rowsRead">Rows of what was looked at, before any condition.</param>
    /// <param name="rows">Rows of the result.</param>
    public void End(long rowsRead, long rows) => trace.Add(site, figure, road, rowsRead, rows, since);
}
