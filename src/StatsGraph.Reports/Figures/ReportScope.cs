using System.Data;
using NodaTime;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Reports.Figures;

/// <summary>What all figures of one report have in common: the sessions they see, the filter and the period.</summary>
/// <param name="Engine">Runs the statements.</param>
/// <param name="Sessions">Name of the session table, made when it is first needed.</param>
/// <param name="Period">The period.</param>
/// <param name="Where">The filter of sessions, a kind always named.</param>
/// <param name="DataThrough">End of the data.</param>
/// <param name="Options">Limits.</param>
internal sealed record ReportScope(
    QueryEngine Engine,
    Func<CancellationToken, Task<string>> Sessions,
    CalendarPeriod Period,
    Condition<SessionField> Where,
    Instant? DataThrough,
    ReportOptions Options)
{
    /// <summary>Second of the period up to which there is data: its end when there is more, its beginning when there is none in it.</summary>
    public long EndOfData => Math.Clamp(DataThrough?.ToUnixTimeSeconds() ?? Period.Run.From, Period.Run.From, Period.Run.To);

    /// <summary>Runs the text of a figure over the pieces of the report's sessions.</summary>
    /// <param name="figure">SQL that goes on from the relation <c>piece</c> and returns slice_key, d1, d2, d3 and figures.</param>
    /// <param name="cut">The rows.</param>
    /// <param name="page">The only rows that are wanted; null for all.</param>
    /// <param name="bind">Binds the text's own parameters.</param>
    /// <param name="read">Reads the figures, which begin at column 4.</param>
    /// <param name="cancellation">Stops the statement.</param>
    public async Task<Dictionary<RowKey, T>> QueryAsync<T>(
        string figure, RowCut cut, IReadOnlyList<RowKey>? page, Action<Statement>? bind, Func<IDataRecord, T> read,
        CancellationToken cancellation)
    {
        var statement = await PiecesAsync(figure, cut, page, cancellation);
        bind?.Invoke(statement);
        var rows = await Engine.QueryAsync(statement, record => (Key: Key(record), Figure: read(record)), cancellation);
        return rows.ToDictionary(row => row.Key, row => row.Figure);
    }

    /// <summary>Column of a value dimension, or a typed null in a place that has none.</summary>
    public static string Value(RowCut cut, int place) =>
        place < cut.Values.Count ? RowCut.Column(cut.Values[place]) : "null::varchar";

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

    private static RowKey Key(IDataRecord record) => new(record.GetInt64(0), Text(record, 1), Text(record, 2), Text(record, 3));

    private static string? Text(IDataRecord record, int column) => record.IsDBNull(column) ? null : record.GetString(column);

    private async Task<Statement> PiecesAsync(
        string figure, RowCut cut, IReadOnlyList<RowKey>? page, CancellationToken cancellation)
    {
        var restricted = page is not null && cut.Values.Count > 0;
        var sessions = Zoned(await Sessions(cancellation), Where);
        if (restricted)
            sessions = SqlText.Load("Figures/PageOnly").With("rows", sessions).With("match", Match(cut));

        var (filter, values) = ConditionSql.Write(Where, ConditionSql.Column, "where_");
        var slices = cut.Times.Slices;
        var text = SqlText.Load("Figures/Pieces")
            .With("sessions", sessions)
            .With("filter", filter)
            .With("cut", SqlText.Load(slices.Count == 1 ? "Figures/CutWhole" : "Figures/CutSlices"))
            .With("d1", Value(cut, 0))
            .With("d2", Value(cut, 1))
            .With("d3", Value(cut, 2));

        var statement = BindZone(new Statement(text + figure), Period, Where)
            .Bind(values)
            .Bind("since", Period.Run.From)
            .Bind("until", Period.Run.To)
            .Bind("through", EndOfData)
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
}
