namespace StatsGraph.Reports.Figures;

/// <summary>A list of groups that is asked for.</summary>
/// <param name="By">One to three different dimensions.</param>
/// <param name="Where">Condition on the groups, after aggregation.</param>
/// <param name="Order">Steps of the order; ties are broken by key. The first metric in it is the metric of the shares.</param>
/// <param name="DefaultMetric">Metric of the shares where the order names none that can be shared out.</param>
/// <param name="Page">The part that is wanted.</param>
public sealed record GroupRequest(
    IReadOnlyList<Dimension> By,
    Filters.Condition<Filters.GroupField>? Where,
    IReadOnlyList<Sort<Metric>> Order,
    Metric DefaultMetric,
    PageRequest Page);

/// <summary>A row of a list of groups.</summary>
/// <param name="Keys">One key a dimension, in the order asked for.</param>
/// <param name="Share">0-1: the group's part of the report's total of the metric that orders the list.</param>
/// <param name="Metrics">Its figures.</param>
public sealed record Group(IReadOnlyList<GroupKey> Keys, double Share, Metrics Metrics);

/// <summary>What a group has in common.</summary>
/// <param name="Dimension">The dimension.</param>
/// <param name="Value">Its value; null where the log does not tell it.</param>
/// <param name="Label">The value for people.</param>
public sealed record GroupKey(Dimension Dimension, string? Value, string Label);
