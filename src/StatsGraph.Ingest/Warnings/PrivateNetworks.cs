using System.Net;
using System.Net.Sockets;
using StatsGraph.Ingest.Sessions;

namespace StatsGraph.Ingest.Warnings;

/// <summary>Networks that no listener comes from over the internet: private, shared, link-local and loopback ones.</summary>
internal static class PrivateNetworks
{
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
        // ::1 is stored as the network that it is in.
        IPNetwork.Parse("::/48"),
    ];

    /// <summary>Whether a network of a client lies in one.</summary>
    public static bool Hold(ClientNetwork network)
        => network.Ipv4 > 0 ? HoldIpv4((network.Ipv4 - 1) << 8) : network.Other is { } text && Hold(text);

    private static bool HoldIpv4(uint address)
        => address >> 24 is 10 or 127 || address >> 20 == 0xAC1 || address >> 16 is 0xC0A8 or 0xA9FE || address >> 22 == 0x6440_0000 >> 22;

    /// <summary>Whether a truncated address, as the lake stores it, lies in one.</summary>
    public static bool Hold(string network)
        => IPAddress.TryParse(network, out var address)
            && address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && Array.Exists(Networks, known => known.Contains(address));
}
