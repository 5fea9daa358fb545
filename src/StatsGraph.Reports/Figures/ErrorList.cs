using System.Data;
using NodaTime;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Filters;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Reports.Figures;

/// <summary>Lists of refused requests.</summary>
/// <param name="engine">Runs the statements.</param>
/// <param name="scope">The report; conditions on visits and kinds do not apply to requests.</param>
/// <param name="lines">The lines of the site.</param>
/// <param name="aliases">Mounts that count as other mounts.</param>
internal sealed class ErrorList(QueryEngine engine, ReportScope scope, SiteLines lines, IReadOnlyDictionary<string, string> aliases)
{
    /// <summary>The page that is asked for.</summary>
    /// <exception cref="ReportException">The page size or a cursor is wrong, or there are too many rows.</exception>
    public async Task<Page<StreamError>> PageAsync(
        IReadOnlyList<Sort<ErrorMetric>> order, PageRequest page, CancellationToken cancellation)
    {
        Pager.Check(page);
        var step = scope.Trace?.Begin(FigureNames.Errors, LakeRoad.Name);
        // A request ends no earlier than it starts.
        var within = lines.Only([.. lines.Files.Where(file => file.LastEnd is not { } end || end.ToUnixTimeSeconds() >= scope.Period.Run.From)]);
        var rows = await engine.QueryAsync(Statement(within), Read, cancellation);
        step?.End(within.Rows, rows.Count);
        if (rows.Count > scope.Options.MaximumGroups)
        {
            throw new ReportException(
                ReportErrorCodes.TooManyGroups,
                $"There are more than {scope.Options.MaximumGroups} paths with errors: narrow the filter or the period.",
                limit: scope.Options.MaximumGroups);
        }

        return Pager.By("Errors", order, keys: 2).Cut(rows, row => SortKeyOf(row, order), page);
    }

    private Statement Statement(SiteLines within)
    {
        var where = scope.Where.Without(SessionField.EntryMount, SessionField.Kind);
        var (filter, values) = ConditionSql.Write(where, ConditionSql.Column, "where_");
        var text = SqlText.Load("Figures/Errors")
            .With("requests", LakeRoad.Zoned("request", where))
            .With("filter", filter);
        return LakeRoad.BindZone(within.Read(text), scope.Period, where)
            .Bind(values)
            .Bind("alias_from", aliases.Keys.ToList())
            .Bind("alias_to", aliases.Values.ToList())
            .Bind("since", scope.Period.Run.From)
            .Bind("until", scope.Period.Run.To)
            .Bind("limit", (long)scope.Options.MaximumGroups + 1);
    }

    private static StreamError Read(IDataRecord record) => new(
        record.GetInt32(0), record.GetString(1), record.GetInt64(2), Instant.FromUnixTimeSeconds(record.GetInt64(3)));

    private static SortKey SortKeyOf(StreamError row, IReadOnlyList<Sort<ErrorMetric>> order) => new(
    [
        .. order.Select(sort => (object?)(sort.By switch
        {
            ErrorMetric.Requests => row.Requests,
            ErrorMetric.Status => (long)row.Status,
            _ => row.LastSeen.ToUnixTimeSeconds(),
        })),
        (long)row.Status,
        row.Path,
    ]);
}
