using System.Globalization;
using System.Text.RegularExpressions;

namespace StatsGraph.Ingest.Plays;

/// <summary>When a play began.</summary>
/// <param name="Microseconds">
/// Since 1970: of the instant where the offset is known, else of what a clock on the wall showed, as though it were UTC.
/// </param>
/// <param name="Offset">Seconds east of UTC; null where the source tells none.</param>
internal readonly partial record struct PlayTime(long Microseconds, int? Offset)
{
    /// <summary>Longest play that is believed, in milliseconds.</summary>
    public const long MostDuration = 24 * 3_600_000;

    private const string Clock =
        @"(?:[T ]+(?<h>\d{1,2}):(?<n>\d{2})(?::(?<s>\d{2})(?:[.,](?<f>\d{1,6})\d*)?)?\s*(?:(?<p>[AaPp])\.?[Mm]\.?)?"
        + @"\s*(?<o>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?\s*\z";

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>
    /// Reads a time: ISO 8601 with blanks, slashes or dots too, <c>31.12.2026 17:05:00</c>, the stamp of web servers, or seconds or milliseconds
    /// since 1970.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time.</param>
    /// <returns>The reason why it is none; null when it is one.</returns>
    public static string? Read(string? text, out PlayTime time)
    {
        time = default;
        text = text?.Trim() ?? "";
        if (Epoch().IsMatch(text))
        {
            var number = long.Parse(text, CultureInfo.InvariantCulture);
            time = new PlayTime(text.Length > 11 ? number * 1_000 : number * 1_000_000, 0);
            return null;
        }

        if (SlashDate().IsMatch(text))
            return PlayReasons.AmbiguousDate;
        var match = new[] { YearFirst(), DayFirst(), Stamp() }.Select(form => form.Match(text)).FirstOrDefault(match => match.Success);
        return match is not null && Of(match) is { } found ? Give(found, out time) : PlayReasons.BadTime;
    }

    /// <summary>Reads a duration into milliseconds: <c>225</c>, <c>225.4</c>, <c>3:45</c>, <c>00:03:45.25</c>; null for none of these.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unit">Milliseconds that a plain number counts: 1,000, or 1.</param>
    public static long? ReadDuration(string text, int unit)
    {
        var match = Length().Match(text.Trim());
        if (!match.Success)
            return null;
        var isPlain = !match.Groups["m"].Success;
        var seconds = decimal.Parse(match.Groups["s"].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        var milliseconds = isPlain ? seconds * unit
            : ((((Number(match, "h") ?? 0) * 60) + Number(match, "m")!.Value) * 60_000) + (seconds * 1_000);
        return milliseconds <= MostDuration ? (long)milliseconds : null;
    }

    private static string? Give(PlayTime found, out PlayTime time)
    {
        time = found;
        return null;
    }

    private static PlayTime? Of(Match match)
    {
        if (!match.Groups["h"].Success)
            return null;
        var month = Number(match, "m") ?? Array.IndexOf(Months, match.Groups["b"].Value) + 1;
        var (year, day) = (Number(match, "y")!.Value, Number(match, "d")!.Value);
        var (hour, minute, second) = (Number(match, "h")!.Value, Number(match, "n")!.Value, Number(match, "s") ?? 0);
        if (match.Groups["p"].Success)
        {
            if (hour is < 1 or > 12)
                return null;
            hour = (hour % 12) + (match.Groups["p"].Value is "p" or "P" ? 12 : 0);
        }

        if (year < 1970 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return null;
        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).Ticks - DateTime.UnixEpoch.Ticks;
        var fraction = match.Groups["f"].Success ? int.Parse(match.Groups["f"].Value.PadRight(6, '0'), CultureInfo.InvariantCulture) : 0;
        var microseconds = (local / TimeSpan.TicksPerMicrosecond) + fraction;
        return !match.Groups["o"].Success ? new PlayTime(microseconds, null)
            : SecondsEast(match.Groups["o"].Value) is { } offset ? new PlayTime(microseconds - (offset * 1_000_000L), offset) : null;
    }

    private static int? Seconds(string digits)
        => int.Parse(digits[..2], CultureInfo.InvariantCulture) * 60 is var hours
            && (digits.Length == 2 ? 0 : int.Parse(digits[^2..], CultureInfo.InvariantCulture)) is var minutes && minutes < 60
            && hours + minutes <= 18 * 60 ? (hours + minutes) * 60 : null;

    private static int? SecondsEast(string text)
        => text is "Z" or "UTC" or "GMT" ? 0 : text[0] == '-' ? -Seconds(text[1..]) : Seconds(text[1..]);

    private static int? Number(Match match, string group)
        => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"\A(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})" + Clock, RegexOptions.ExplicitCapture)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"\A(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})" + Clock, RegexOptions.ExplicitCapture)]
    private static partial Regex DayFirst();

    [GeneratedRegex(
        @"\A(?<d>\d{2})/(?<b>[A-Z][a-z]{2})/(?<y>\d{4}):(?<h>\d{2}):(?<n>\d{2}):(?<s>\d{2}) (?<o>[+-]\d{4})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Stamp();

    [GeneratedRegex(@"\A\d{1,2}/\d{1,2}/\d{4}")]
    private static partial Regex SlashDate();

    [GeneratedRegex(@"\A\d{9,13}\z")]
    private static partial Regex Epoch();

    [GeneratedRegex(@"\A(?:(?:(?<h>\d{1,3}):)?(?<m>\d{1,3}):)?(?<s>\d{1,9}(?:[.,]\d{1,6})?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Length();
}
