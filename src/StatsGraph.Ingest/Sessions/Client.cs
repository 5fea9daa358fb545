namespace StatsGraph.Ingest.Sessions;

/// <summary>What an address tells.</summary>
/// <param name="Network">The network that is stored in place of the address.</param>
/// <param name="Place">Where it is.</param>
internal readonly record struct Client(ClientNetwork Network, ClientPlace Place);
