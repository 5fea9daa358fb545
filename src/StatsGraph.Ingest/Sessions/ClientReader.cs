using System.Text;
using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>What an address tells.</summary>
/// <param name="Network">The network that is stored in place of the address; null for an opaque token.</param>
/// <param name="Place">Where it is.</param>
internal sealed record Client(string? Network, Place Place);

/// <summary>
/// Reads the address column. Geolocation files rarely cut finer than the /24 that is stored, so the neighbours of an IPv4
/// address usually share what is known of it, and a stranger with many addresses costs little.
/// </summary>
internal sealed class ClientReader
{
    private const int Ipv4NetworkBits = 24;
    private const int MostNetworks = 1 << 18;

    private readonly PlaceFinder places;
    private readonly Dictionary<uint, Client?> networks = [];
    private readonly FactCache<(Client Client, byte[] Canonical)> others;

    /// <summary>Reads with the places of a run.</summary>
    public ClientReader(PlaceFinder places)
    {
        this.places = places;
        others = new FactCache<(Client, byte[])>(token =>
        {
            var address = ClientAddress.From(token);
            var place = address.Address is { } ip ? places.Find(ip, out _) : Place.Unknown;
            return (new Client(address.Network(), place), Encoding.UTF8.GetBytes(address.Canonical));
        });
    }

    /// <summary>What an address tells.</summary>
    /// <param name="token">The bytes of the column.</param>
    /// <param name="canonical">UTF-8 of the one text of the address.</param>
    public Client Read(ReadOnlySpan<byte> token, out ReadOnlySpan<byte> canonical)
    {
        if (ClientAddress.TryReadIpv4(token, out var address))
        {
            canonical = token;
            if (!networks.TryGetValue(address >> 8, out var client))
                client = ReadNetwork(address);
            if (client is not null)
                return client;
        }

        var other = others.Get(token);
        canonical = other.Canonical;
        return other.Client;
    }

    /// <summary>What the /24 of an address tells; null when its addresses are not all in one place.</summary>
    private Client? ReadNetwork(uint address)
    {
        var ip = ClientAddress.Ipv4(address);
        var place = places.Find(ip, out var prefixLength);
        var client = prefixLength <= Ipv4NetworkBits ? new Client(new ClientAddress("", ip).Network(), place) : null;
        if (networks.Count >= MostNetworks)
            networks.Clear();
        networks.Add(address >> 8, client);
        return client;
    }
}
