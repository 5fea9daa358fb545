namespace StatsGraph.Server.Auth;

/// <summary>Whether a server asks who somebody is.</summary>
public enum AccessMode
{
    /// <summary>Whoever reaches the server may do everything.</summary>
    Open,

    /// <summary>Rights come by tokens; without one there is only what is public.</summary>
    Tokens,
}
