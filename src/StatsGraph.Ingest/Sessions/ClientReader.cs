using System.Text;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Reads the address column. Not safe for use by several threads at once.</summary>
internal sealed class ClientReader
{
    private readonly ClientNetworks networks;
    private readonly FactCache<(Client Client, byte[] Canonical)> others;

    /// <summary>Reads with the networks of a run.</summary>
    public ClientReader(ClientNetworks networks)
    {
        this.networks = networks;
        others = new FactCache<(Client, byte[])>(ReadOther);
    }

    /// <summary>What an address tells.</summary>
    /// <param name="token">The bytes of the column.</param>
    /// <param name="canonical">UTF-8 of the one text of the address.</param>
    public Client Read(ReadOnlySpan<byte> token, out ReadOnlySpan<byte> canonical)
    {
        if (ClientAddress.TryReadIpv4(token, out var address) && networks.Find(address) is { } place)
        {
            canonical = token;
            return new Client(ClientNetwork.Of(address), place);
        }

        var other = others.Get(token);
        canonical = other.Canonical;
        return other.Client;
    }

    private (Client Client, byte[] Canonical) ReadOther(ReadOnlySpan<byte> token)
    {
        if (ClientAddress.TryReadIpv4(token, out var ipv4))
            return (networks.Read(ipv4), token.ToArray());
        var address = ClientAddress.From(token);
        return (networks.Read(address), Encoding.UTF8.GetBytes(address.Canonical));
    }
}
