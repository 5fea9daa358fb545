using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;

namespace StatsGraph.Reports.Scans;

/// <summary>The road of the columns: what a report asks for is counted in memory, from all sessions that touch its period.</summary>
/// <param name="columns">The sessions.</param>
/// <param name="minDuration">Seconds; shorter sessions are dropped before visits are formed.</param>
/// <param name="lenses">Forms visits where sessions are dropped.</param>
internal sealed class ColumnRoad(SiteColumns columns, long minDuration, SiteLenses lenses) : IFigureRoad
{
    /// <summary>The sessions of the site.</summary>
    public SiteColumns Columns => columns;

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, Totals>> TotalsAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        RunAsync(
            scope,
            scan => TotalsScan.Run(scan, cut, page, ColumnTime.Of(scope.EndOfData), cancellation).ToDictionary(group => group.Row, group => group.Totals),
            cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, long>> ListenersAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        RunAsync(scope, scan => ListenersScan.Run(scan, cut, page, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, double>> QuantilesAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, double p, CancellationToken cancellation) =>
        RunAsync(scope, scan => QuantileScan.Run(scan, cut, page, p, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, long>> ListenerQuartersAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        RunAsync(scope, scan => QuarterHoursScan.Run(scan, cut, page, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, Peak>> PeaksAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        RunAsync(scope, scan => PeakScan.Run(scan, cut, page, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<List<GroupTotals>> RankedAsync(ReportScope scope, RowCut cut, Ranking ranking, CancellationToken cancellation) =>
        RunAsync(
            scope, scan => ranking.Cut(TotalsScan.Run(scan, cut, null, ColumnTime.Of(scope.EndOfData), cancellation)), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<string, string>> NetworkNamesAsync(IReadOnlyList<string> networks, CancellationToken cancellation)
    {
        var wanted = networks.ToHashSet(StringComparer.Ordinal);
        var dictionary = columns.Texts[TextColumn.Network];
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var code = 1; code < dictionary.Count && wanted.Count > 0; code++)
        {
            if (wanted.Remove(dictionary[code]!) && columns.Texts.NetworkNames.Find(code, minDuration) is { } name)
                names.Add(dictionary[code]!, name);
        }

        return Task.FromResult(names);
    }

    /// <summary>Runs something over the sessions of a report, off the caller's thread.</summary>
    public async Task<T> RunAsync<T>(ReportScope scope, Func<ColumnScan, T> run, CancellationToken cancellation)
    {
        var scan = await ScanAsync(scope, cancellation);
        return await Task.Run(() => run(scan), cancellation);
    }

    /// <summary>The sessions of a report.</summary>
    public async Task<ColumnScan> ScanAsync(ReportScope scope, CancellationToken cancellation)
    {
        var lens = await lenses.OfAsync(columns, minDuration, cancellation);
        return new ColumnScan(columns, lens, SessionFilter.Of(scope.Where, columns.Texts, scope.Period));
    }
}
