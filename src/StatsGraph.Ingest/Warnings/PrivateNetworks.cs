using System.Net;
using System.Net.Sockets;

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

    /// <summary>Whether a truncated address, as the lake stores it, lies in one.</summary>
    public static bool Hold(string network)
        => IPAddress.TryParse(network, out var address)
            && address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && Array.Exists(Networks, known => known.Contains(address));
}
