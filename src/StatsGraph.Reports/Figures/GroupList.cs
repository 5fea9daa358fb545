using StatsGraph.Reports.Filters;

namespace StatsGraph.Reports.Figures;

/// <summary>
/// Lists of groups. All groups are ranked by their sums; the other figures are computed for the rows of the page alone.
/// </summary>
/// <param name="scope">The report.</param>
/// <param name="report">The report's figures as a whole, of which the shares are parts.</param>
internal sealed class GroupList(ReportScope scope, MetricsBatch report)
{
    private static readonly RowKey Whole = RowKey.OfTime(0);

    /// <summary>The page that is asked for.</summary>
    /// <exception cref="ReportException">A dimension, filter, order, page size or cursor is wrong, or there are too many groups.</exception>
    public async Task<Page<Group>> PageAsync(GroupRequest request, CancellationToken cancellation)
    {
        Check(request);
        var times = TimeDimensions.Cut(scope.Period, request.By);
        var cut = new RowCut(times.Keys, request.By.Where(dimension => !TimeDimensions.IsTime(dimension)).ToList());
        var groups = await RankedAsync(request, cut, times, cancellation);
        var listeners = request.Order.Any(sort => sort.By == Metric.Listeners)
            ? await new MetricsBatch(scope, cut, null).AllListenersAsync(cancellation)
            : null;

        var page = Pager.By(NamesOf(request), request.Order, request.By.Count).Cut(
            groups,
            group => SortKeyOf(group.Row, group.Totals, request, cut, times, listeners),
            request.Page);
        var totals = page.Edges.ToDictionary(edge => edge.Node.Row, edge => edge.Node.Totals);
        var rows = totals.Keys.ToList();
        var batch = new MetricsBatch(scope, cut, rows, totals, listeners);
        var names = await NetworkNamesAsync(request, cut, rows, cancellation);
        var shareOf = await SharesAsync(request, totals, listeners, cancellation);

        return new Page<Group>(
            page.Edges.Select(edge => new Edge<Group>(
                edge.Cursor,
                new Group(KeysOf(edge.Node.Row, request, cut, times, names), shareOf(edge.Node.Row), batch.Row(edge.Node.Row)))).ToList(),
            page.HasPrevious,
            page.HasNext,
            page.TotalCount);
    }

    private static void Check(GroupRequest request)
    {
        if (request.By.Count is < 1 or > 3 || request.By.Distinct().Count() != request.By.Count)
        {
            var by = NamesOf(request);
            throw new ReportException(
                ReportErrorCodes.Dimensions, $"Cannot group by [{by}]: expected one to three different dimensions.", by);
        }

        request.Where.Check();
        Pager.Check(request.Page);
    }

    private async Task<List<GroupTotals>> RankedAsync(
        GroupRequest request, RowCut cut, TimeDimensions times, CancellationToken cancellation)
    {
        var labels = TimeDimensions.IsTime(request.By[0]) ? times.Values(request.By[0]).ToList() : null;
        var ranking = new Ranking(request.Where, labels, scope.Options.MaximumGroups);
        var groups = await scope.Road.RankedAsync(scope, cut, ranking, cancellation);
        return groups.Count <= scope.Options.MaximumGroups ? groups : throw new ReportException(
            ReportErrorCodes.TooManyGroups,
            $"Grouping by [{NamesOf(request)}] gives more than {scope.Options.MaximumGroups} groups: narrow the filter or the period.",
            limit: scope.Options.MaximumGroups);
    }

    private static SortKey SortKeyOf(
        RowKey row, Totals totals, GroupRequest request, RowCut cut, TimeDimensions times, Dictionary<RowKey, long>? listeners)
    {
        object? Rank(Dimension dimension) => TimeDimensions.IsTime(dimension)
            ? (long)times.Rank((int)row.Time, dimension)
            : row.Value(cut.PlaceOf(dimension));

        object? ValueOf(Metric metric) => metric switch
        {
            Metric.Sessions => totals.Sessions,
            Metric.Visits => totals.Visits,
            Metric.TuningHours => totals.ListeningSeconds,
            Metric.AverageDuration => totals.AverageDuration,
            Metric.Listeners => listeners![row],
            _ => Rank(request.By[0]),
        };

        return new SortKey([.. request.Order.Select(sort => ValueOf(sort.By)), .. request.By.Select(Rank)]);
    }

    private async Task<Func<RowKey, double>> SharesAsync(
        GroupRequest request, Dictionary<RowKey, Totals> groups, Dictionary<RowKey, long>? listeners, CancellationToken cancellation)
    {
        var shared = request.Order.Select(sort => (Metric?)sort.By)
            .FirstOrDefault(metric => metric is not (Metric.Key or Metric.AverageDuration)) ?? request.DefaultMetric;
        var totals = await report.TotalsAsync(Whole, cancellation);
        (Func<RowKey, long> part, var whole) = shared switch
        {
            Metric.Visits => (row => groups[row].Visits, totals.Visits),
            Metric.TuningHours => (row => groups[row].ListeningSeconds, totals.ListeningSeconds),
            Metric.Listeners => ((Func<RowKey, long>)(row => listeners![row]), await report.ListenersAsync(Whole, cancellation)),
            _ => (row => groups[row].Sessions, totals.Sessions),
        };
        return row => whole == 0 ? 0 : (double)part(row) / whole;
    }

    private async Task<Dictionary<string, string>> NetworkNamesAsync(
        GroupRequest request, RowCut cut, List<RowKey> rows, CancellationToken cancellation)
    {
        if (!request.By.Contains(Dimension.Network))
            return [];
        var place = cut.PlaceOf(Dimension.Network);
        var networks = rows.Select(row => row.Value(place)).OfType<string>().Distinct().ToList();
        return await scope.Road.NetworkNamesAsync(scope, networks, cancellation);
    }

    private static List<GroupKey> KeysOf(
        RowKey row, GroupRequest request, RowCut cut, TimeDimensions times, Dictionary<string, string> networks) =>
        request.By.Select(dimension =>
        {
            if (TimeDimensions.IsTime(dimension))
                return TimeDimensions.Key(dimension, times.Rank((int)row.Time, dimension));
            var value = row.Value(cut.PlaceOf(dimension));
            return new GroupKey(dimension, value, Label(dimension, value, networks));
        }).ToList();

    private static string Label(Dimension dimension, string? value, Dictionary<string, string> networks) => (dimension, value) switch
    {
        (Dimension.Referrer, null) => "Direct",
        (_, null) => "Unknown",
        (Dimension.Country, _) => Countries.Find(value)?.Name ?? value,
        (Dimension.Network, _) => networks.TryGetValue(value, out var name) ? $"{value} {name}" : value,
        _ => value,
    };

    private static string NamesOf(GroupRequest request) => string.Join(", ", request.By.Select(dimension => dimension.ConstantName()));
}
