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
    public static string Of(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, ReadBytes)]);
        if (line.Length > ReadBytes)
            text = WithoutCutToken(text);
        var excerpt = new StringBuilder(Length + 16);
        for (var at = SkipClient(text, excerpt); at < text.Length && excerpt.Length < Length;)
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
        if (rest.StartsWith(" - ") && UserLength(rest[3..]) is var user and > 0)
        {
            MaskLastToken(excerpt);
            excerpt.Append(" - ");
            return Mask(excerpt, at + 3 + user);
        }

        if (char.IsControl(rest[0]))
            excerpt.Append("\\x").Append(((int)rest[0]).ToString("x2", CultureInfo.InvariantCulture));
        else
            excerpt.Append(rest[0]);
        return at + 1;
    }

    /// <summary>Masks the client of a line that begins <c>CLIENT - USER </c>, where CLIENT may be a list parted by commas.</summary>
    private static int SkipClient(string text, StringBuilder excerpt)
    {
        var dash = text.IndexOf(" - ", StringComparison.Ordinal);
        if (dash <= 0 || text[0] is '[' or '#' or '<')
            return 0;
        var client = text.AsSpan(0, dash);
        foreach (var blank in client.Split(' '))
        {
            var (_, length) = blank.GetOffsetAndLength(client.Length);
            if (length == 0 || (blank.End.Value < client.Length && client[blank.End.Value - 1] != ','))
                return 0;
        }

        var user = text.AsSpan(dash + 3);
        var userLength = UserLength(user);
        if (userLength == 0)
            userLength = user.IndexOf(' ') is var end and >= 0 ? end : user.Length;
        excerpt.Append("* - ");
        return Mask(excerpt, dash + 3 + userLength);
    }

    /// <summary>Length of the user name in <c>USER [</c>; 0 when there is no bracket before the next quote.</summary>
    private static int UserLength(ReadOnlySpan<char> text)
    {
        var bracket = text.IndexOf(" [");
        return bracket < 0 || text[..bracket].Contains('"') ? 0 : bracket;
    }

    private static void MaskLastToken(StringBuilder excerpt)
    {
        var start = excerpt.Length;
        while (start > 0 && excerpt[start - 1] != ' ')
            start--;
        excerpt.Length = start;
        excerpt.Append(Masked);
    }

    /// <summary>A query string ends at a quote or at the version of the request; blanks in it are its own.</summary>
    private static int SkipQuery(string text, int at, int markLength, StringBuilder excerpt)
    {
        var query = text.AsSpan(at + markLength);
        var end = query.IndexOf('"') is var quote and >= 0 ? quote : query.Length;
        if (query[..end].IndexOf(" HTTP/") is var version and >= 0)
            end = version;
        excerpt.Append(text.AsSpan(at, markLength));
        return end == 0 ? at + markLength : Mask(excerpt, at + markLength + end);
    }

    private static int SkipUserInfo(string text, int at, StringBuilder excerpt)
    {
        var authority = text.AsSpan(at + 3);
        if (authority.IndexOfAny(' ', '"') is var end and >= 0)
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
