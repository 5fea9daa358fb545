using System.Globalization;
using System.Text.Json.Nodes;

namespace StatsGraph.Tests.Oracle;

/// <summary>
/// Compares an answer with the expected one: whole numbers exactly, Floats within a billionth, instants as instants, the rest as
/// it is written. The order of an object's fields does not matter, that of a list does.
/// </summary>
public static class JsonCompare
{
    private const string AnythingText = "\u0000anything but null";
    private const double Tolerance = 1e-9;

    /// <summary>Expected value that every value but null meets.</summary>
    public static JsonNode Anything => JsonValue.Create(AnythingText);

    /// <summary>Fails with the path of the first difference.</summary>
    public static void AssertEqual(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case null:
                Assert.True(actual is null, Difference(path, expected, actual));
                break;
            case JsonObject fields:
                AssertFields(fields, actual, path);
                break;
            case JsonArray items:
                AssertItems(items, actual, path);
                break;
            case JsonValue value:
                Assert.True(actual is JsonValue && AreEqual(value, actual), Difference(path, expected, actual));
                break;
        }
    }

    private static void AssertFields(JsonObject expected, JsonNode? actual, string path)
    {
        var found = actual as JsonObject;
        Assert.True(found is not null, Difference(path, expected, actual));
        var names = expected.Select(field => field.Key).Order(StringComparer.Ordinal);
        Assert.True(
            names.SequenceEqual(found.Select(field => field.Key).Order(StringComparer.Ordinal)),
            Difference(path + " (names of the fields)", expected, actual));
        foreach (var (name, value) in expected)
            AssertEqual(value, found[name], $"{path}.{name}");
    }

    private static void AssertItems(JsonArray expected, JsonNode? actual, string path)
    {
        var found = actual as JsonArray;
        Assert.True(found is not null && found.Count == expected.Count, Difference(path, expected, actual));
        for (var index = 0; index < expected.Count; index++)
            AssertEqual(expected[index], found[index], $"{path}[{index}]");
    }

    private static bool AreEqual(JsonValue expected, JsonNode actual)
    {
        if (expected.TryGetValue<string>(out var marker) && marker == AnythingText)
            return true;
        if (expected.GetValueKind() != actual.GetValueKind())
            return false;
        if (expected.TryGetValue<double>(out var number))
            return AreClose(number, double.Parse(actual.ToJsonString(), CultureInfo.InvariantCulture));
        if (expected.TryGetValue<long>(out var whole))
            return actual.ToJsonString() == whole.ToString(CultureInfo.InvariantCulture);
        return expected.TryGetValue<string>(out var text)
            ? text == (string?)actual || AreSameInstant(text, (string?)actual)
            : JsonNode.DeepEquals(expected, actual);
    }

    private static bool AreClose(double expected, double actual)
        => Math.Abs(expected - actual) <= Tolerance * Math.Max(Math.Abs(expected), Math.Abs(actual));

    private static bool AreSameInstant(string expected, string? actual)
        => DateTimeOffset.TryParseExact(
                expected, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            && DateTimeOffset.TryParse(actual, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var other)
            && instant == other;

    private static string Difference(string path, JsonNode? expected, JsonNode? actual)
        => $"{path}: expected {Shown(expected)}, was {Shown(actual)}";

    private static string Shown(JsonNode? node) => node?.ToJsonString() ?? "null";
}
