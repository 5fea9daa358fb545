using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace StatsGraph.Configuration;

/// <summary>Reads typed values of one configuration section; every complaint names the key.</summary>
internal sealed class SettingsSection(IConfiguration section, string path)
{
    /// <summary>Names of the settings and sections in this one.</summary>
    public IEnumerable<string> Keys => section.GetChildren().Select(child => child.Key);

    /// <summary>Throws when the section holds anything but the given names, whatever their case.</summary>
    public void ThrowIfUnknownKeys(IReadOnlyList<string> known)
    {
        var unknown = Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
        {
            throw Wrong(unknown, $"is unknown; expected one of {string.Join(", ", known)}");
        }
    }

    /// <summary>A section in this one.</summary>
    public SettingsSection Section(string key) => new(section.GetSection(key), PathOf(key));

    /// <summary>A text, or null where it is missing or empty.</summary>
    public string? Text(string key) => section[key] is { Length: > 0 } text ? text : null;

    /// <summary>A whole number.</summary>
    public int Integer(string key, int fallback, int minimum, int maximum)
        => Text(key) is not { } text ? fallback
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum ? value
            : throw Wrong(key, $"'{text}' is no whole number from {minimum} to {maximum}");

    /// <summary>A whole number that may be large.</summary>
    public long Long(string key, long fallback, long minimum, long maximum)
        => Text(key) is not { } text ? fallback
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum ? value
            : throw Wrong(key, $"'{text}' is no whole number from {minimum} to {maximum}");

    /// <summary>A length of time in a unit of which numbers, also broken ones, are given.</summary>
    public TimeSpan Time(string key, TimeSpan unit, TimeSpan fallback, double minimum, double maximum)
        => Text(key) is not { } text ? fallback
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                && value >= minimum && value <= maximum ? value * unit
            : throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"'{text}' is no number from {minimum} to {maximum}"));

    /// <summary>A length of time with its unit, such as <c>30s</c>.</summary>
    public TimeSpan Length(string key, TimeSpan fallback)
        => Text(key) is not { } text ? fallback
            : LengthOfTime.TryParse(text, out var value) ? value
            : throw Wrong(key, $"'{text}' is no {LengthOfTime.Expectation}");

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool fallback) => Text(key) is not { } text ? fallback
        : bool.TryParse(text, out var value) ? value
        : throw Wrong(key, $"'{text}' is neither true nor false");

    /// <summary>A list of texts; empty ones are left out.</summary>
    public IReadOnlyList<string> Texts(string key)
        => section.GetSection(key) is { Value.Length: > 0 } single
            ? throw Wrong(key, $"'{single.Value}' is no list")
            : [.. section.GetSection(key).GetChildren().Select(child => child.Value).OfType<string>().Where(text => text.Length > 0)];

    /// <summary>A list of regular expressions.</summary>
    public IReadOnlyList<string> Patterns(string key)
    {
        var patterns = Texts(key);
        foreach (var pattern in patterns)
        {
            try
            {
                _ = new Regex(pattern);
            }
            catch (ArgumentException invalid)
            {
                throw Wrong(key, $"'{pattern}' is no regular expression: {invalid.Message}");
            }
        }

        return patterns;
    }

    /// <summary>Texts by name. A name may hold colons.</summary>
    public IReadOnlyDictionary<string, string> Map(string key)
        => section.GetSection(key).AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);

    /// <summary>A complaint about a setting of this section.</summary>
    public CommandException Wrong(string key, string complaint) => CommandException.Failed($"setting {PathOf(key)}: {complaint}");

    private string PathOf(string key) => path.Length == 0 ? key : path + ":" + key;
}
