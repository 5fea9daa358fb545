using System.Collections.Concurrent;
using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// What is known of networks, each looked up once. Geolocation files rarely cut finer than the /24 that is stored, so the
/// neighbours of an IPv4 address usually share what is known of it, and a stranger with many addresses costs little.
/// Safe for use by several threads at once.
/// </summary>
internal sealed class ClientNetworks(PlaceFinder places)
{
    private const int Ipv4NetworkBits = 24;
    private const int MostNetworks = 1 << 18;

    private readonly ConcurrentDictionary<uint, Client?> networks = new();
    private int count;

    /// <summary>What the /24 of an IPv4 address tells; null when its addresses are not all in one place.</summary>
    public Client? Find(uint address)
        => networks.TryGetValue(address >> 8, out var client) ? client : Add(address);

    /// <summary>What an address that is no IPv4 address in its canonical form tells.</summary>
    public Client Read(ClientAddress address)
        => new(address.Network(), address.Address is { } ip ? places.Find(ip, out _) : Place.Unknown);

    private Client? Add(uint address)
    {
        var ip = ClientAddress.Ipv4(address);
        var place = places.Find(ip, out var prefixLength);
        var client = prefixLength <= Ipv4NetworkBits ? new Client(new ClientAddress("", ip).Network(), place) : null;
        if (Interlocked.Increment(ref count) > MostNetworks)
        {
            networks.Clear();
            Volatile.Write(ref count, 1);
        }

        return networks.GetOrAdd(address >> 8, client);
    }
}
