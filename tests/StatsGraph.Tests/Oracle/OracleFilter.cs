using System.Text.Json;
using System.Text.Json.Nodes;

namespace StatsGraph.Tests.Oracle;

/// <summary>
/// Filters of the API, read as the JSON that a client sends. All parts of an object must hold; <c>or</c> asks for any of its
/// parts; empty objects and lists are no condition. Texts compare ordinally.
/// </summary>
public static class OracleFilter
{
    /// <summary>Whether something passes; <paramref name="field"/> tells the value of a field: a text, a number or null.</summary>
    public static bool Passes(JsonObject? filter, Func<string, object?> field) => filter is null || filter.All(part => part.Key switch
    {
        "and" => Parts(part.Value).All(each => Passes(each, field)),
        "or" => Parts(part.Value) is { Count: > 0 } parts ? parts.Any(each => Passes(each, field)) : true,
        _ => HoldsFor((JsonObject)part.Value!, () => field(part.Key)),
    });

    /// <summary>Whether a field is compared with anything anywhere in a filter.</summary>
    public static bool Names(JsonObject? filter, string field) => filter is not null && filter.Any(part =>
        part.Key is "and" or "or" ? Parts(part.Value).Any(each => Names(each, field)) : part.Key == field && HasOperators(part.Value));

    /// <summary>
    /// The filter without its conditions on some fields; null when nothing is left of one that had conditions.
    /// </summary>
    public static JsonObject? Without(JsonObject? filter, params string[] fields)
    {
        var rest = new JsonObject();
        foreach (var (key, value) in filter ?? [])
        {
            if (key is "and" or "or")
            {
                var parts = Parts(value).Select(part => Without(part, fields)).Where(part => part is not null).ToArray<JsonNode?>();
                if (parts.Length > 0 || Parts(value).Count == 0)
                    rest[key] = new JsonArray(parts);
            }
            else if (!fields.Contains(key) || !HasOperators(value))
            {
                rest[key] = value?.DeepClone();
            }
        }

        return rest.Count == 0 && filter is { Count: > 0 } ? null : rest;
    }

    private static List<JsonObject> Parts(JsonNode? list) => [.. ((JsonArray?)list ?? []).Select(part => (JsonObject)part!)];

    private static bool HasOperators(JsonNode? comparisons) => comparisons is JsonObject { Count: > 0 };

    private static bool HoldsFor(JsonObject comparisons, Func<object?> value) => comparisons.All(comparison => comparison.Key switch
    {
        "and" => Parts(comparison.Value).All(part => HoldsFor(part, value)),
        "or" => Parts(comparison.Value) is { Count: > 0 } parts ? parts.Any(part => HoldsFor(part, value)) : true,
        "neq" => !Holds("eq", value(), comparison.Value),
        "nin" => !Holds("in", value(), comparison.Value),
        ['n', .. var positive] => !Holds(positive, value(), comparison.Value),
        var positive => Holds(positive, value(), comparison.Value),
    });

    private static bool Holds(string comparison, object? value, JsonNode? operand) => comparison switch
    {
        "eq" => AreEqual(value, operand),
        "in" => ((JsonArray)operand!).Any(each => AreEqual(value, each)),
        "contains" => value is string text && text.Contains((string)operand!, StringComparison.Ordinal),
        "startsWith" => value is string text && text.StartsWith((string)operand!, StringComparison.Ordinal),
        "endsWith" => value is string text && text.EndsWith((string)operand!, StringComparison.Ordinal),
        "gt" => value is not null && Number(value) > Number(operand!),
        "gte" => value is not null && Number(value) >= Number(operand!),
        "lt" => value is not null && Number(value) < Number(operand!),
        "lte" => value is not null && Number(value) <= Number(operand!),
        _ => throw new ArgumentException($"'{comparison}' is no comparison of the API", nameof(comparison)),
    };

    private static bool AreEqual(object? value, JsonNode? operand) => (value, operand) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string text, _) => text == (string?)operand,
        _ => Number(value).Equals(Number(operand)),
    };

    private static double Number(object value) => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);

    // Through text: the operand may be a parsed number or one of any numeric type.
    private static double Number(JsonNode operand) => JsonSerializer.Deserialize<double>(operand.ToJsonString());
}
