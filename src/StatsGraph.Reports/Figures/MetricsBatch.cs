using System.Globalization;

namespace StatsGraph.Reports.Figures;

/// <summary>
/// The figures of all rows of one list. Each kind of figure is computed once, for all rows together, when the first row asks for it.
/// </summary>
/// <param name="scope">The report.</param>
/// <param name="cut">The rows.</param>
/// <param name="page">The only rows that are wanted; null for all.</param>
internal sealed class MetricsBatch(ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task> figures = new(StringComparer.Ordinal);

    /// <summary>A batch whose sums, and perhaps listeners, are known already.</summary>
    public MetricsBatch(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey> page, Dictionary<RowKey, Totals> totals, Dictionary<RowKey, long>? listeners)
        : this(scope, cut, page)
    {
        figures["totals"] = Task.FromResult(totals);
        if (listeners is not null)
            figures["listeners"] = Task.FromResult(listeners);
    }

    /// <summary>The metrics of a row, which need not have any session.</summary>
    public Metrics Row(RowKey key) => new(this, key);

    /// <summary>Sums of a row.</summary>
    public async Task<Totals> TotalsAsync(RowKey key, CancellationToken cancellation) =>
        (await AllTotalsAsync(cancellation)).GetValueOrDefault(key, Totals.None);

    /// <summary>Sums of all rows that have sessions.</summary>
    public Task<Dictionary<RowKey, Totals>> AllTotalsAsync(CancellationToken cancellation) => Once(
        "totals", () => scope.Road.TotalsAsync(scope, cut, page, cancellation));

    /// <summary>Distinct listeners of a row.</summary>
    public async Task<long> ListenersAsync(RowKey key, CancellationToken cancellation) =>
        (await AllListenersAsync(cancellation)).GetValueOrDefault(key);

    /// <summary>Distinct listeners of all rows that have sessions.</summary>
    public Task<Dictionary<RowKey, long>> AllListenersAsync(CancellationToken cancellation) => Once(
        "listeners", () => scope.Road.ListenersAsync(scope, cut, page, cancellation));

    /// <summary>Quantile of a row's durations; null without sessions.</summary>
    public async Task<double?> QuantileAsync(RowKey key, double p, CancellationToken cancellation)
    {
        var quantiles = await Once(
            string.Create(CultureInfo.InvariantCulture, $"quantile {p:R}"),
            () => scope.Road.QuantilesAsync(scope, cut, page, p, cancellation));
        return quantiles.TryGetValue(key, out var quantile) ? quantile : null;
    }

    /// <summary>Listening seconds of a row over the seconds of its time, of a running period up to the end of the data.</summary>
    public async Task<double> AverageConcurrentAsync(RowKey key, CancellationToken cancellation)
    {
        var seconds = await Once("seconds", () => Task.FromResult(cut.Times.Seconds(scope.EndOfData)));
        var time = seconds.GetValueOrDefault((int)key.Time);
        return time == 0 ? 0 : (double)(await TotalsAsync(key, cancellation)).ListeningSecondsThrough / time;
    }

    /// <summary>Listeners with 5 minutes in a quarter hour, averaged over the whole quarter hours of a row's time.</summary>
    public async Task<double> AverageQuarterHourAsync(RowKey key, CancellationToken cancellation)
    {
        var quarters = await Once("quarters", () => Task.FromResult(cut.Times.QuarterHours()));
        var heard = await Once("heard", () => scope.Road.ListenerQuartersAsync(scope, cut, page, cancellation));
        var count = quarters.GetValueOrDefault((int)key.Time);
        return count == 0 ? 0 : (double)heard.GetValueOrDefault(key) / count;
    }

    /// <summary>Most sessions open at one instant of a row's time.</summary>
    public async Task<Peak> PeakAsync(RowKey key, CancellationToken cancellation)
    {
        var peaks = await Once("peak", () => scope.Road.PeaksAsync(scope, cut, page, cancellation));
        return peaks.GetValueOrDefault(key) ?? new Peak(0, null);
    }

    private Task<T> Once<T>(string name, Func<Task<T>> compute)
    {
        lock (gate)
        {
            if (!figures.TryGetValue(name, out var figure) || figure is { IsCompleted: true, IsCompletedSuccessfully: false })
                figures[name] = figure = compute();
            return (Task<T>)figure;
        }
    }
}
