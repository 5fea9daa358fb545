using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace StatsGraph.Ingest.Parsing;

/// <summary>The address column of a line: an IP address, or a token that tells no place (a host name, a hash, <c>-</c>).</summary>
/// <param name="Canonical">The one text of the address; an opaque token as it stands.</param>
/// <param name="Address">The IP address; null when the token is opaque.</param>
internal sealed record ClientAddress(string Canonical, IPAddress? Address)
{
    /// <summary>Reads the address column.</summary>
    public static ClientAddress From(ReadOnlySpan<byte> token)
    {
        var text = Encoding.UTF8.GetString(token);
        if (TryReadIpv4(token, out var number))
            return new ClientAddress(text, Ipv4(number));
        var address = text.Contains(':') && !text.Contains('%') ? Parse(text) : null;
        return new ClientAddress(address?.ToString() ?? text, address);
    }

    /// <summary>
    /// Reads an IPv4 address in its one canonical form: four decimal parts up to 255 without leading zeros. .NET alone would
    /// take octal and short forms too.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadIpv4(ReadOnlySpan<byte> token, out uint address)
    {
        address = 0;
        var (part, digits, parts) = (0u, 0, 1);
        foreach (var character in token)
        {
            if (character == '.')
            {
                if (digits == 0 || ++parts > 4)
                    return false;
                address = (address << 8) | part;
                (part, digits) = (0, 0);
                continue;
            }

            if (!char.IsAsciiDigit((char)character) || (digits > 0 && part == 0))
                return false;
            part = (part * 10) + character - '0';
            digits++;
            if (part > 255)
                return false;
        }

        address = (address << 8) | part;
        return parts == 4 && digits > 0;
    }

    /// <summary>The address of a number.</summary>
    public static IPAddress Ipv4(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }

    /// <summary>The number of an IPv4 address; false for any other.</summary>
    public bool TryGetIpv4(out uint number)
    {
        number = 0;
        if (Address?.AddressFamily != AddressFamily.InterNetwork)
            return false;
        number = BinaryPrimitives.ReadUInt32BigEndian(Address.GetAddressBytes());
        return true;
    }

    private static IPAddress? Parse(string text)
        => !IPAddress.TryParse(text, out var address) ? null : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
