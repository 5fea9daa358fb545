using System.Globalization;
using System.Text.RegularExpressions;

namespace StatsGraph.Configuration;

/// <summary>
/// How old something is, as people write it: <c>36h</c>, <c>7d</c>, <c>2w</c>, <c>24mo</c>, <c>2y</c>. Months and years are those of the
/// calendar, so that how long they are depends on when they end.
/// </summary>
/// <param name="Months">Whole months; a year is 12.</param>
/// <param name="Time">Hours, days and weeks.</param>
internal readonly partial record struct Age(int Months, TimeSpan Time)
{
    /// <summary>What a text has to look like, for messages.</summary>
    public const string Expectation = "a whole number from 0 to 9999 and h, d, w, mo or y, such as 36h, 7d or 24mo";

    /// <summary>The age that a text says.</summary>
    /// <exception cref="FormatException">It says none; the message names it.</exception>
    public static Age Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            throw new FormatException($"'{text}' is no age; expected {Expectation}");
        }

        var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "h" => new Age(0, TimeSpan.FromHours(number)),
            "d" => new Age(0, TimeSpan.FromDays(number)),
            "w" => new Age(0, TimeSpan.FromDays(7 * number)),
            "mo" => new Age(number, TimeSpan.Zero),
            _ => new Age(12 * number, TimeSpan.Zero),
        };
    }

    /// <summary>The instant that is this age at another one. Never before the year 1.</summary>
    public DateTimeOffset Before(DateTimeOffset instant)
    {
        var months = (12 * (instant.Year - 1)) + instant.Month - 1;
        return Months > months ? DateTimeOffset.MinValue : instant.AddMonths(-Months) - Time;
    }

    /// <summary>The instant that is this age after another one. Never after the year 9999.</summary>
    public DateTimeOffset After(DateTimeOffset instant)
    {
        var end = DateTimeOffset.MaxValue;
        var months = (12 * (end.Year - instant.Year)) + end.Month - instant.Month;
        return Months >= months || end - instant.AddMonths(Months) <= Time ? end : instant.AddMonths(Months) + Time;
    }

    [GeneratedRegex(@"\A(?<number>[0-9]{1,4})(?<unit>h|d|w|mo|y)\z")]
    private static partial Regex Pattern();
}
