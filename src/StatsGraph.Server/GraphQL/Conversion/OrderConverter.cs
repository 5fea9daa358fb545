using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Plays;

namespace StatsGraph.Server.GraphQL.Conversion;

/// <summary>From the inputs of orders, such as <c>MetricSortInput</c>, to the steps of an order.</summary>
internal static class OrderConverter
{
    private static readonly Dictionary<string, Metric> MetricNames = Enum.GetValues<Metric>().ToDictionary(m => InputObjects.Key(m.ToString()));

    private static readonly Dictionary<string, ErrorMetric> ErrorNames = Enum.GetValues<ErrorMetric>().ToDictionary(m => InputObjects.Key(m.ToString()));

    private static readonly Dictionary<string, PlayMetric> PlayNames = Enum.GetValues<PlayMetric>().ToDictionary(m => InputObjects.Key(m.ToString()));

    private static readonly Dictionary<string, TrackMetric> TrackNames = Enum.GetValues<TrackMetric>().ToDictionary(m => InputObjects.Key(m.ToString()));

    /// <summary>Order of the plays; null is by start, the latest first.</summary>
    /// <exception cref="ReportException">A step has not exactly one key with a direction.</exception>
    public static IReadOnlyList<Sort<PlayMetric>> Plays(IReadOnlyList<IReadOnlyDictionary<string, object?>>? input)
        => Steps(input, PlayNames, PlayMetric.Start);

    /// <summary>Order of the tracks; null is by performances, most first.</summary>
    /// <exception cref="ReportException">A step has not exactly one key with a direction.</exception>
    public static IReadOnlyList<Sort<TrackMetric>> Tracks(IReadOnlyList<IReadOnlyDictionary<string, object?>>? input)
        => Steps(input, TrackNames, TrackMetric.Performances);

    /// <summary>Order of a list of groups; null is the list's own, largest first. An empty order is by key alone.</summary>
    /// <exception cref="ReportException">A step has not exactly one key with a direction.</exception>
    public static IReadOnlyList<Sort<Metric>> Metrics(IReadOnlyList<IReadOnlyDictionary<string, object?>>? input, Metric whenNull)
        => Steps(input, MetricNames, whenNull);

    /// <summary>Order of the refused requests; null is by number, largest first.</summary>
    /// <exception cref="ReportException">A step has not exactly one key with a direction.</exception>
    public static IReadOnlyList<Sort<ErrorMetric>> Errors(IReadOnlyList<IReadOnlyDictionary<string, object?>>? input)
        => Steps(input, ErrorNames, ErrorMetric.Requests);

    /// <summary>The value of an <c>order</c> argument that puts the largest first.</summary>
    public static object Default<TMetric>(TMetric metric)
        where TMetric : struct, Enum
        => new List<object> { new Dictionary<string, object?> { [InputObjects.Key(metric.ToString())] = true } };

    private static IReadOnlyList<Sort<TMetric>> Steps<TMetric>(
        IReadOnlyList<IReadOnlyDictionary<string, object?>>? input, Dictionary<string, TMetric> names, TMetric whenNull)
        => input is null ? [new Sort<TMetric>(whenNull, Descending: true)] : [.. input.Select(step => Step(step, names))];

    private static Sort<TMetric> Step<TMetric>(IReadOnlyDictionary<string, object?> step, Dictionary<string, TMetric> names)
    {
        if (step.Count == 1 && step.Values.Single() is bool descending)
        {
            return new Sort<TMetric>(names[step.Keys.Single()], descending);
        }

        var keys = string.Join(", ", step.Keys.Order(StringComparer.Ordinal));
        throw new ReportException(
            ReportErrorCodes.Order,
            $"A step of an order has exactly one key, with ASC or DESC; this one has {(keys.Length == 0 ? "none" : keys)}. "
            + "Write one object for each step: [{ visits: DESC }, { key: ASC }].",
            keys);
    }
}
