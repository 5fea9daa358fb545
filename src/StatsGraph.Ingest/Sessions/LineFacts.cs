using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>What the fields of a line tell. Lines with equal fields share these objects.</summary>
internal readonly record struct LineFacts(MountPath Path, UserAgent UserAgent, Referrer Referrer, Client Client);

/// <summary>Where a listener came from.</summary>
/// <param name="host">Host of the referring page; null for direct listening.</param>
internal sealed class Referrer(string? host) : Fact
{
    /// <summary>Host of the referring page; null for direct listening.</summary>
    public string? Host => host;
}

/// <summary>Reads the fields of lines, each distinct one once. Not safe for use by several threads at once.</summary>
internal sealed class LineFactReader
{
    private readonly FactCache<MountPath> paths = new(MountPath.FromTarget);
    private readonly FactCache<Referrer> referrers = new(field => new Referrer(ReferrerHost.Of(field)));
    private readonly FactCache<UserAgent> userAgents;
    private readonly ClientReader clients;

    /// <summary>Reads with the rules and networks of a run.</summary>
    public LineFactReader(UserAgentRules rules, ClientNetworks networks)
    {
        userAgents = new FactCache<UserAgent>(rules.Read);
        clients = new ClientReader(networks);
    }

    /// <summary>Bytes of the distinct paths, referrers and user agents that were read so far.</summary>
    public long BytesRead => paths.BytesRead + referrers.BytesRead + userAgents.BytesRead;

    /// <summary>What the fields of a record tell.</summary>
    /// <param name="record">The record.</param>
    /// <param name="canonicalAddress">UTF-8 of the one text of the record's address.</param>
    public LineFacts Read(in AccessRecord record, out ReadOnlySpan<byte> canonicalAddress)
        => new(
            paths.Get(MountPath.WithoutQuery(record.Target)),
            userAgents.Get(record.UserAgent),
            referrers.Get(record.Referrer),
            clients.Read(record.Address, out canonicalAddress));
}
