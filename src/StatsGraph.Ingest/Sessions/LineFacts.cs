using System.Text;
using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>What the fields of a line tell. Lines with equal fields share these objects.</summary>
internal readonly record struct LineFacts(MountPath Path, UserAgent UserAgent, Referrer Referrer, Client Client);

/// <summary>Where a listener came from.</summary>
/// <param name="Host">Host of the referring page; null for direct listening.</param>
internal sealed record Referrer(string? Host);

/// <summary>What an address tells.</summary>
/// <param name="Network">The network that is stored in place of the address; null for an opaque token.</param>
/// <param name="Place">Where it is.</param>
/// <param name="HashKey">UTF-8 of the canonical address and a NUL: the address's part of what names a listener.</param>
internal sealed record Client(string? Network, Place Place, ReadOnlyMemory<byte> HashKey);

/// <summary>Reads the fields of lines, each distinct one once.</summary>
internal sealed class LineFactReader
{
    private readonly FactCache<MountPath> paths = new(MountPath.FromTarget);
    private readonly FactCache<Referrer> referrers = new(field => new Referrer(ReferrerHost.Of(field)));
    private readonly FactCache<UserAgent> userAgents;
    private readonly FactCache<Client> clients;

    /// <summary>Reads with the rules and places of a run.</summary>
    public LineFactReader(UserAgentRules rules, PlaceFinder places)
    {
        userAgents = new FactCache<UserAgent>(rules.Read);
        clients = new FactCache<Client>(token =>
        {
            var address = ClientAddress.From(token);
            var place = address.Address is { } ip ? places.Find(ip) : Place.Unknown;
            return new Client(address.Network(), place, Encoding.UTF8.GetBytes(address.Canonical + '\0'));
        });
    }

    /// <summary>What the fields of a record tell.</summary>
    public LineFacts Read(in AccessRecord record)
        => new(paths.Get(record.Target), userAgents.Get(record.UserAgent), referrers.Get(record.Referrer), clients.Get(record.Address));
}
