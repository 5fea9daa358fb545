using System.Data;
using System.Numerics;
using NodaTime;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Plays;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Reports.Figures;

/// <summary>The road of the query engine: SQL over a table of all sessions, which is made of the lake's files.</summary>
/// <param name="engine">Runs the statements.</param>
/// <param name="sessions">Name of the session table, made when it is first needed.</param>
internal sealed class LakeRoad(QueryEngine engine, Func<CancellationToken, Task<string>> sessions) : IFigureRoad
{
    /// <summary>What a trace calls this road.</summary>
    public const string Name = "lake";

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, Totals>> TotalsAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        QueryAsync(scope, FigureNames.Totals, SqlText.Load("Figures/Totals"), cut, page, null, ReadTotals, cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, long>> ListenersAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        QueryAsync(scope, FigureNames.Listeners, SqlText.Load("Figures/Listeners"), cut, page, null, record => record.GetInt64(4), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, double>> QuantilesAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, double p, CancellationToken cancellation) =>
        QueryAsync(
            scope, FigureNames.Quantile, SqlText.Load("Figures/Quantile"), cut, page, statement => statement.Bind("p", p),
            record => record.GetDouble(4), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, long>> ListenerQuartersAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        QueryAsync(scope, FigureNames.ListenerQuarters, SqlText.Load("Figures/QuarterHours"), cut, page, null, record => record.GetInt64(4), cancellation);

    /// <inheritdoc/>
    public Task<Dictionary<RowKey, Peak>> PeaksAsync(
        ReportScope scope, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation) =>
        QueryAsync(scope, FigureNames.Peak, SqlText.Load("Figures/PeakConcurrent"), cut, page, null, ReadPeak, cancellation);

    /// <inheritdoc/>
    public async Task<List<GroupTotals>> RankedAsync(ReportScope scope, RowCut cut, Ranking ranking, CancellationToken cancellation)
    {
        var (having, values) = ConditionSql.Write(ranking.Having, ConditionSql.Column, "having_");
        var figure = SqlText.Load("Figures/Ranked")
            .With("figures", SqlText.Load("Figures/Totals"))
            .With("key", ranking.Labels is null ? "d1" : "label")
            .With("having", having);
        var groups = await QueryAsync(
            scope,
            FigureNames.Groups,
            figure,
            cut,
            page: null,
            statement => statement
                .Bind(values)
                .Bind("label", ranking.Labels ?? [])
                .Bind("limit", (long)ranking.Limit + 1),
            ReadTotals,
            cancellation);
        return [.. groups.Select(group => new GroupTotals(group.Key, group.Value))];
    }

    /// <inheritdoc/>
    public async Task<Dictionary<string, MountSpans>> SpansAsync(ReportScope scope, CancellationToken cancellation)
    {
        var table = await sessions(cancellation);
        var (step, rowsRead) = await BeginAsync(scope, FigureNames.Spans, table, cancellation);
        var (filter, values) = ConditionSql.Write(scope.Where, ConditionSql.Column, "where_");
        var text = SqlText.Load("Figures/Spans").With("sessions", Zoned(table, scope.Where)).With("filter", filter);
        var statement = BindZone(new Statement(text), scope.Period, scope.Where)
            .Bind(values)
            .Bind("since", scope.Period.Run.From)
            .Bind("until", scope.Period.Run.To);
        var rows = await engine.QueryAsync(
            statement, record => (Mount: record.GetString(0), Start: record.GetInt64(1), End: record.GetInt64(2)), cancellation);
        var spans = rows.GroupBy(row => row.Mount, StringComparer.Ordinal).ToDictionary(
            mount => mount.Key,
            mount => new MountSpans([.. mount.Select(row => row.Start)], [.. mount.Select(row => row.End)]),
            StringComparer.Ordinal);
        step?.End(rowsRead, spans.Count);
        return spans;
    }

    /// <inheritdoc/>
    public async Task<Dictionary<string, string>> NetworkNamesAsync(
        ReportScope scope, IReadOnlyList<string> networks, CancellationToken cancellation)
    {
        var table = await sessions(cancellation);
        var (step, rowsRead) = await BeginAsync(scope, FigureNames.NetworkNames, table, cancellation);
        var statement = new Statement(SqlText.Load("Figures/NetworkNames").With("sessions", table)).Bind("networks", networks);
        var names = await engine.QueryAsync(
            statement, record => (Network: record.GetString(0), Name: record.IsDBNull(1) ? null : record.GetString(1)), cancellation);
        step?.End(rowsRead, names.Count);
        return names.Where(pair => pair.Name is not null).ToDictionary(pair => pair.Network, pair => pair.Name!);
    }

    /// <summary>The sessions as a relation with the zone's hour of the start where the filter asks for it.</summary>
    public static string Zoned(string sessions, Condition<SessionField>? where) =>
        where.Names(SessionField.HourOfDay) ? SqlText.Load("Figures/Zoned").With("rows", sessions) : sessions;

    /// <summary>Binds the offsets of the period's zone.</summary>
    public static Statement BindZone(Statement statement, CalendarPeriod period, Condition<SessionField>? where)
    {
        var offsets = where.Names(SessionField.HourOfDay) ? period.Clock.OffsetsBefore(period.To) : [];
        return statement
            .Bind("zone_since", offsets.Select(offset => offset.Since).ToList())
            .Bind("zone_offset", offsets.Select(offset => offset.Offset).ToList());
    }

    /// <summary>Runs the text of a figure over the pieces of the report's sessions.</summary>
    /// <param name="scope">The report.</param>
    /// <param name="name">What a trace calls the figure.</param>
    /// <param name="figure">SQL that goes on from the relation <c>piece</c> and returns slice_key, d1, d2, d3 and figures.</param>
    /// <param name="cut">The rows.</param>
    /// <param name="page">The only rows that are wanted; null for all.</param>
    /// <param name="bind">Binds the text's own parameters.</param>
    /// <param name="read">Reads the figures, which begin at column 4.</param>
    /// <param name="cancellation">Stops the statement.</param>
    private async Task<Dictionary<RowKey, T>> QueryAsync<T>(
        ReportScope scope, string name, string figure, RowCut cut, IReadOnlyList<RowKey>? page, Action<Statement>? bind,
        Func<IDataRecord, T> read, CancellationToken cancellation)
    {
        var table = await sessions(cancellation);
        var (step, rowsRead) = await BeginAsync(scope, name, table, cancellation);
        var statement = Pieces(scope, figure, cut, page, table);
        bind?.Invoke(statement);
        var rows = await engine.QueryAsync(statement, record => (Key: Key(record), Figure: read(record)), cancellation);
        step?.End(rowsRead, rows.Count);
        return rows.ToDictionary(row => row.Key, row => row.Figure);
    }

    /// <summary>Begins a step of the trace, where there is one; the rows are counted before it, for their own time is nobody's figure.</summary>
    private async Task<(TraceStep? Step, long RowsRead)> BeginAsync(
        ReportScope scope, string name, string table, CancellationToken cancellation)
    {
        if (scope.Trace is null)
            return (null, 0);
        var rows = await SessionTables.CountAsync(engine, table, cancellation);
        return (scope.Trace.Begin(name, Name), rows);
    }

    private static Statement Pieces(ReportScope scope, string figure, RowCut cut, IReadOnlyList<RowKey>? page, string table)
    {
        var restricted = page is not null && cut.Values.Count > 0;
        var rows = Zoned(table, scope.Where);
        if (restricted)
            rows = SqlText.Load("Figures/PageOnly").With("rows", rows).With("match", Match(cut));

        var (filter, values) = ConditionSql.Write(scope.Where, ConditionSql.Column, "where_");
        var slices = cut.Times.Slices;
        var text = SqlText.Load("Figures/Pieces")
            .With("sessions", rows)
            .With("filter", filter)
            .With("cut", SqlText.Load(slices.Count == 1 ? "Figures/CutWhole" : "Figures/CutSlices"))
            .With("d1", Value(cut, 0))
            .With("d2", Value(cut, 1))
            .With("d3", Value(cut, 2));

        var statement = BindZone(new Statement(text + figure), scope.Period, scope.Where)
            .Bind(values)
            .Bind("since", scope.Period.Run.From)
            .Bind("until", scope.Period.Run.To)
            .Bind("through", scope.EndOfData)
            .Bind("slice_from", slices.Select(slice => slice.From).ToList())
            .Bind("slice_to", slices.Select(slice => slice.To).ToList())
            .Bind("slice_key", cut.Times.Keys.Select(key => (long)key).ToList());
        if (restricted)
        {
            for (var place = 0; place < 3; place++)
                statement.Bind($"page_d{place + 1}", page!.Select(row => row.Value(place)).ToList());
        }

        return statement;
    }

    private static string Match(RowCut cut) => string.Join(
        " and ",
        cut.Values.Select((dimension, place) => $"counted.{RowCut.Column(dimension)} is not distinct from page_d{place + 1}"));

    /// <summary>Column of a value dimension, or a typed null in a place that has none.</summary>
    private static string Value(RowCut cut, int place) =>
        place < cut.Values.Count ? RowCut.Column(cut.Values[place]) : "null::varchar";

    private static RowKey Key(IDataRecord record) => new(record.GetInt64(0), Text(record, 1), Text(record, 2), Text(record, 3));

    private static string? Text(IDataRecord record, int column) => record.IsDBNull(column) ? null : record.GetString(column);

    private static Totals ReadTotals(IDataRecord record) => new(
        record.GetInt64(4), record.GetInt64(5), record.GetInt64(6), (Int128)(BigInteger)record.GetValue(7), record.GetInt64(8),
        record.GetInt64(9));

    private static Peak ReadPeak(IDataRecord record) =>
        new(record.GetInt64(4), Instant.FromUnixTimeSeconds(record.GetInt64(5)));
}
