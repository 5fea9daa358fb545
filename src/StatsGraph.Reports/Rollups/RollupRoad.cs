using NodaTime;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Scans;

namespace StatsGraph.Reports.Rollups;

/// <summary>
/// The road of the rollups: figures of all listeners' sessions in times of whole quarter hours are put together of those of the quarter hours, and
/// sums by one column of those of whole chunks. What a rollup cannot answer exactly goes the road of the columns.
/// </summary>
/// <param name="road">The road of the columns.</param>
/// <param name="rollups">The site's rollups under the same minimum duration.</param>
internal sealed class RollupRoad(ColumnRoad road, SiteRollups rollups) : IFigureRoad
{
    /// <summary>Most codes of a column whose sums are kept for each chunk.</summary>
    private const int MostCodes = 4_096;

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, Totals>> TotalsAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation)
        => IsByQuarterHours(scope, cut) ? SumQuarterHoursAsync(scope, cut, cancellation)
            : page is null && IsByChunks(scope, cut) ? SumChunksAsync(scope, cut, cancellation)
            : road.TotalsAsync(scope, cut, page, cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, long>> ListenersAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation)
        => road.ListenersAsync(scope, cut, page, cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, double>> QuantilesAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, double p, CancellationToken cancellation)
        => road.QuantilesAsync(scope, cut, page, p, cancellation);

    /// <inheritdoc/>
    public async Task<Dictionary<RowKey, long>> ListenerQuartersAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation)
    {
        if (!IsByQuarterHours(scope, cut))
            return await road.ListenerQuartersAsync(scope, cut, page, cancellation);
        var slices = new TimeSlices(cut.Times);
        var quarters = await QuarterHoursAsync(scope, slices, cancellation);
        var counts = new long[slices.KeyCount];
        for (var slice = 0; slice < slices.Count; slice++)
            counts[slices.Keys[slice]] += quarters.Listeners(slices.Bounds[slice], slices.Bounds[slice + 1]);
        return counts.Index().Where(count => count.Item > 0).ToDictionary(count => RowKey.OfTime(count.Index), count => count.Item);
    }

    /// <inheritdoc/>
    public async Task<Dictionary<RowKey, Peak>> PeaksAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation)
    {
        if (!IsByQuarterHours(scope, cut))
            return await road.PeaksAsync(scope, cut, page, cancellation);
        var slices = new TimeSlices(cut.Times);
        var quarters = await QuarterHoursAsync(scope, slices, cancellation);
        var levels = new Level[slices.KeyCount];
        for (var slice = 0; slice < slices.Count; slice++)
        {
            var highest = quarters.Highest(slices.Bounds[slice], slices.Bounds[slice + 1]);
            if (highest.Open > levels[slices.Keys[slice]].Open)
                levels[slices.Keys[slice]] = highest;
        }

        return levels.Index().Where(level => level.Item.Open > 0).ToDictionary(
            level => RowKey.OfTime(level.Index),
            level => new Peak(level.Item.Open, Instant.FromUnixTimeSeconds(ColumnTime.ToUnix(level.Item.At))));
    }

    /// <inheritdoc/>
    public async Task<List<GroupTotals>> RankedAsync(ReportScope scope, RowCut cut, Ranking ranking, CancellationToken cancellation)
        => IsByQuarterHours(scope, cut) || IsByChunks(scope, cut)
            ? ranking.Cut((await TotalsAsync(scope, cut, page: null, cancellation)).Select(row => new GroupTotals(row.Key, row.Value)))
            : await road.RankedAsync(scope, cut, ranking, cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<string, string>> NetworkNamesAsync(IReadOnlyList<string> networks, CancellationToken cancellation)
        => road.NetworkNamesAsync(networks, cancellation);

    private static bool IsByQuarterHours(ReportScope scope, RowCut cut)
        => cut.Values.Count == 0
            && scope.Where.IsListenersOnly()
            && cut.Times.Slices.All(slice => IsWhole(slice.From) && IsWhole(slice.To));

    private static bool IsWhole(long second) => second % Sweep.QuarterHour == 0 && ColumnTime.Holds(second);

    private bool IsByChunks(ReportScope scope, RowCut cut)
        => cut.Values.Count == 1
            && cut.Times.Keys is [0]
            && scope.Where.IsListenersOnly()
            && road.Columns.Texts[RowGroups.ColumnOf(cut.Values[0])].Count <= MostCodes;

    private async Task<Dictionary<RowKey, Totals>> SumQuarterHoursAsync(ReportScope scope, RowCut cut, CancellationToken cancellation)
    {
        var slices = new TimeSlices(cut.Times);
        var through = ColumnTime.Of(scope.EndOfData);
        var quarters = await QuarterHoursAsync(scope, slices, cancellation);
        var byKey = new Sums[slices.KeyCount];
        for (var slice = 0; slice < slices.Count; slice++)
        {
            var (from, to) = (slices.Bounds[slice], slices.Bounds[slice + 1]);
            var sums = quarters.Sums(from, to);
            if (from < through && through < to)
                sums.SetThrough(await SumUpToAsync(scope, from, through, cancellation));
            else
                sums.SetThrough(isBefore: to <= through);
            byKey[slices.Keys[slice]].Add(sums);
        }

        return byKey.Index().Where(sums => sums.Item.Pieces > 0).ToDictionary(sums => RowKey.OfTime(sums.Index), sums => sums.Item.ToTotals());
    }

    /// <summary>Sums of a time that ends with the data.</summary>
    private Task<Sums> SumUpToAsync(ReportScope scope, uint from, uint through, CancellationToken cancellation)
        => road.RunAsync(scope, scan => TotalsScan.ByKey(scan, TimeSlices.Whole(from, through), through, cancellation)[0], cancellation);

    private async Task<QuarterHours> QuarterHoursAsync(ReportScope scope, TimeSlices slices, CancellationToken cancellation)
    {
        if (slices.Count == 0 || slices.From >= slices.To)
            return new QuarterHours(0, []);
        var scan = await road.ScanAsync(scope, cancellation);
        var windows = await rollups.WindowsAsync(scan, slices.From, slices.To, cancellation);
        return new QuarterHours(slices.From / Sweep.Window * Sweep.Window, windows);
    }

    /// <summary>Sums by the codes of a column: of whole chunks what is known of them, of the others their sessions.</summary>
    private Task<Dictionary<RowKey, Totals>> SumChunksAsync(ReportScope scope, RowCut cut, CancellationToken cancellation)
        => road.RunAsync(
            scope,
            scan =>
            {
                var column = RowGroups.ColumnOf(cut.Values[0]);
                var slices = new TimeSlices(cut.Times);
                var through = ColumnTime.Of(scope.EndOfData);
                bool IsWhole(int number) => scan.Columns.Chunks[number] is var chunk
                    && chunk.FirstStart >= slices.From && chunk.LastStart < slices.To && chunk.LastEnd <= Math.Min(slices.To, through);

                var byCode = TotalsScan.ByCode(scan, column, slices, through, IsWhole, cancellation);
                foreach (var chunk in scan.Touching(slices.From, slices.To).Where(IsWhole))
                {
                    foreach (var (code, sums) in rollups.ChunkSums(scan, chunk, column, cancellation))
                        byCode[code].Add(sums);
                }

                var dictionary = scan.Columns.Texts[column];
                return byCode.Index().Where(sums => sums.Item.Pieces > 0)
                    .ToDictionary(sums => new RowKey(0, dictionary[sums.Index], null, null), sums => sums.Item.ToTotals());
            },
            cancellation);
}
