using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// What is known of networks, each looked up once. Geolocation files rarely cut finer than the /24 that is stored, so the
/// neighbours of an IPv4 address usually share what is known of it, and a stranger with many addresses costs little.
/// Safe for use by several threads at once.
/// </summary>
internal sealed class ClientNetworks(PlaceFinder finder)
{
    /// <summary>Stands for the place of a /24 whose addresses are not all in one.</summary>
    public const int CutFiner = -1;

    private const int Ipv4NetworkBits = 24;
    private const int WideNetworkBits = 16;

    private readonly NetworkTable networks = new();
    private readonly ConcurrentDictionary<Place, int> numbers = new();
    private readonly Lock adding = new();

    /// <summary>Numbers plus 1 of the places of whole /16 networks, where these are in one place: most of the address space, in little memory.</summary>
    private readonly int[] wide = new int[1 << WideNetworkBits];

    /// <summary>The places by their numbers.</summary>
    public FactList<Place> Places { get; } = new();

    /// <summary>Has the processor fetch what <see cref="PlaceOfNetwork"/> will look at for an IPv4 address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(uint address)
    {
        Memory.Prefetch(ref wide[address >> (32 - WideNetworkBits)]);
        networks.Prefetch(address >> 8);
    }

    /// <summary>Number of the place that the /24 of an IPv4 address is in, or <see cref="CutFiner"/>.</summary>
    [MethodImpl(PerLine.Code)]
    public int PlaceOfNetwork(uint address)
    {
        if (Volatile.Read(ref wide[address >> (32 - WideNetworkBits)]) is var found and > 0)
            return found - 1;
        return networks.TryFind(address >> 8, out var number) ? number : Look(address);
    }

    /// <summary>Number of the place of an IPv4 address.</summary>
    public int PlaceOf(uint address) => NumberOf(finder.Find(ClientAddress.Ipv4(address), out _));

    /// <summary>Number of the place of any address.</summary>
    public int PlaceOf(ClientAddress address) => NumberOf(address.Address is { } ip ? finder.Find(ip, out _) : Place.Unknown);

    /// <summary>Looks a network up, and remembers the answer for all that it holds for.</summary>
    private int Look(uint address)
    {
        var place = finder.Find(ClientAddress.Ipv4(address), out var prefixLength);
        var number = prefixLength > Ipv4NetworkBits ? CutFiner : NumberOf(place);
        if (prefixLength > WideNetworkBits)
        {
            networks.Add(address >> 8, number);
            return number;
        }

        var count = 1 << (WideNetworkBits - prefixLength);
        var first = (address >> (32 - WideNetworkBits)) & -count;
        for (var network = first; network < first + count; network++)
            Volatile.Write(ref wide[network], number + 1);
        return number;
    }

    private int NumberOf(Place place)
    {
        if (numbers.TryGetValue(place, out var number))
            return number;
        lock (adding)
        {
            if (!numbers.TryGetValue(place, out number))
                numbers[place] = number = Places.Add(place);
            return number;
        }
    }
}
