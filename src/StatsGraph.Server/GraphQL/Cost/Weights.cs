using System.Globalization;
using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;
using StatsGraph.Reports;

namespace StatsGraph.Server.GraphQL.Cost;

/// <summary>Gives fields their weights, where they are defined; the schema shows them as directives.</summary>
internal static class Weights
{
    private static readonly string[] PageArguments = ["first", "last"];
    private static readonly string[] PageFields = ["edges", "nodes"];

    /// <summary>What a field weighs; about the milliseconds of its worst case on ten million sessions.</summary>
    public static FieldBuilder<TSource, TReturn> Weighs<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int weight)
        => field.ApplyDirective(CostDirective.DirectiveName, CostDirective.Weight, weight.ToString(CultureInfo.InvariantCulture));

    /// <summary>A list of at most so many items, each computed by itself.</summary>
    public static FieldBuilder<TSource, TReturn> HasUpTo<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int items)
        => field.Sized((ListSizeDirective.AssumedSize, items));

    /// <summary>A list of at most so many items, whose figures are computed together.</summary>
    public static FieldBuilder<TSource, TReturn> HasTogetherUpTo<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int items)
        => field.Sized((ListSizeDirective.AssumedSize, items), (ListSizeDirective.ComputedTogether, true));

    /// <summary>A page of a list, whose figures are computed together or row by row.</summary>
    public static FieldBuilder<TSource, TReturn> HasPages<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, bool together)
        => field.Sized(
            (ListSizeDirective.AssumedSize, PageRequest.MaximumSize),
            (ListSizeDirective.SlicingArguments, PageArguments),
            (ListSizeDirective.SlicingArgumentDefaultValue, PageRequest.DefaultSize),
            (ListSizeDirective.SizedFields, PageFields),
            (ListSizeDirective.ComputedTogether, together));

    /// <summary>What has a list of at most so many items in one of its fields, whose figures are computed together.</summary>
    public static FieldBuilder<TSource, TReturn> HasTogetherUpTo<TSource, TReturn>(
        this FieldBuilder<TSource, TReturn> field, int items, string sizedField)
        => field.Sized(
            (ListSizeDirective.AssumedSize, items),
            (ListSizeDirective.SizedFields, new[] { sizedField }),
            (ListSizeDirective.ComputedTogether, true));

    /// <summary>A list of as many items as its argument <c>first</c> says, whose figures are computed together.</summary>
    public static FieldBuilder<TSource, TReturn> HasFirst<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int usual)
        => field.Sized(
            (ListSizeDirective.AssumedSize, PageRequest.MaximumSize),
            (ListSizeDirective.SlicingArguments, new[] { PageArguments[0] }),
            (ListSizeDirective.SlicingArgumentDefaultValue, usual),
            (ListSizeDirective.ComputedTogether, true));

    /// <summary>What a field weighs; 0 unless it says so.</summary>
    public static double Of(IFieldType field)
        => field.FindAppliedDirective(CostDirective.DirectiveName) is { } cost
            ? double.Parse((string)cost.FindArgument(CostDirective.Weight)!.Value!, CultureInfo.InvariantCulture)
            : 0;

    private static FieldBuilder<TSource, TReturn> Sized<TSource, TReturn>(
        this FieldBuilder<TSource, TReturn> field, params (string Name, object Value)[] arguments)
        => field.ApplyDirective(ListSizeDirective.DirectiveName, directive =>
        {
            foreach (var (name, value) in arguments)
            {
                directive.AddArgument(new DirectiveArgument(name) { Value = value });
            }
        });
}
