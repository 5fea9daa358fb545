using System.Collections;
using GraphQL;

namespace StatsGraph.Server.GraphQL.Conversion;

/// <summary>Reads the arguments that are objects as they were given: only the keys that occur, in any case of null.</summary>
internal static class InputObjects
{
    /// <summary>An argument that is an object; null when it is absent or null.</summary>
    public static IReadOnlyDictionary<string, object?>? InputObject(this IResolveFieldContext context, string argument)
        => AsObject(context.Arguments!.TryGetValue(argument, out var value) ? value.Value : null);

    /// <summary>An argument that is a list of objects; null when it is absent or null.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>>? InputList(this IResolveFieldContext context, string argument)
        => context.Arguments!.TryGetValue(argument, out var value) ? AsObjects(value.Value) : null;

    public static IReadOnlyDictionary<string, object?>? AsObject(object? value)
        => value is null ? null : new Dictionary<string, object?>((IDictionary<string, object?>)value);

    public static IReadOnlyList<IReadOnlyDictionary<string, object?>>? AsObjects(object? value)
        => value is null ? null : [.. ((IEnumerable)value).Cast<object>().Select(item => AsObject(item)!)];

    /// <summary>Name of a field or metric as it is a key in the schema.</summary>
    public static string Key(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
