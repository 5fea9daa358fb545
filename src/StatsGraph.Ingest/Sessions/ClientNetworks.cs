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
    private const int WideNetworkBits = 16;

    private readonly NetworkTable networks = new();

    /// <summary>Places of whole /16 networks, where these are in one place.</summary>
    private readonly Place?[] wide = new Place?[1 << WideNetworkBits];

    /// <summary>What the /24 of an IPv4 address tells; null when its addresses are not all in one place.</summary>
    public Client? Find(uint address)
        => networks.TryFind(address >> 8, out var client) ? client : Add(address);

    /// <summary>What an address that is no IPv4 address in its canonical form tells.</summary>
    public Client Read(ClientAddress address)
        => new(address.Network(), address.Address is { } ip ? places.Find(ip, out _) : Place.Unknown);

    private Client? Add(uint address)
    {
        var place = FindPlace(address, out var isWhole);
        var client = isWhole ? new Client(ClientAddress.Network(address), place) : null;
        networks.Add(address >> 8, client);
        return client;
    }

    /// <summary>The place of an address, and whether all of its /24 is there.</summary>
    private Place FindPlace(uint address, out bool isWhole)
    {
        ref var known = ref wide[address >> (32 - WideNetworkBits)];
        if (Volatile.Read(ref known) is { } place)
        {
            isWhole = true;
            return place;
        }

        place = places.Find(ClientAddress.Ipv4(address), out var prefixLength);
        isWhole = prefixLength <= Ipv4NetworkBits;
        if (prefixLength <= WideNetworkBits)
            Volatile.Write(ref known, place);
        return place;
    }
}
