using System.Collections;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Plays;

namespace StatsGraph.Reports.Scans;

/// <summary>The road of the columns: what a report asks for is counted in memory, from all sessions that touch its period.</summary>
/// <param name="columns">The sessions.</param>
/// <param name="minDuration">Seconds; shorter sessions are dropped before visits are formed.</param>
/// <param name="lenses">Forms visits where sessions are dropped.</param>
/// <param name="places">Where scans are run.</param>
internal sealed class ColumnRoad(SiteColumns columns, long minDuration, SiteLenses lenses, ScanPlaces places) : IFigureRoad
{
    /// <summary>What a trace calls this road.</summary>
    public const string Name = "columns";

    /// <summary>The sessions of the site.</summary>
    public SiteColumns Columns => columns;

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, Totals>> TotalsAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        RunAsync(
            scope,
            FigureNames.Totals,
            scan => TotalsScan.Run(scan, cut, page, ColumnTime.Of(scope.EndOfData), cancellation).ToDictionary(group => group.Row, group => group.Totals),
            cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, long>> ListenersAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        RunAsync(scope, FigureNames.Listeners, scan => ListenersScan.Run(scan, cut, page, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, double>> QuantilesAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, double p, CancellationToken cancellation) =>
        RunAsync(scope, FigureNames.Quantile, scan => QuantileScan.Run(scan, cut, page, p, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, long>> ListenerQuartersAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        RunAsync(scope, FigureNames.ListenerQuarters, scan => QuarterHoursScan.Run(scan, cut, page, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, Peak>> PeaksAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        RunAsync(scope, FigureNames.Peak, scan => PeakScan.Run(scan, cut, page, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<List<GroupTotals>> RankedAsync(ReportScope scope, RowCut cut, Ranking ranking, CancellationToken cancellation) =>
        RunAsync(
            scope, FigureNames.Groups, scan => ranking.Cut(TotalsScan.Run(scan, cut, null, ColumnTime.Of(scope.EndOfData), cancellation)), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<string, MountSpans>> SpansAsync(ReportScope scope, CancellationToken cancellation) =>
        RunAsync(
            scope, FigureNames.Spans, scan => SpansScan.Run(scan, scope.Period.Run.From, scope.Period.Run.To, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<string, string>> NetworkNamesAsync(
        ReportScope scope, IReadOnlyList<string> networks, CancellationToken cancellation)
    {
        var step = scope.Trace?.Begin(FigureNames.NetworkNames, Name);
        var wanted = networks.ToHashSet(StringComparer.Ordinal);
        var dictionary = columns.Texts[TextColumn.Network];
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var code = 1; code < dictionary.Count && wanted.Count > 0; code++)
        {
            if (wanted.Remove(dictionary[code]!) && columns.Texts.NetworkNames.Find(code, minDuration) is { } name)
                names.Add(dictionary[code]!, name);
        }

        step?.End(rowsRead: 0, names.Count);
        return Task.FromResult(names);
    }

    /// <summary>The sessions of a report.</summary>
    public async Task<ColumnScan> ScanAsync(ReportScope scope, CancellationToken cancellation)
    {
        var lens = await lenses.OfAsync(columns, minDuration, cancellation);
        return new ColumnScan(columns, lens, SessionFilter.Of(scope.Where, columns.Texts, scope.Period));
    }

    private async Task<T> RunAsync<T>(ReportScope scope, string figure, Func<ColumnScan, T> run, CancellationToken cancellation)
        where T : ICollection
    {
        var step = scope.Trace?.Begin(figure, Name);
        var scan = await ScanAsync(scope, cancellation);
        var rows = await places.RunAsync(() => run(scan), cancellation);
        step?.End(scan.RowsRead, rows.Count);
        return rows;
    }
}
