using System.Net;
using System.Net.Sockets;

namespace StatsGraph.Server.Auth;

/// <summary>Addresses of clients as limits tell them apart.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>The address; of IPv6 the first 64 bits, since whoever has one of those has them all. Never written anywhere.</summary>
    /// <param name="address">The address; null where there is none, as on a socket of this machine.</param>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, NetworkBytes))
            : plain.ToString();
    }
}
