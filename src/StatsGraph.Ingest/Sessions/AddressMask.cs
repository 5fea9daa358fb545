namespace StatsGraph.Ingest.Sessions;

/// <summary>Finds IP addresses in free text, also those that host names of providers spell out.</summary>
internal static class AddressMask
{
    private const int Ipv4Parts = 4;

    /// <summary>Separators that an IPv6 address without <c>::</c> is taken for from; a time has two.</summary>
    private const int Ipv6Separators = 4;

    /// <summary>Length of the address that begins at a position; 0 when there is none.</summary>
    public static int Length(string text, int at)
    {
        if (!char.IsAsciiHexDigit(text[at]) && text[at] != ':')
            return 0;
        if (at > 0 && char.IsAsciiDigit(text[at - 1]))
            return 0;
        var ipv6 = Ipv6Length(text.AsSpan(at));
        return ipv6 > 0 ? ipv6 : Ipv4Length(text.AsSpan(at));
    }

    private static int Ipv4Length(ReadOnlySpan<char> text)
    {
        var length = 0;
        for (var part = 0; part < Ipv4Parts; part++)
        {
            if (part > 0)
            {
                if (length == text.Length || text[length] is not ('.' or '-'))
                    return 0;
                length++;
            }

            var digits = 0;
            while (length + digits < text.Length && char.IsAsciiDigit(text[length + digits]))
                digits++;
            // Where two lines run into one, the first number has digits of the line before.
            if (digits == 0 || (digits > 3 && part > 0))
                return 0;
            length += digits;
        }

        return length;
    }

    private static int Ipv6Length(ReadOnlySpan<char> text)
    {
        var (length, separators, hasGap) = (0, 0, false);
        for (; length < text.Length && (char.IsAsciiHexDigit(text[length]) || text[length] is ':' or '.'); length++)
        {
            if (text[length] != ':')
                continue;
            separators++;
            hasGap |= length > 0 && text[length - 1] == ':';
        }

        return hasGap || separators >= Ipv6Separators ? length : 0;
    }
}
