using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Lake;

/// <summary>
/// The one column list of the lake: the names, types and order of the columns of the table of log lines.
/// The partition column <see cref="Site"/> is in no data file; every other column is in each.
/// </summary>
public static class LineColumns
{
    /// <summary>Partition column: the site's key.</summary>
    public const string Site = TableLayout.Site;

    /// <summary>Text of a <see cref="LineClass"/>.</summary>
    public const string Class = TableLayout.Class;

    /// <summary>Keyed 64-bit hash of the line's bytes (SipHash-2-4), as a signed number.</summary>
    public const string LineHash = TableLayout.Hash;

    /// <summary>Number of equal lines before this one in its source.</summary>
    public const string Ordinal = TableLayout.Ordinal;

    /// <summary>Why a rejected line was rejected; null in every other class.</summary>
    public const string Reason = "reason";

    /// <summary>Masked excerpt of a rejected line; null in every other class.</summary>
    public const string Excerpt = "excerpt";

    /// <summary>Instant the client connected; null where the line tells no usable one.</summary>
    public const string StartedAt = "started_at";

    /// <summary>Instant the client disconnected, which is the line's stamp; null where the line has no readable one.</summary>
    public const string EndedAt = "ended_at";

    /// <summary>Connected time in seconds; 2^63-1 stands for anything above it (always a suspect line).</summary>
    public const string Duration = "duration";

    /// <summary>HTTP status.</summary>
    public const string Status = "status";

    /// <summary>Bytes sent to the client: unsigned 64-bit in the log, so a decimal of 20 digits here.</summary>
    public const string Bytes = "bytes";

    /// <summary>Normalised path: no query string, percent-decoded, double slashes folded.</summary>
    public const string Mount = "mount";

    /// <summary>Truncated network address (/24, /48); null where the log held no IP address.</summary>
    public const string Address = "address";

    /// <summary>Keyed 64-bit hash of site, full address and user agent.</summary>
    public const string Listener = "listener";

    /// <summary>User agent; null when missing.</summary>
    public const string UserAgent = "user_agent";

    /// <summary>Player name that the user agent tells; null when it tells none.</summary>
    public const string Player = "player";

    /// <summary>Lower-case host of the referrer; null for direct listening.</summary>
    public const string Referrer = "referrer";

    /// <summary>ISO 3166-1 alpha-2; null when unknown.</summary>
    public const string Country = "country";

    /// <summary>Two-letter continent code (AF AN AS EU NA OC SA); null when unknown.</summary>
    public const string Continent = "continent";

    /// <summary>English name of the largest subdivision; null when unknown.</summary>
    public const string Region = "region";

    /// <summary>English name of the city; null when unknown.</summary>
    public const string City = "city";

    /// <summary>Degrees north; null when unknown.</summary>
    public const string Latitude = "latitude";

    /// <summary>Degrees east; null when unknown.</summary>
    public const string Longitude = "longitude";

    /// <summary>Number of the autonomous system; null when unknown.</summary>
    public const string Asn = "asn";

    /// <summary>Name of the organisation that runs the autonomous system; null when unknown.</summary>
    public const string Network = "network";

    /// <summary>UTC, microseconds, as Delta's <c>timestamp</c>.</summary>
    public static readonly TimestampType Timestamp = new(TimeUnit.Microsecond, "UTC");

    /// <summary>Wide enough for every unsigned 64-bit number.</summary>
    public static readonly Decimal128Type Unsigned64 = new(20, 0);

    /// <summary>
    /// The columns of a data file, in order. A text column may also arrive as a dictionary of texts with 32-bit indices.
    /// </summary>
    public static readonly Schema Schema = new(
    [
        new Field(Class, StringType.Default, nullable: false),
        new Field(LineHash, Int64Type.Default, nullable: false),
        new Field(Ordinal, Int32Type.Default, nullable: false),
        new Field(Reason, StringType.Default, nullable: true),
        new Field(Excerpt, StringType.Default, nullable: true),
        new Field(StartedAt, Timestamp, nullable: true),
        new Field(EndedAt, Timestamp, nullable: true),
        new Field(Duration, Int64Type.Default, nullable: true),
        new Field(Status, Int32Type.Default, nullable: true),
        new Field(Bytes, Unsigned64, nullable: true),
        new Field(Mount, StringType.Default, nullable: true),
        new Field(Address, StringType.Default, nullable: true),
        new Field(Listener, Int64Type.Default, nullable: true),
        new Field(UserAgent, StringType.Default, nullable: true),
        new Field(Player, StringType.Default, nullable: true),
        new Field(Referrer, StringType.Default, nullable: true),
        new Field(Country, StringType.Default, nullable: true),
        new Field(Continent, StringType.Default, nullable: true),
        new Field(Region, StringType.Default, nullable: true),
        new Field(City, StringType.Default, nullable: true),
        new Field(Latitude, DoubleType.Default, nullable: true),
        new Field(Longitude, DoubleType.Default, nullable: true),
        new Field(Asn, Int64Type.Default, nullable: true),
        new Field(Network, StringType.Default, nullable: true),
    ],
    metadata: null);
}
