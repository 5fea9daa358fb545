using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
using StatsGraph.Ingest.Sessions;

namespace StatsGraph.Ingest.Warnings;

/// <summary>Networks that no listener comes from over the internet: private, shared, link-local and loopback ones.</summary>
internal static class PrivateNetworks
{
    private static readonly ulong UniqueLocal = Prefix("fc00::"), LinkLocal = Prefix("fe80::");

    /// <summary>Whether a network of a client lies in one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Hold(ClientNetwork network)
        => network.IsIpv4 ? HoldIpv4((uint)network.Prefix << 8) : network.IsKnown && HoldIpv6(network.Prefix);

    private static bool HoldIpv4(uint address)
        => address >> 24 is 10 or 127 || address >> 20 == 0xAC1 || address >> 16 is 0xC0A8 or 0xA9FE || address >> 22 == 0x6440_0000 >> 22;

    /// <summary>fc00::/7, fe80::/10, and ::/48, the network that ::1 is stored as.</summary>
    private static bool HoldIpv6(ulong prefix) => prefix == 0 || prefix >> 41 == UniqueLocal >> 41 || prefix >> 38 == LinkLocal >> 38;

    /// <summary>The first 48 bits of an address.</summary>
    private static ulong Prefix(string address) => BinaryPrimitives.ReadUInt64BigEndian(IPAddress.Parse(address).GetAddressBytes()) >> 16;
}
