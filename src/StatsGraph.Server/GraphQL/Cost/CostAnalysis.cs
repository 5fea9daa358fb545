using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using StatsGraph.Reports;
using StatsGraph.Reports.Periods;
using StatsGraph.Server.GraphQL.Conversion;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.GraphQL.Types;

namespace StatsGraph.Server.GraphQL.Cost;

/// <summary>
/// Adds up the cost of a valid operation. All fields count, those that are skipped by a directive and those that are merged with others too, so
/// that the cost is the most that answering can take. Questions about the schema cost nothing here; their size is bounded.
/// </summary>
internal sealed class CostAnalysis
{
    private readonly ValidationContext context;
    private readonly ReportOptions options;
    private readonly NodaTime.Instant now;
    private readonly Dictionary<string, GraphQLFragmentDefinition> fragments;
    private double fieldCost;
    private double typeCost;

    private CostAnalysis(ValidationContext context, ReportOptions options, NodaTime.Instant now)
        => (this.context, this.options, this.now, fragments) = (context, options, now, Fragments.ByName(context.Document));

    /// <summary>The cost of the operation that is to be executed.</summary>
    public static OperationCost Of(ValidationContext context, ReportOptions options, NodaTime.Instant now)
    {
        var analysis = new CostAnalysis(context, options, now);
        IGraphType? root = context.Operation.Operation == OperationType.Subscription ? context.Schema.Subscription : context.Schema.Query;
        analysis.Add(context.Operation.SelectionSet, root, new Place(Works: 1, Objects: 1, Parent: null, Period: null));
        return new OperationCost(analysis.fieldCost, analysis.typeCost + 1);
    }

    private void Add(GraphQLSelectionSet? selections, IGraphType? type, Place place)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field when (type as IComplexGraphType)?.GetField(field.Name.Value) is { } definition:
                    Add(field, definition, place);
                    break;
                case GraphQLInlineFragment inline:
                    Add(inline.SelectionSet, type, place);
                    break;
                case GraphQLFragmentSpread spread:
                    Add(fragments[spread.FragmentName.Name.StringValue].SelectionSet, type, place);
                    break;
            }
        }
    }

    private void Add(GraphQLField field, FieldType definition, Place place)
    {
        var arguments = context.ArgumentValues?.GetValueOrDefault(field);
        var period = Period(definition, arguments, place.Period);
        var own = ListSize.Of(definition, arguments, definition.Name == ReportType.TimeSeriesField ? Buckets(arguments, period) : null);
        var list = own is { Fields.Count: 0 } ? own
            : place.Parent is { } parent && parent.Fields.Contains(definition.Name, StringComparer.Ordinal) ? parent
            : null;
        fieldCost += place.Works * Weights.Of(definition);
        if (definition.ResolvedType!.GetNamedType() is IComplexGraphType below)
        {
            var items = list?.Items ?? 1;
            var within = new Place(
                place.Works * (list is { Together: false } ? items : 1), place.Objects * items, own is { Fields.Count: > 0 } ? own : null, period);
            typeCost += within.Objects;
            Add(field.SelectionSet, below, within);
        }
    }

    /// <summary>The period of the report that a field is, or is part of; null where that is none, as the report will say.</summary>
    private static PeriodRequest? Period(FieldType field, IDictionary<string, ArgumentValue>? arguments, PeriodRequest? around)
    {
        try
        {
            return field.Name switch
            {
                SiteUpdateType.TodayField => SiteUpdateType.TodayPeriod,
                SiteType.ReportField => arguments?.TryGetValue(SiteType.PeriodArgument, out var period) == true
                    && InputObjects.AsObject(period.Value) is { } input ? PeriodConverter.Convert(input) : null,
                _ => around,
            };
        }
        catch (ReportException)
        {
            return null;
        }
    }

    /// <summary>How long a series is; null where its report will say that there is none.</summary>
    private int? Buckets(IDictionary<string, ArgumentValue>? arguments, PeriodRequest? period)
        => period is not null && arguments?.TryGetValue(ReportType.IntervalArgument, out var interval) == true
            ? BucketCount.Most(period, (Interval)interval.Value!, now, options) : null;

    /// <summary>Where in the answer a selection stands.</summary>
    /// <param name="Works">How often the figures there are computed.</param>
    /// <param name="Objects">How many objects there are.</param>
    /// <param name="Parent">The size of the lists that are fields there.</param>
    /// <param name="Period">The period of the report around it; null where there is none.</param>
    private sealed record Place(double Works, double Objects, ListSize? Parent, PeriodRequest? Period);
}
