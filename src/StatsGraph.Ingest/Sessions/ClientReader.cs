using System.Runtime.CompilerServices;
using System.Text;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Reads the address column. Where an IPv4 address is takes a look into a large table: it is asked for when the address is read, and
/// looked up a little later, once the memory had time to answer. Not safe for use by several threads at once.
/// </summary>
internal sealed class ClientReader
{
    /// <summary>Addresses of networks that are cut finer that are remembered at most.</summary>
    private const int MostAddresses = 1 << 18;

    private readonly ClientNetworks networks;
    private readonly FactCache<OtherClient> others;
    private readonly Dictionary<uint, int> placesOfAddresses = [];

    /// <summary>Reads with the networks of a run.</summary>
    public ClientReader(ClientNetworks networks)
    {
        this.networks = networks;
        others = new FactCache<OtherClient>(ReadOther);
    }

    /// <summary>Reads an address.</summary>
    /// <param name="token">The bytes of the column.</param>
    /// <param name="ipv4">The IPv4 address whose place is still to be found; null where the row has its place already.</param>
    /// <param name="row">Gets the network and, unless there is something to find, the place.</param>
    /// <returns>UTF-8 of the one text of the address.</returns>
    [MethodImpl(PerLine.Code)]
    public ReadOnlySpan<byte> Read(ReadOnlySpan<byte> token, out uint? ipv4, ref LineRow row)
    {
        if (ClientAddress.TryReadIpv4(token, out var address))
        {
            networks.Prepare(address);
            (ipv4, row.Network) = (address, ClientNetwork.Of(address));
            return token;
        }

        ipv4 = null;
        others.StartAnewIfFull();
        var other = others.Facts[others.NumberOf(token)];
        (row.Network, row.Place) = (other.Network, other.Place);
        return other.Canonical;
    }

    /// <summary>Number of the place of an IPv4 address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PlaceOf(uint address) => networks.PlaceOfNetwork(address) is >= 0 and var place ? place : PlaceOfOne(address);

    private int PlaceOfOne(uint address)
    {
        if (placesOfAddresses.TryGetValue(address, out var place))
            return place;
        if (placesOfAddresses.Count >= MostAddresses)
            placesOfAddresses.Clear();
        return placesOfAddresses[address] = networks.PlaceOf(address);
    }

    private OtherClient ReadOther(ReadOnlySpan<byte> token)
    {
        var address = ClientAddress.From(token);
        return new OtherClient(ClientNetwork.Of(address.Address), networks.PlaceOf(address), Encoding.UTF8.GetBytes(address.Canonical));
    }

    /// <summary>What an address tells that is not plainly an IPv4 address.</summary>
    private sealed record OtherClient(ClientNetwork Network, int Place, byte[] Canonical);
}
