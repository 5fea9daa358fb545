using System.Collections;
using StatsGraph.Reports;
using StatsGraph.Reports.Filters;

namespace StatsGraph.Server.GraphQL.Conversion;

/// <summary>From <c>SessionFilterInput</c> and <c>GroupFilterInput</c> to conditions.</summary>
internal static class FilterConverter
{
    private static readonly Dictionary<string, Operator> Operators = new()
    {
        ["eq"] = Operator.Equal,
        ["neq"] = Operator.NotEqual,
        ["in"] = Operator.In,
        ["nin"] = Operator.NotIn,
        ["contains"] = Operator.Contains,
        ["ncontains"] = Operator.NotContains,
        ["startsWith"] = Operator.StartsWith,
        ["nstartsWith"] = Operator.NotStartsWith,
        ["endsWith"] = Operator.EndsWith,
        ["nendsWith"] = Operator.NotEndsWith,
        ["gt"] = Operator.Greater,
        ["gte"] = Operator.GreaterOrEqual,
        ["lt"] = Operator.Less,
        ["lte"] = Operator.LessOrEqual,
    };

    private static readonly Dictionary<string, SessionField> SessionFields =
        Enum.GetValues<SessionField>().ToDictionary(f => InputObjects.Key(f.ToString()));

    private static readonly Dictionary<string, GroupField> GroupFields =
        Enum.GetValues<GroupField>().ToDictionary(f => InputObjects.Key(f.ToString()));

    /// <summary>The condition on sessions; null when there is no filter.</summary>
    /// <exception cref="ReportException">An operator that takes no null, or a list, is null.</exception>
    public static Condition<SessionField>? Sessions(IReadOnlyDictionary<string, object?>? input)
        => input is null ? null : Filter(input, SessionFields);

    /// <summary>The condition on rows; null when there is no filter.</summary>
    /// <exception cref="ReportException">An operator that takes no null, or a list, is null.</exception>
    public static Condition<GroupField>? Groups(IReadOnlyDictionary<string, object?>? input)
        => input is null ? null : Filter(input, GroupFields);

    /// <summary>All keys of an object must hold. A key that is null is no condition, so that a variable may leave it out.</summary>
    private static Condition<TField> Filter<TField>(IReadOnlyDictionary<string, object?> input, Dictionary<string, TField> fields)
        where TField : struct, Enum
        => AllOf(Given(input).Select(entry => fields.TryGetValue(entry.Key, out var field)
            ? Operations(field, entry.Key, InputObjects.AsObject(entry.Value)!)
            : Combined(entry.Key, entry.Value!, part => Filter(part, fields))));

    private static Condition<TField> Operations<TField>(TField field, string name, IReadOnlyDictionary<string, object?> input)
        where TField : struct, Enum
        => AllOf(input.Where(entry => entry.Value is not null || Operators.ContainsKey(entry.Key)).Select(entry =>
            Operators.TryGetValue(entry.Key, out var comparison)
                ? Compare(field, name, entry.Key, comparison, entry.Value)
                : Combined(entry.Key, entry.Value!, part => Operations(field, name, part))));

    private static Condition<TField> Compare<TField>(TField field, string name, string key, Operator comparison, object? value)
        where TField : struct, Enum
        => comparison switch
        {
            Operator.In or Operator.NotIn => new Condition<TField>.Compare(
                field, comparison, value is null ? throw Null(name, key) : [.. ((IEnumerable)value).Cast<object?>()]),
            Operator.Equal or Operator.NotEqual => new Condition<TField>.Compare(field, comparison, [value]),
            _ => new Condition<TField>.Compare(field, comparison, [value ?? throw Null(name, key)]),
        };

    /// <summary><c>and</c> and <c>or</c>, whose parts are objects of the same kind.</summary>
    private static Condition<TField> Combined<TField>(
        string key, object value, Func<IReadOnlyDictionary<string, object?>, Condition<TField>> convert)
        where TField : struct, Enum
    {
        Condition<TField>[] parts = [.. InputObjects.AsObjects(value)!.Select(convert)];
        return key == "or" ? new Condition<TField>.Any(parts) : new Condition<TField>.All(parts);
    }

    /// <summary>One condition stands for itself, so that a filter of one key stays as simple as it was written.</summary>
    private static Condition<TField> AllOf<TField>(IEnumerable<Condition<TField>> conditions)
        where TField : struct, Enum
    {
        Condition<TField>[] parts = [.. conditions];
        return parts.Length == 1 ? parts[0] : new Condition<TField>.All(parts);
    }

    private static IEnumerable<KeyValuePair<string, object?>> Given(IReadOnlyDictionary<string, object?> input)
        => input.Where(entry => entry.Value is not null);

    private static ReportException Null(string name, string key)
        => new(
            ReportErrorCodes.Filter,
            $"{name}: {{ {key}: null }} compares with nothing; expected a value. Use eq or neq for null.",
            "null");
}
