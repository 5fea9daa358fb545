using System.Text.Json.Nodes;

namespace StatsGraph.Tests.Oracle;

/// <summary>Order, shares, HAVING and pages of lists.</summary>
public static class OracleList
{
    private const int DefaultPage = 10;

    /// <summary>Rows that pass a <c>GroupFilterInput</c>, ordered by <c>MetricSortInput</c> objects, then by their keys.</summary>
    public static IReadOnlyList<OracleGroup> Ordered(IReadOnlyList<OracleGroup> rows, JsonObject? having, JsonArray order)
    {
        var steps = order.Select(step => ((JsonObject)step!).Single()).Select(step => (By: step.Key, Down: (string)step.Value! == "DESC"));
        var passing = rows.Where(row => OracleFilter.Passes(having, field => Value(row, field))).OrderBy(_ => 0);
        foreach (var (by, down) in steps)
        {
            passing = by == "key"
                ? ThenByKey(passing, 0, down)
                : ThenByNumber(passing, row => Metric(row.Metrics, by) ?? double.NaN, down);
        }

        for (var dimension = 0; dimension < 3; dimension++)
            passing = ThenByKey(passing, dimension, down: false);
        return passing.ToList();
    }

    /// <summary>The metric that shares are of: the first of an order that can be shared out, else the list's own.</summary>
    public static string ShareMetric(JsonArray order, string listsOwn)
        => order.Select(step => ((JsonObject)step!).Single().Key)
            .FirstOrDefault(metric => metric is "sessions" or "visits" or "listeners" or "tuningHours") ?? listsOwn;

    /// <summary>A row's part, 0-1, of the totals.</summary>
    public static double Share(OracleMetrics row, OracleMetrics totals, string metric)
    {
        var whole = Metric(totals, metric)!.Value;
        return whole == 0 ? 0 : Metric(row, metric)!.Value / whole;
    }

    /// <summary>Requests in the order of <c>ErrorSortInput</c> objects, then by status and path.</summary>
    public static IReadOnlyList<OracleError> Ordered(IReadOnlyList<OracleError> rows, JsonArray order)
    {
        var ordered = rows.OrderBy(_ => 0);
        foreach (var (by, direction) in order.Select(step => ((JsonObject)step!).Single()))
        {
            Func<OracleError, long> metric = by switch
            {
                "requests" => row => row.Requests,
                "status" => row => row.Status,
                "lastSeen" => row => row.LastSeen,
                _ => throw new ArgumentException($"'{by}' is no field of ErrorSortInput", nameof(order)),
            };
            ordered = (string)direction! == "DESC" ? ordered.ThenByDescending(metric) : ordered.ThenBy(metric);
        }

        return ordered.ThenBy(row => row.Status).ThenBy(row => row.Path, OracleSite.ByBytes).ToList();
    }

    /// <summary>Positions <c>[From, To)</c> of a page; <paramref name="after"/> and <paramref name="before"/> are positions of rows.</summary>
    public static (int From, int To) Page(int count, int? first, int? after, int? last, int? before)
    {
        var from = after is { } previous ? Math.Min(previous + 1, count) : 0;
        var to = before is { } next ? Math.Min(next, count) : count;
        to = Math.Max(from, to);
        var size = first ?? (last is null ? DefaultPage : count);
        to = Math.Min(to, from + size);
        if (last is { } tail)
            from = Math.Max(from, to - tail);
        return (from, to);
    }

    private static object? Value(OracleGroup row, string field) => field == "key" ? row.Keys[0] : Metric(row.Metrics, field);

    private static double? Metric(OracleMetrics metrics, string metric) => metric switch
    {
        "sessions" => metrics.SessionCount,
        "visits" => metrics.Visits,
        "listeners" => metrics.Listeners,
        "tuningHours" => metrics.TuningHours,
        "averageDuration" => metrics.AverageDuration,
        _ => throw new ArgumentException($"'{metric}' is no metric that lists are ordered by", nameof(metric)),
    };

    // Rows without the metric come last in both directions.
    private static IOrderedEnumerable<OracleGroup> ThenByNumber(
        IOrderedEnumerable<OracleGroup> rows, Func<OracleGroup, double> number, bool down)
    {
        var missingLast = rows.ThenBy(row => double.IsNaN(number(row)));
        return down ? missingLast.ThenByDescending(number) : missingLast.ThenBy(number);
    }

    // Hours and days of the week are numbers in text; dates and months order as texts do.
    private static IOrderedEnumerable<OracleGroup> ThenByKey(IOrderedEnumerable<OracleGroup> rows, int dimension, bool down)
    {
        var missingLast = rows.ThenBy(row => Key(row, dimension) is null);
        return down
            ? missingLast.ThenByDescending(row => Key(row, dimension) ?? "", OracleSite.ByBytes)
            : missingLast.ThenBy(row => Key(row, dimension) ?? "", OracleSite.ByBytes);
    }

    private static string? Key(OracleGroup row, int dimension)
    {
        var key = dimension < row.Keys.Count ? row.Keys[dimension] : null;
        return key is not null && row.By[dimension] is "HOUR_OF_DAY" or "DAY_OF_WEEK" ? key?.PadLeft(2, '0') : key;
    }
}
