namespace StatsGraph.Server.Auth;

/// <summary>What a token is for.</summary>
public enum TokenScope
{
    /// <summary>Reading the figures of its sites.</summary>
    Read,

    /// <summary>Sending logs for its sites, and reading nothing.</summary>
    Ingest,

    /// <summary>Both, and with all sites also what the operator of the server sees.</summary>
    Admin,
}
