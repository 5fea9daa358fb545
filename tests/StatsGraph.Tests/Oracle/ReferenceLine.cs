namespace StatsGraph.Tests.Oracle;

/// <summary>What <see cref="ReferenceParser"/> makes of a line.</summary>
public abstract record ReferenceLine
{
    private ReferenceLine()
    {
    }

    /// <summary>White space only.</summary>
    public sealed record Blank : ReferenceLine;

    /// <summary>No access record, for a kebab-case reason.</summary>
    public sealed record Rejected(string Reason) : ReferenceLine;

    /// <summary>An access record, its fields normalised.</summary>
    /// <param name="Address">Canonical IP address, or the opaque token.</param>
    /// <param name="IsIp">Whether the address is an IP address that can be looked up.</param>
    /// <param name="User">The user token as it stands.</param>
    /// <param name="EndedAt">Unix seconds of the stamp.</param>
    /// <param name="Method">First token of the request.</param>
    /// <param name="Path">Normalised path of the second token.</param>
    /// <param name="Version">Third token of the request.</param>
    /// <param name="Status">Three digits.</param>
    /// <param name="Bytes">Bytes sent.</param>
    /// <param name="Referrer">Whole referrer; null when missing.</param>
    /// <param name="ReferrerHost">Lower-case host of the referrer; null when it has none that is usable.</param>
    /// <param name="UserAgent">User agent; null when missing.</param>
    /// <param name="Duration">Connected seconds.</param>
    public sealed record Accepted(
        string Address,
        bool IsIp,
        string User,
        long EndedAt,
        string Method,
        string Path,
        string Version,
        int Status,
        ulong Bytes,
        string? Referrer,
        string? ReferrerHost,
        string? UserAgent,
        ulong Duration) : ReferenceLine;
}
