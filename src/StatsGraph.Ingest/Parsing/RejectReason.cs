namespace StatsGraph.Ingest.Parsing;

/// <summary>Why a line is no access record. The earliest reason in the order of the checks wins.</summary>
internal enum RejectReason
{
    /// <summary>The line is an access record.</summary>
    None,

    /// <summary>A NUL byte stands behind the beginning of the line.</summary>
    NulInside,

    /// <summary>A line of an Icecast error.log.</summary>
    ErrorLog,

    /// <summary>A line of an Icecast playlist.log.</summary>
    PlaylistLog,

    /// <summary>A line of the W3C format, as SHOUTcast writes it.</summary>
    W3cFormat,

    /// <summary>A record behind a syslog header.</summary>
    SyslogPrefix,

    /// <summary>The percent-encoded format of icecast-kh.</summary>
    EscapedFormat,

    /// <summary>Several addresses in the address column.</summary>
    AddressList,

    /// <summary>The line does not begin <c>ADDRESS - USER [</c>.</summary>
    BadPrefix,

    /// <summary>A stamp without UTC offset.</summary>
    NoOffset,

    /// <summary>A stamp of another shape, or of an instant that does not exist.</summary>
    BadDate,

    /// <summary>Two records on one line.</summary>
    TwoRecords,

    /// <summary>The request is not three tokens, or is not followed by status and bytes.</summary>
    BadRequest,

    /// <summary>The request is empty.</summary>
    EmptyRequest,

    /// <summary>The byte count does not fit 64 bits.</summary>
    BadBytes,

    /// <summary>The tail was cut off: by Icecast's line buffer, or by the end of a closed archive.</summary>
    Truncated,

    /// <summary>No duration, as in the combined format of web servers.</summary>
    NoDuration,

    /// <summary>A duration below zero.</summary>
    NegativeDuration,

    /// <summary>A duration that is no number, or does not fit 64 bits.</summary>
    BadDuration,

    /// <summary>Referrer and user agent cannot be told apart.</summary>
    BadTail,
}

/// <summary>The names under which the lake, the summary and the API know the reasons.</summary>
internal static class RejectReasonNames
{
    private static readonly string[] Names =
    [
        "", "nul-inside", "error-log", "playlist-log", "w3c-format", "syslog-prefix", "escaped-format", "address-list",
        "bad-prefix", "no-offset", "bad-date", "two-records", "bad-request", "empty-request", "bad-bytes", "truncated",
        "no-duration", "negative-duration", "bad-duration", "bad-tail",
    ];

    /// <summary>The name of a reason; empty for <see cref="RejectReason.None"/>.</summary>
    public static string Name(this RejectReason reason) => Names[(int)reason];
}
