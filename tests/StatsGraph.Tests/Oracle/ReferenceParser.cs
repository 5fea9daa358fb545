using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace StatsGraph.Tests.Oracle;

/// <summary>
/// The log format as a specification: every rule is a regular expression over the line's bytes, each byte read as one
/// Latin-1 character, and the order of the rules is the order of the statements. It shares no code with the product's parser
/// and is written to be read, not to be fast. "Blank" is the space character unless a rule says otherwise.
/// </summary>
public static class ReferenceParser
{
    /// <summary>Longest line that Icecast writes, without its newline.</summary>
    public const int LongestLine = 1_023;

    private const string Months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";

    private static readonly Regex LeadingJunk = Rule("\\A(?:\u00EF\u00BB\u00BF|\u0000)+");
    private static readonly Regex CarriageReturn = Rule(@"\r\z");
    private static readonly Regex WhiteSpace = Rule(@"\A[ \t\r\v\f]*\z");

    private static readonly (string Reason, Regex Shape)[] ForeignFormats =
    [
        ("error-log", Rule(@"\A\[[0-9]{4}-[0-9]{2}-[0-9]{2} {1,2}[0-9]{2}:[0-9]{2}:[0-9]{2}\] [A-Za-z]")),
        ("playlist-log", Rule(@"\A[0-9]{2}/[A-Za-z]{3}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}\|[^|]*\|[^|]*\|")),
        ("w3c-format", Rule(@"\A#(?:Version|Software|Fields|Date|Remark)")),
        ("w3c-format", Rule(@"\A[^ \t]+ [^ \t]+ [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} ")),
        ("syslog-prefix", Rule(@"\A(?:" + Months + @") [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} ")),
        ("syslog-prefix", Rule(@"\A<[0-9]+>")),
        ("escaped-format", Rule(@"\A(?=[^""\[]*\z).*%[0-9A-Fa-f]{2}")),
    ];

    private static readonly Regex Prefix = Rule(@"\A(?<address>[^ \t]+) - (?<user>[^ \t]+) \[(?<rest>.*)\z");
    private static readonly Regex CommaBeforeBracket = Rule(@"\A[^\[]*,[^\[]*\[");
    private static readonly Regex Bracketed = Rule(@"\A(?<stamp>[^\]]*)\](?<rest>.*)\z");
    private static readonly Regex StampWithoutOffset = Rule(@"\A[0-9]{2}/(?:" + Months + @")/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2}[ \t]*\z");

    private static readonly Regex Stamp = Rule(
        @"\A(?<day>[0-9]{2})/(?<month>" + Months + @")/(?<year>[0-9]{4})"
        + @":(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})"
        + @" (?<sign>[+-])(?<offsetHours>[0-9]{2})(?<offsetMinutes>[0-9]{2})\z");

    private static readonly Regex SecondRecord = Rule(
        @" \[[0-9]{2}/[A-Za-z]{3}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}\] """);

    private static readonly Regex OpenedRequest = Rule(@"\A """);

    // Lazy: the request ends at the first quote that status, bytes and another quote follow.
    private static readonly Regex Request = Rule(
        @"\A ""(?<request>.*?)"" (?<status>[0-9]{3}) (?<bytes>[0-9]+) ""(?<tail>.*)\z");

    private static readonly Regex RequestTokens = Rule(@"\A(?<method>[^ ]+) (?<target>[^ ]+) (?<version>[^ ]*/[^ ]*)\z");

    private static readonly Regex NegativeDuration = Rule(@""" -[0-9]+\z");
    private static readonly Regex NoDuration = Rule(@"""(?: *| -)\z");
    private static readonly Regex WrongDuration = Rule(@""" (?![0-9]+\z)[^ ""]+\z");

    // Greedy: the user agent begins after the last separator, and no quote follows the one that closes it.
    private static readonly Regex Tail = Rule(@"\A(?<referrer>.*)"" ""(?<agent>.*)"" (?<duration>[0-9]+)\z");

    /// <summary>The bytes of a line (without its newline) that are hashed and parsed.</summary>
    public static byte[] Strip(byte[] line)
    {
        var text = LeadingJunk.Replace(Encoding.Latin1.GetString(line), "");
        return Encoding.Latin1.GetBytes(CarriageReturn.Replace(text, ""));
    }

    /// <summary>Parses stripped bytes.</summary>
    public static ReferenceLine Parse(byte[] stripped)
    {
        var line = Encoding.Latin1.GetString(stripped);
        if (WhiteSpace.IsMatch(line))
            return new ReferenceLine.Blank();

        if (line.Contains('\0'))
            return new ReferenceLine.Rejected("nul-inside");

        var foreign = ForeignFormats.FirstOrDefault(format => format.Shape.IsMatch(line));
        if (foreign.Reason is not null)
            return new ReferenceLine.Rejected(foreign.Reason);

        var prefix = Prefix.Match(line);
        if (!prefix.Success)
            return new ReferenceLine.Rejected(CommaBeforeBracket.IsMatch(line) ? "address-list" : "bad-prefix");
        if (Field(prefix, "address").Contains(','))
            return new ReferenceLine.Rejected("address-list");

        var bracketed = Bracketed.Match(Field(prefix, "rest"));
        if (!bracketed.Success)
            return new ReferenceLine.Rejected("bad-date");
        if (StampWithoutOffset.IsMatch(Field(bracketed, "stamp")))
            return new ReferenceLine.Rejected("no-offset");
        if (Instant(Field(bracketed, "stamp")) is not { } endedAt)
            return new ReferenceLine.Rejected("bad-date");

        return ParseAfterStamp(line, prefix, endedAt, Field(bracketed, "rest"));
    }

    private static ReferenceLine ParseAfterStamp(string line, Match prefix, long endedAt, string rest)
    {
        var cutOff = line.Length >= LongestLine;
        if (SecondRecord.IsMatch(rest))
            return new ReferenceLine.Rejected("two-records");
        if (!OpenedRequest.IsMatch(rest))
            return new ReferenceLine.Rejected("bad-request");

        var request = Request.Match(rest);
        if (!request.Success)
            return new ReferenceLine.Rejected(cutOff ? "truncated" : "bad-request");
        if (Field(request, "request").Length == 0)
            return new ReferenceLine.Rejected("empty-request");
        var tokens = RequestTokens.Match(Field(request, "request"));
        if (!tokens.Success)
            return new ReferenceLine.Rejected("bad-request");
        if (!TryUnsigned64(Field(request, "bytes"), out var bytes))
            return new ReferenceLine.Rejected("bad-bytes");

        // Judged on the whole line: the last quote may be the one that opens the referrer.
        if (NegativeDuration.IsMatch(line))
            return new ReferenceLine.Rejected("negative-duration");
        if (NoDuration.IsMatch(line))
            return new ReferenceLine.Rejected(cutOff ? "truncated" : "no-duration");
        if (WrongDuration.IsMatch(line))
            return new ReferenceLine.Rejected(cutOff ? "truncated" : "bad-duration");

        var tail = Tail.Match(Field(request, "tail"));
        ulong duration = 0;
        if (EndsInDigits(line) && !TryUnsigned64(LastToken(line), out duration))
            return new ReferenceLine.Rejected(cutOff ? "truncated" : "bad-duration");
        if (!tail.Success)
            return new ReferenceLine.Rejected(cutOff ? "truncated" : "bad-tail");

        var address = ReferenceText.Address(Field(prefix, "address"));
        var referrer = ReferenceText.Optional(Field(tail, "referrer"));
        return new ReferenceLine.Accepted(
            address.Text,
            address.IsIp,
            ReferenceText.Utf8(Field(prefix, "user")),
            endedAt,
            ReferenceText.Utf8(Field(tokens, "method")),
            ReferenceText.Path(Field(tokens, "target")),
            ReferenceText.Utf8(Field(tokens, "version")),
            int.Parse(Field(request, "status"), CultureInfo.InvariantCulture),
            bytes,
            referrer,
            ReferenceText.Host(referrer),
            ReferenceText.Optional(Field(tail, "agent")),
            duration);
    }

    /// <summary>Unix seconds of a stamp; null when it is none, or an impossible one.</summary>
    private static long? Instant(string stamp)
    {
        var match = Stamp.Match(stamp);
        if (!match.Success)
            return null;

        var (year, day) = (Number(match, "year"), Number(match, "day"));
        var month = Array.IndexOf(Months.Split('|'), Field(match, "month")) + 1;
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        var (offsetHours, offsetMinutes) = (Number(match, "offsetHours"), Number(match, "offsetMinutes"));
        if (year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return null;
        if (offsetMinutes > 59 || (offsetHours * 60) + offsetMinutes > 18 * 60)
            return null;

        var local = (long)(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalSeconds;
        var offset = ((offsetHours * 60) + offsetMinutes) * 60 * (Field(match, "sign") == "-" ? -1 : 1);
        var instant = local - offset;
        return instant is >= 0 and <= 253_402_300_799 ? instant : null;
    }

    private static bool EndsInDigits(string line) => Regex.IsMatch(line, @""" [0-9]+\z");

    private static string LastToken(string line) => line[(line.LastIndexOf(' ') + 1)..];

    private static bool TryUnsigned64(string digits, out ulong value)
        => ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static int Number(Match match, string group) => int.Parse(Field(match, group), CultureInfo.InvariantCulture);

    private static string Field(Match match, string group) => match.Groups[group].Value;

    private static Regex Rule(string pattern) => new(pattern, RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
