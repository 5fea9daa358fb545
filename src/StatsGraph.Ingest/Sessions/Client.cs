using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>What an address tells.</summary>
/// <param name="network">The network that is stored in place of the address; null for an opaque token.</param>
/// <param name="place">Where it is.</param>
internal sealed class Client(string? network, Place place) : Fact
{
    /// <summary>The network that is stored in place of the address; null for an opaque token.</summary>
    public string? Network => network;

    /// <summary>Where it is.</summary>
    public Place Place => place;
}
