using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using StatsGraph.Reports;

namespace StatsGraph.Server.GraphQL.Cost;

/// <summary>How many items a list has at most.</summary>
/// <param name="Items">Their number.</param>
/// <param name="Fields">Fields that are the list; empty where the field itself is.</param>
/// <param name="Together">Whether their figures are computed together.</param>
internal sealed record ListSize(int Items, IReadOnlyList<string> Fields, bool Together)
{
    /// <summary>The size that the schema tells of a field and arguments make exact; null where it is no list.</summary>
    /// <param name="field">The field.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="known">How many items there are, where the caller knows; configuration may allow more than the schema tells.</param>
    public static ListSize? Of(IFieldType field, IDictionary<string, ArgumentValue>? arguments, int? known)
    {
        if (field.FindAppliedDirective(ListSizeDirective.DirectiveName) is not { } directive)
        {
            return null;
        }

        var most = (int?)Value(directive, ListSizeDirective.AssumedSize) ?? PageRequest.MaximumSize;
        var slicing = Names(directive, ListSizeDirective.SlicingArguments);
        var asked = slicing.Select(name => Argument(arguments, name)).FirstOrDefault(value => value is not null)
            ?? (slicing.Count > 0 ? (int?)Value(directive, ListSizeDirective.SlicingArgumentDefaultValue) : null);

        // One that asks for too many or for fewer than none is refused when it is executed.
        return new ListSize(
            known ?? Math.Clamp(asked ?? most, 0, most),
            Names(directive, ListSizeDirective.SizedFields),
            Value(directive, ListSizeDirective.ComputedTogether) is true);
    }

    private static int? Argument(IDictionary<string, ArgumentValue>? arguments, string name)
        => arguments is not null && arguments.TryGetValue(name, out var value) ? value.Value as int? : null;

    private static object? Value(AppliedDirective directive, string argument) => directive.FindArgument(argument)?.Value;

    private static IReadOnlyList<string> Names(AppliedDirective directive, string argument)
        => Value(directive, argument) as IReadOnlyList<string> ?? [];
}
