using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Where clients are. Equal places are one object.</summary>
/// <param name="place">The place.</param>
internal sealed class ClientPlace(Place place) : Fact
{
    /// <summary>The place.</summary>
    public Place Place => place;
}
