using System.Text;

namespace StatsGraph.Ingest.Parsing;

/// <summary>The site that a listener came from.</summary>
internal static class ReferrerHost
{
    private const int LongestName = 253;

    /// <summary>
    /// The lower-case host of a referrer, without user, port and trailing dot; null when the referrer is missing or tells no host.
    /// </summary>
    public static string? Of(ReadOnlySpan<byte> referrer)
    {
        if (LineText.Field(referrer) is not { } text)
            return null;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0 || !IsScheme(text.AsSpan(0, scheme)))
            return null;
        var authority = text.AsSpan(scheme + 3);
        var end = authority.IndexOfAny('/', '?', '#');
        if (end >= 0)
            authority = authority[..end];
        var host = WithoutPort(authority[(authority.LastIndexOf('@') + 1)..]);
        if (host.EndsWith("."))
            host = host[..^1];
        return host.IsEmpty || host.Length > LongestName || HoldsForbidden(host) ? null : LowerCase(host);
    }

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        if (!char.IsAsciiLetter(text[0]))
            return false;
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '.' or '-'))
                return false;
        }

        return true;
    }

    /// <summary>The host of <c>host:port</c> or <c>[v6]:port</c>; empty when a bracket is not closed.</summary>
    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host)
    {
        if (host.StartsWith("["))
            return host[..(host.IndexOf(']') + 1)];
        var port = host.IndexOf(':');
        return port < 0 ? host : host[..port];
    }

    private static bool HoldsForbidden(ReadOnlySpan<char> host)
    {
        foreach (var character in host)
        {
            if (character is ' ' or '"' or '<' or '>' or '\\' || char.IsControl(character))
                return true;
        }

        return false;
    }

    private static string LowerCase(ReadOnlySpan<char> host)
    {
        var lower = new StringBuilder(host.Length);
        foreach (var character in host)
            lower.Append(char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character);
        return lower.ToString();
    }
}
