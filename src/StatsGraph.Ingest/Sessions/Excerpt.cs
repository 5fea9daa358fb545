using System.Globalization;
using System.Text;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// The beginning of a rejected line without what must not be stored: addresses, user names, query strings, passwords in URLs.
/// When in doubt it hides too much.
/// </summary>
internal static class Excerpt
{
    /// <summary>Characters of an excerpt at most.</summary>
    public const int Length = 200;

    /// <summary>Bytes of the line that are looked at: masks make texts shorter.</summary>
    private const int ReadBytes = 1024;

    /// <summary>No address is longer.</summary>
    private const int LongestAddress = 64;

    private const char Masked = '*';

    /// <summary>The masked excerpt of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isCut">The line ends too early: what ends it may be half a name.</param>
    public static string Of(ReadOnlySpan<byte> line, bool isCut = false)
    {
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, ReadBytes)]);
        if (line.Length > ReadBytes)
            text = WithoutCutToken(text);
        // Where the columns that name a client end is not in sight.
        if (!text.Contains('[') && (isCut || line.Contains((byte)'[')))
            return Masked.ToString();
        var excerpt = new StringBuilder(Length + 16);
        for (var at = ExcerptHead.Mask(line, text, excerpt); at < text.Length && excerpt.Length < Length;)
            at = Copy(text, at, excerpt);
        if (excerpt.Length >= Length)
            excerpt.Length = char.IsHighSurrogate(excerpt[Length - 1]) ? Length - 1 : Length;
        return excerpt.ToString();
    }

    /// <summary>Half an address or password would not be recognised: what the cut went through is left out.</summary>
    private static string WithoutCutToken(string text)
    {
        var end = text.AsSpan().LastIndexOfAny(' ', '"') + 1;
        return text[..(end > 0 ? end : text.Length - LongestAddress)];
    }

    /// <summary>Copies or masks what stands at a position and returns the position behind it.</summary>
    private static int Copy(string text, int at, StringBuilder excerpt)
    {
        var rest = text.AsSpan(at);
        if (AddressMask.Length(text, at) is var address and > 0)
            return Mask(excerpt, at + address);
        if (rest[0] == '?' || rest.StartsWith("%3F", StringComparison.OrdinalIgnoreCase))
            return SkipQuery(text, at, rest[0] == '?' ? 1 : 3, excerpt);
        if (rest.StartsWith("://"))
            return SkipUserInfo(text, at, excerpt);
        if (rest.StartsWith("%40"))
            MaskLastToken(excerpt);
        if (char.IsControl(rest[0]))
            excerpt.Append("\\x").Append(((int)rest[0]).ToString("x2", CultureInfo.InvariantCulture));
        else
            excerpt.Append(rest[0]);
        return rest[0] is '"' or ']' && rest.Length > 1 ? ExcerptHead.MaskNext(text, at + 1, excerpt) : at + 1;
    }

    private static void MaskLastToken(StringBuilder excerpt)
    {
        var start = excerpt.Length;
        while (start > 0 && excerpt[start - 1] is not (' ' or '"'))
            start--;
        excerpt.Length = start;
        excerpt.Append(Masked);
    }

    /// <summary>A query string ends at the quote that closes its column or at the version of the request; blanks in it are its own.</summary>
    private static int SkipQuery(string text, int at, int markLength, StringBuilder excerpt)
    {
        var query = text.AsSpan(at + markLength);
        var end = ColumnEnd(query);
        if (query[..end].LastIndexOf(" HTTP/") is var version and >= 0)
            end = version;
        excerpt.Append(text.AsSpan(at, markLength));
        return end == 0 ? at + markLength : Mask(excerpt, at + markLength + end);
    }

    /// <summary>
    /// Where the column ends that a text begins in. Columns can hold quotes: the one that closes is followed by another column.
    /// A question mark before a blank begins no query string, and any quote ends what follows it.
    /// </summary>
    private static int ColumnEnd(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"' && (text[0] == ' ' || IsClosing(text[(at + 1)..])))
                return at;
        }

        return text.Length;
    }

    private static bool IsClosing(ReadOnlySpan<char> next)
        => next.IsEmpty || (next[0] == ' ' && (next.Length == 1 || char.IsAsciiDigit(next[1]) || next[1] is '"' or '-'));

    private static int SkipUserInfo(string text, int at, StringBuilder excerpt)
    {
        var authority = text.AsSpan(at + 3);
        if (authority.IndexOf(' ') is var end and >= 0)
            authority = authority[..end];
        excerpt.Append("://");
        var userInfo = authority.LastIndexOf('@');
        return userInfo < 0 ? at + 3 : Mask(excerpt, at + 3 + userInfo);
    }

    private static int Mask(StringBuilder excerpt, int next)
    {
        excerpt.Append(Masked);
        return next;
    }
}
