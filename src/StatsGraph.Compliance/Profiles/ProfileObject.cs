using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace StatsGraph.Compliance.Profiles;

/// <summary>An object in the file of a profile. Every complaint names the file, the key and what is expected; a key that nobody asked for is one.</summary>
internal sealed class ProfileObject
{
    private readonly string file;
    private readonly string path;
    private readonly JsonElement element;
    private readonly List<string> known = [];

    public ProfileObject(string file, string path, JsonElement element)
    {
        (this.file, this.path, this.element) = (file, path, element);
        if (element.ValueKind != JsonValueKind.Object)
            throw new ComplianceException(path.Length == 0 ? $"{file}: expected a JSON object" : $"{file}: key '{path}': expected an object");
    }

    /// <summary>A text that is not empty.</summary>
    public string Text(string key) => Value(key) is { ValueKind: JsonValueKind.String } value && value.GetString()!.Trim() is { Length: > 0 } text ? text
        : throw Wrong(key, "expected a text");

    /// <summary>A text of a certain form.</summary>
    public string Text(string key, Func<string, bool> isRight, string expectation) => Text(key) is var text && isRight(text) ? text
        : throw Wrong(key, $"'{text}' is not what is expected: {expectation}");

    /// <summary>A whole number.</summary>
    public long Whole(string key, long minimum, long maximum)
        => Value(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= minimum && number <= maximum ? number
            : throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"expected a whole number from {minimum} to {maximum}"));

    /// <summary>A number above 0.</summary>
    public double Positive(string key)
        => Value(key) is { ValueKind: JsonValueKind.Number } value && value.GetDouble() is > 0 and < double.PositiveInfinity and var number ? number
            : throw Wrong(key, "expected a number above 0");

    /// <summary>A day; null where the file says so.</summary>
    public LocalDate? DateOrNull(string key) => Value(key).ValueKind == JsonValueKind.Null ? null : Date(key);

    /// <summary>A day.</summary>
    public LocalDate Date(string key)
        => Value(key) is { ValueKind: JsonValueKind.String } value && LocalDatePattern.Iso.Parse(value.GetString()!) is { Success: true } day ? day.Value
            : throw Wrong(key, "expected a day such as 2026-10-31");

    /// <summary>One of the values of an enumeration, in camel case.</summary>
    public T Choice<T>(string key)
        where T : struct, Enum
    {
        var names = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.Ordinal);
        var text = Text(key);
        return names.TryGetValue(text, out var choice) ? choice : throw Wrong(key, $"'{text}' is unknown; expected one of {string.Join(", ", names.Keys)}");
    }

    /// <summary>An object.</summary>
    public ProfileObject Object(string key) => new(file, PathOf(key), Value(key));

    /// <summary>An object; null where the file says so.</summary>
    public ProfileObject? ObjectOrNull(string key) => Value(key).ValueKind == JsonValueKind.Null ? null : Object(key);

    /// <summary>Objects.</summary>
    public IReadOnlyList<ProfileObject> Objects(string key)
        => [.. Items(key).Select((item, place) => new ProfileObject(file, string.Create(CultureInfo.InvariantCulture, $"{PathOf(key)}[{place}]"), item))];

    /// <summary>Texts of a certain form, each once.</summary>
    public IReadOnlyList<string> Texts(string key, Func<string, bool> isRight, string expectation)
    {
        var items = Items(key);
        if (items.Find(item => item.ValueKind != JsonValueKind.String || !isRight(item.GetString()!)) is { ValueKind: not JsonValueKind.Undefined } wrong)
            throw Wrong(key, $"'{wrong}' is not what is expected: {expectation}");
        var texts = items.ConvertAll(item => item.GetString()!);
        return texts.GroupBy(text => text, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw Wrong(key, $"'{twice.Key}' is there twice; expected each once") : texts;
    }

    /// <summary>Called when all keys have been asked for.</summary>
    public void End()
    {
        if (element.EnumerateObject().FirstOrDefault(property => !known.Contains(property.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            throw Wrong(unknown.Name, $"is unknown; expected one of {string.Join(", ", known)}");
    }

    /// <summary>A complaint about a key.</summary>
    public ComplianceException Wrong(string key, string complaint) => new($"{file}: key '{PathOf(key)}': {complaint}");

    private List<JsonElement> Items(string key) => Value(key) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()]
        : throw Wrong(key, "expected a list");

    private JsonElement Value(string key)
    {
        if (!known.Contains(key))
            known.Add(key);
        return element.TryGetProperty(key, out var value) ? value : throw Wrong(key, "is missing");
    }

    private string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";
}
