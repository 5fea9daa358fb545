using System.Buffers.Text;
using System.Text;

namespace StatsGraph.Ingest.Sessions;

/// <summary>The network that is stored in place of an address. Most are IPv4 networks, whose text is made when it is needed.</summary>
/// <param name="Ipv4">The first 24 bits of an IPv4 address, plus 1; 0 for any other.</param>
/// <param name="Other">Text of a network that is no IPv4 network; null for none.</param>
internal readonly record struct ClientNetwork(uint Ipv4, string? Other)
{
    /// <summary>Bytes that the text of an IPv4 network takes at most.</summary>
    public const int MostIpv4Bytes = 15;

    /// <summary>The /24 of an IPv4 address.</summary>
    public static ClientNetwork Of(uint address) => new((address >> 8) + 1, Other: null);

    /// <summary>Whether there is a network: an opaque token has none.</summary>
    public bool IsKnown => Ipv4 > 0 || Other is not null;

    /// <summary>The text; empty where there is no network.</summary>
    public string Text
    {
        get
        {
            Span<byte> bytes = stackalloc byte[MostIpv4Bytes];
            return Ipv4 > 0 ? Encoding.ASCII.GetString(bytes[..WriteIpv4(bytes)]) : Other ?? "";
        }
    }

    /// <summary>Writes the text of an IPv4 network and returns its length.</summary>
    public int WriteIpv4(Span<byte> text)
    {
        var length = 0;
        for (var shift = 16; shift >= 0; shift -= 8)
        {
            Utf8Formatter.TryFormat((byte)((Ipv4 - 1) >> shift), text[length..], out var digits);
            text[length + digits] = (byte)'.';
            length += digits + 1;
        }

        text[length] = (byte)'0';
        return length + 1;
    }
}
