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
    private const int WideNetworkBits = 16;

    /// <summary>Stands for a /24 whose addresses are not all in one place.</summary>
    private const int CutFiner = -1;

    private readonly NetworkTable networks = new();
    private readonly ConcurrentDictionary<Place, int> numbers = new();
    private readonly Lock adding = new();

    /// <summary>Places by number; only the first ones of the array are used.</summary>
    private ClientPlace[] known = new ClientPlace[256];

    /// <summary>Numbers plus 1 of the places of whole /16 networks, where these are in one place.</summary>
    private readonly int[] wide = new int[1 << WideNetworkBits];

    /// <summary>Where the /24 of an IPv4 address is; null when its addresses are not all in one place.</summary>
    public ClientPlace? Find(uint address)
    {
        if (!networks.TryFind(address >> 8, out var number))
            networks.Add(address >> 8, number = Look(address));
        return number == CutFiner ? null : Volatile.Read(ref known)[number];
    }

    /// <summary>What any other address tells.</summary>
    public Client Read(ClientAddress address)
    {
        var place = PlaceOf(address.Address is { } ip ? places.Find(ip, out _) : Place.Unknown);
        return new Client(address.TryGetIpv4(out var number) ? ClientNetwork.Of(number) : new ClientNetwork(0, address.Network()), place);
    }

    /// <summary>What an IPv4 address tells that shares its /24 with addresses elsewhere.</summary>
    public Client Read(uint address) => new(ClientNetwork.Of(address), PlaceOf(places.Find(ClientAddress.Ipv4(address), out _)));

    /// <summary>The number of the place of a /24.</summary>
    private int Look(uint address)
    {
        ref var wideNumber = ref wide[address >> (32 - WideNetworkBits)];
        if (Volatile.Read(ref wideNumber) is var found and > 0)
            return found - 1;

        var place = places.Find(ClientAddress.Ipv4(address), out var prefixLength);
        if (prefixLength > Ipv4NetworkBits)
            return CutFiner;
        var number = NumberOf(place);
        if (prefixLength <= WideNetworkBits)
            Volatile.Write(ref wideNumber, number + 1);
        return number;
    }

    private ClientPlace PlaceOf(Place place)
    {
        var number = NumberOf(place);
        return Volatile.Read(ref known)[number];
    }

    /// <summary>The number of a place, which is among the known ones then.</summary>
    private int NumberOf(Place place)
    {
        if (numbers.TryGetValue(place, out var number))
            return number;
        lock (adding)
        {
            if (numbers.TryGetValue(place, out number))
                return number;
            number = numbers.Count;
            if (number == known.Length)
            {
                var larger = new ClientPlace[number * 2];
                known.CopyTo(larger, 0);
                Volatile.Write(ref known, larger);
            }

            known[number] = new ClientPlace(place);
            numbers[place] = number;
            return number;
        }
    }
}
