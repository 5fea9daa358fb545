using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// What one line became. A struct without references, so that a million of them are a few arrays that the garbage collector need not
/// look into; what lines share (path, user agent, referrer, place) has a number.
/// </summary>
internal struct LineRow
{
    /// <summary>Stands for an unknown <see cref="EndedAt"/>.</summary>
    public const long NoTime = long.MinValue;

    /// <summary>Keyed hash of the stripped line.</summary>
    public long Hash;

    /// <summary>Bytes in the log, newline included.</summary>
    public long Length;

    /// <summary>Seconds since 1970 UTC, or <see cref="NoTime"/>.</summary>
    public long EndedAt;

    /// <summary>Seconds; as below only of a record.</summary>
    public ulong Duration;

    /// <summary>Bytes sent.</summary>
    public ulong Bytes;

    /// <summary>Keyed hash of the listener.</summary>
    public long Listener;

    /// <summary>Network of a record's client.</summary>
    public ClientNetwork Network;

    /// <summary>Number of a record's path in the block's <see cref="LineFacts"/>.</summary>
    public int Path;

    /// <summary>Likewise its user agent.</summary>
    public int UserAgent;

    /// <summary>Likewise its referrer.</summary>
    public int Referrer;

    /// <summary>Number of the place of a record's client in <see cref="ClientNetworks.Places"/>.</summary>
    public int Place;

    /// <summary>Equal lines before this one in its source.</summary>
    public int Ordinal;

    /// <summary>Tells lines apart that cannot be equal, so that equal ones are looked for among few.</summary>
    public ushort Era;

    /// <summary>HTTP status.</summary>
    public short Status;

    /// <summary>What the line is.</summary>
    public LineClass Class;

    /// <summary>Why it is rejected.</summary>
    public RejectReason Reason;

    /// <summary>False while only the line's identity is known.</summary>
    public bool IsRead;

    /// <summary>Whether the line is an access record.</summary>
    public bool IsRecord;

    /// <summary>Whether its duration can be believed.</summary>
    public bool HasStart;

    /// <summary>A rejected line that ends as web servers' lines without durations do.</summary>
    public bool EndsInQuote;
}
