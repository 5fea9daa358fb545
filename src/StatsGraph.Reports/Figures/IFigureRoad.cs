using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Plays;

namespace StatsGraph.Reports.Figures;

/// <summary>
/// A way to the figures of a report's rows, for the sessions of one site, one version of the lake and one minimum duration. Every road gives
/// the very same figures; they differ in what they read and in what they keep for it. Rows without sessions are left out of all answers.
/// <para>
/// Each call notes itself where <see cref="ReportScope.Trace"/> is not null: it begins a step by the name of the figure (<see cref="FigureNames"/>)
/// and of the road that computes it, and ends it with the rows it had to look at, before any condition, and the rows of its result. A call that
/// fails or is cancelled ends no step; one that asks another road leaves the step to that one.
/// </para>
/// </summary>
internal interface IFigureRoad
{
    /// <summary>Sums of the rows.</summary>
    /// <param name="scope">The report.</param>
    /// <param name="cut">The rows.</param>
    /// <param name="page">The only rows that are wanted; null for all.</param>
    /// <param name="cancellation">Stops the work.</param>
    Task<Dictionary<RowKey, Totals>> TotalsAsync(ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation);

    /// <summary>Distinct listeners with a session that overlaps the row's time or started in it.</summary>
    Task<Dictionary<RowKey, long>> ListenersAsync(ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation);

    /// <summary>Quantile of the full durations of the sessions that started in the row's time, linear between the closest ranks, at (n-1)p.</summary>
    Task<Dictionary<RowKey, double>> QuantilesAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, double p, CancellationToken cancellation);

    /// <summary>Listeners with 5 minutes of listening in a quarter hour, summed over the whole quarter hours of the row's time.</summary>
    Task<Dictionary<RowKey, long>> ListenerQuartersAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation);

    /// <summary>Most sessions open at one instant of the row's time.</summary>
    Task<Dictionary<RowKey, Peak>> PeaksAsync(ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation);

    /// <summary>Sums of all rows that pass a condition; of more than the limit, limit + 1 of them.</summary>
    Task<List<GroupTotals>> RankedAsync(ReportScope scope, RowCut cut, Ranking ranking, CancellationToken cancellation);

    /// <summary>When the sessions of each mount began and ended that are open at an instant of the period; those of 0 s never are.</summary>
    Task<Dictionary<string, MountSpans>> SpansAsync(ReportScope scope, CancellationToken cancellation);

    /// <summary>Names of networks, of those that have one.</summary>
    /// <param name="scope">The report.</param>
    /// <param name="networks">As in the column: AS and the number.</param>
    /// <param name="cancellation">Stops the work.</param>
    Task<Dictionary<string, string>> NetworkNamesAsync(ReportScope scope, IReadOnlyList<string> networks, CancellationToken cancellation);
}

/// <summary>A group and its sums.</summary>
internal readonly record struct GroupTotals(RowKey Row, Totals Totals);

/// <summary>What decides which groups there are.</summary>
/// <param name="Having">Condition on the groups; null for none.</param>
/// <param name="Labels">Key of each row of time, where the key of a group is its time; null where it is its first value.</param>
/// <param name="Limit">Most groups.</param>
internal sealed record Ranking(Condition<GroupField>? Having, IReadOnlyList<string>? Labels, int Limit)
{
    /// <summary>The groups that pass; of more than the limit, limit + 1 of them.</summary>
    public List<GroupTotals> Cut(IEnumerable<GroupTotals> groups)
        => [.. (Having is null ? groups : groups.Where(group => Passes(group.Row, group.Totals))).Take(Limit + 1)];

    private bool Passes(RowKey row, Totals totals) => Having.Passes<GroupField>(field => field switch
    {
        GroupField.Key => Labels is null ? row.D1 : Labels[(int)row.Time],
        GroupField.Sessions => totals.Sessions,
        GroupField.Visits => totals.Visits,
        GroupField.TuningHours => totals.TuningHours,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Expected a field of groups."),
    });
}
