using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StatsGraph.Ingest.Parsing;

/// <summary>The address column of a line: an IP address, or a token that tells no place (a host name, a hash, <c>-</c>).</summary>
/// <param name="Canonical">The one text of the address; an opaque token as it stands.</param>
/// <param name="Address">The IP address; null when the token is opaque.</param>
internal sealed record ClientAddress(string Canonical, IPAddress? Address)
{
    private const int Ipv4NetworkBytes = 3;
    private const int Ipv6NetworkBytes = 6;

    /// <summary>Reads the address column.</summary>
    public static ClientAddress From(ReadOnlySpan<byte> token)
    {
        var text = Encoding.UTF8.GetString(token);
        var address = IsIpv4(text) || (text.Contains(':') && !text.Contains('%')) ? Parse(text) : null;
        return new ClientAddress(address?.ToString() ?? text, address);
    }

    /// <summary>The network that is stored in place of the address (/24 or /48); null for an opaque token.</summary>
    public string? Network()
    {
        if (Address is null)
            return null;
        var bytes = Address.GetAddressBytes();
        bytes.AsSpan(Address.AddressFamily == AddressFamily.InterNetwork ? Ipv4NetworkBytes : Ipv6NetworkBytes).Clear();
        return new IPAddress(bytes).ToString();
    }

    private static IPAddress? Parse(string text)
        => !IPAddress.TryParse(text, out var address) ? null : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Four decimal parts up to 255 without leading zeros: .NET alone would take octal and short forms too.</summary>
    private static bool IsIpv4(string text)
    {
        var parts = 0;
        foreach (var range in text.AsSpan().Split('.'))
        {
            var part = text.AsSpan(range);
            parts++;
            if (part.Length is 0 or > 3 || part.ContainsAnyExceptInRange('0', '9') || (part[0] == '0' && part.Length > 1)
                || int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) > 255)
                return false;
        }

        return parts == 4;
    }
}
