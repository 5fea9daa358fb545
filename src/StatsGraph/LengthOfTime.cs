using System.Globalization;
using System.Text.RegularExpressions;

namespace StatsGraph;

/// <summary>A length of time as it is typed: a number and its unit.</summary>
internal static partial class LengthOfTime
{
    /// <summary>What a length of time may look like, in words.</summary>
    public const string Expectation = "time from 100ms to 1h; expected one such as 500ms, 5s or 2m";

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Reads a length of time; false when the text is none, or too short or too long.</summary>
    public static bool TryParse(string text, out TimeSpan interval) => TryParse(text, Shortest, out interval);

    /// <summary>The same with another shortest time.</summary>
    public static bool TryParse(string text, TimeSpan shortest, out TimeSpan interval)
    {
        interval = default;
        var parts = Pattern().Match(text);
        if (!parts.Success)
        {
            return false;
        }

        interval = long.Parse(parts.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) * (parts.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            _ => TimeSpan.FromHours(1),
        });
        return interval >= shortest && interval <= Longest;
    }

    [GeneratedRegex(@"\A(?<number>[0-9]{1,7})(?<unit>ms|s|m|h)\z")]
    private static partial Regex Pattern();
}
