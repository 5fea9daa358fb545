using System.Collections;
using NodaTime;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Plays;
using StatsGraph.Reports.Scans;

namespace StatsGraph.Reports.Rollups;

/// <summary>
/// The road of the rollups: figures of all listeners' sessions in times of whole quarter hours are put together of those of the quarter hours, and
/// sums by one column of those of whole chunks. What a rollup cannot answer exactly goes the road of the columns.
/// </summary>
/// <param name="road">The road of the columns.</param>
/// <param name="rollups">The site's rollups under the same minimum duration.</param>
/// <param name="places">Where sessions are counted.</param>
internal sealed class RollupRoad(ColumnRoad road, SiteRollups rollups, ScanPlaces places) : IFigureRoad
{
    /// <summary>What a trace calls this road.</summary>
    public const string Name = "rollup";

    /// <summary>Most codes of a column whose sums are kept for each chunk.</summary>
    public const int MostCodes = 1_024;

    /// <inheritdoc/>
    public async Task<Dictionary<RowKey, Totals>> TotalsAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation)
        => page is null && await TryTotalsAsync(scope, cut, FigureNames.Totals, cancellation) is { } totals ? totals
            : await road.TotalsAsync(scope, cut, page, cancellation);

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
        return await RunAsync(scope, FigureNames.ListenerQuarters, async scan =>
        {
            var counts = await ByKeyAsync<long>(
                scan, cut, (quarters, from, to, before) => before + quarters.Listeners(from, to), cancellation);
            return counts.Index().Where(count => count.Item > 0).ToDictionary(count => RowKey.OfTime(count.Index), count => count.Item);
        }, cancellation);
    }

    /// <inheritdoc/>
    public async Task<Dictionary<RowKey, Peak>> PeaksAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation)
    {
        if (!IsByQuarterHours(scope, cut))
            return await road.PeaksAsync(scope, cut, page, cancellation);
        return await RunAsync(scope, FigureNames.Peak, async scan =>
        {
            // Slices come in the order of time, so of equal levels the one before stays.
            var levels = await ByKeyAsync<Level>(
                scan, cut, (quarters, from, to, before) => quarters.Highest(from, to) is var level && level.Open > before.Open ? level : before,
                cancellation);
            return levels.Index().Where(level => level.Item.Open > 0).ToDictionary(
                level => RowKey.OfTime(level.Index),
                level => new Peak(level.Item.Open, Instant.FromUnixTimeSeconds(ColumnTime.ToUnix(level.Item.At))));
        }, cancellation);
    }

    /// <inheritdoc/>
    public async Task<List<GroupTotals>> RankedAsync(ReportScope scope, RowCut cut, Ranking ranking, CancellationToken cancellation)
        => await TryTotalsAsync(scope, cut, FigureNames.Groups, cancellation) is { } totals
            ? ranking.Cut(totals.Select(row => new GroupTotals(row.Key, row.Value)))
            : await road.RankedAsync(scope, cut, ranking, cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<string, MountSpans>> SpansAsync(ReportScope scope, CancellationToken cancellation)
        => road.SpansAsync(scope, cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<string, string>> NetworkNamesAsync(
        ReportScope scope, IReadOnlyList<string> networks, CancellationToken cancellation)
        => road.NetworkNamesAsync(scope, networks, cancellation);

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

    /// <summary>Sums of all rows; null where rollups do not tell them.</summary>
    private async Task<Dictionary<RowKey, Totals>?> TryTotalsAsync(
        ReportScope scope, RowCut cut, string figure, CancellationToken cancellation)
        => IsByQuarterHours(scope, cut)
            ? await RunAsync(scope, figure, scan => SumQuarterHoursAsync(scan, scope, cut, cancellation), cancellation)
            : IsByChunks(scope, cut)
                ? await RunAsync(scope, figure, scan => places.RunAsync(() => SumChunks(scan, scope, cut, cancellation), cancellation), cancellation)
                : null;

    private async Task<T> RunAsync<T>(ReportScope scope, string figure, Func<ColumnScan, Task<T>> run, CancellationToken cancellation)
        where T : ICollection
    {
        var step = scope.Trace?.Begin(figure, Name);
        var scan = await road.ScanAsync(scope, cancellation);
        var rows = await run(scan);
        step?.End(scan.RowsRead, rows.Count);
        return rows;
    }

    /// <summary>Puts a figure of each key of time together of those of its slices.</summary>
    /// <param name="scan">The sessions.</param>
    /// <param name="cut">The rows.</param>
    /// <param name="add">Adds to a key's figure that of a slice, from its first second to the one after its last.</param>
    /// <param name="cancellation">Stops it.</param>
    private async Task<T[]> ByKeyAsync<T>(
        ColumnScan scan, RowCut cut, Func<QuarterHours, uint, uint, T, T> add, CancellationToken cancellation)
        where T : struct
    {
        var slices = new TimeSlices(cut.Times);
        var quarters = await QuarterHoursAsync(scan, slices, cancellation);
        var figures = new T[slices.KeyCount];
        for (var slice = 0; slice < slices.Count; slice++)
        {
            ref var figure = ref figures[slices.Keys[slice]];
            figure = add(quarters, slices.Bounds[slice], slices.Bounds[slice + 1], figure);
        }

        return figures;
    }

    private async Task<Dictionary<RowKey, Totals>> SumQuarterHoursAsync(
        ColumnScan scan, ReportScope scope, RowCut cut, CancellationToken cancellation)
    {
        var slices = new TimeSlices(cut.Times);
        var through = ColumnTime.Of(scope.EndOfData);
        var quarters = await QuarterHoursAsync(scan, slices, cancellation);
        var byKey = new Sums[slices.KeyCount];
        for (var slice = 0; slice < slices.Count; slice++)
        {
            var (from, to) = (slices.Bounds[slice], slices.Bounds[slice + 1]);
            var sums = quarters.Sums(from, to);
            // The data ends within one slice at most, and there within a quarter hour.
            if (from < through && through < to)
                sums.SetThrough(await SumUpToAsync(scan, quarters, from, through, cancellation));
            else
                sums.SetThrough(isBefore: to <= through);
            byKey[slices.Keys[slice]].Add(sums);
        }

        return byKey.Index().Where(sums => sums.Item.Pieces > 0).ToDictionary(sums => RowKey.OfTime(sums.Index), sums => sums.Item.ToTotals());
    }

    /// <summary>Sums of a time that begins with a quarter hour and ends with the data.</summary>
    private async Task<Sums> SumUpToAsync(
        ColumnScan scan, QuarterHours quarters, uint from, uint through, CancellationToken cancellation)
    {
        var last = through / Sweep.QuarterHour * Sweep.QuarterHour;
        var sums = quarters.Sums(from, last);
        sums.SetThrough(isBefore: true);
        if (last < through)
            sums.Add(await places.RunAsync(() => TotalsScan.ByKey(scan, TimeSlices.Whole(last, through), through, cancellation)[0], cancellation));
        return sums;
    }

    private async Task<QuarterHours> QuarterHoursAsync(ColumnScan scan, TimeSlices slices, CancellationToken cancellation)
    {
        if (slices.Count == 0 || slices.From >= slices.To)
            return new QuarterHours(0, []);
        var windows = await rollups.WindowsAsync(scan, slices.From, slices.To, cancellation);
        return new QuarterHours(slices.From / Sweep.Window * Sweep.Window, windows);
    }

    /// <summary>Sums by the codes of a column: of whole chunks what is known of them, of the others their sessions.</summary>
    private Dictionary<RowKey, Totals> SumChunks(ColumnScan scan, ReportScope scope, RowCut cut, CancellationToken cancellation)
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
    }
}
