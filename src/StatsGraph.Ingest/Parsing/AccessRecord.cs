namespace StatsGraph.Ingest.Parsing;

/// <summary>
/// The fields of an access line, as bytes of that line: valid as long as the line is.
/// Of a rejected line only <see cref="EndedAt"/> may be known.
/// </summary>
internal ref struct AccessRecord
{
    /// <summary>The address column: an IP address or any other token.</summary>
    public ReadOnlySpan<byte> Address;

    /// <summary>The stamp in seconds since 1970 UTC; null when the line was rejected before or at its stamp.</summary>
    public long? EndedAt;

    /// <summary>First token of the request.</summary>
    public ReadOnlySpan<byte> Method;

    /// <summary>Second token of the request, query string included.</summary>
    public ReadOnlySpan<byte> Target;

    /// <summary>Third token of the request. The parser only asks for a slash in it; no figure depends on it.</summary>
    public ReadOnlySpan<byte> Version;

    /// <summary>HTTP status, 0 to 999.</summary>
    public int Status;

    /// <summary>Bytes sent.</summary>
    public ulong Bytes;

    /// <summary>The referrer between its quotes.</summary>
    public ReadOnlySpan<byte> Referrer;

    /// <summary>The user agent between its quotes.</summary>
    public ReadOnlySpan<byte> UserAgent;

    /// <summary>Connected time in seconds.</summary>
    public ulong Duration;
}
