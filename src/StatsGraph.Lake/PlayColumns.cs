using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Lake;

/// <summary>
/// The one column list of the table of plays. The partition column <c>site</c> is in no data file; every other column is in each. When a play
/// ended is told by no row alone: without a duration it lasts until the next one of its mount begins.
/// </summary>
public static class PlayColumns
{
    /// <summary>Text of a <see cref="PlayClass"/>.</summary>
    public const string Class = TableLayout.Class;

    /// <summary>Keyed 64-bit hash of what the play is: of its fields where a table told them, else of the line's bytes.</summary>
    public const string LineHash = TableLayout.Hash;

    /// <summary>Number of equal plays before this one in its source.</summary>
    public const string Ordinal = TableLayout.Ordinal;

    /// <summary>Why a rejected row was rejected; null in every other class.</summary>
    public const string Reason = "reason";

    /// <summary>Beginning of a rejected row; null in every other class.</summary>
    public const string Excerpt = "excerpt";

    /// <summary>
    /// When the play began: an instant where <see cref="UtcOffset"/> is not null, else what a clock on the site's wall showed, as though it
    /// were UTC. Null only where the row is rejected.
    /// </summary>
    public const string StartedAt = "started_at";

    /// <summary>Seconds east of UTC that the source wrote its times in; null where it told none.</summary>
    public const string UtcOffset = "utc_offset";

    /// <summary>Length of the play in milliseconds; null where the source told none.</summary>
    public const string Duration = "duration_ms";

    /// <summary>Normalised mount or channel; null where the source told none: then it was played on every mount of the site.</summary>
    public const string Mount = "mount";

    /// <summary>Featured artist; null when the source told none.</summary>
    public const string Artist = "artist";

    /// <summary>Title of the recording; null when the source told none.</summary>
    public const string Title = "title";

    /// <summary>Title of the album; null when the source told none.</summary>
    public const string Album = "album";

    /// <summary>Marketing label; null when the source told none.</summary>
    public const string Label = "label";

    /// <summary>International Standard Recording Code, 12 characters without dashes; null when the source told none.</summary>
    public const string Isrc = "isrc";

    /// <summary>The columns of a data file, in order. A text column may also arrive as a dictionary of texts with 32-bit indices.</summary>
    public static readonly Schema Schema = new(
    [
        new Field(Class, StringType.Default, nullable: false),
        new Field(LineHash, Int64Type.Default, nullable: false),
        new Field(Ordinal, Int32Type.Default, nullable: false),
        new Field(Reason, StringType.Default, nullable: true),
        new Field(Excerpt, StringType.Default, nullable: true),
        new Field(StartedAt, LineColumns.Timestamp, nullable: true),
        new Field(UtcOffset, Int32Type.Default, nullable: true),
        new Field(Duration, Int64Type.Default, nullable: true),
        new Field(Mount, StringType.Default, nullable: true),
        new Field(Artist, StringType.Default, nullable: true),
        new Field(Title, StringType.Default, nullable: true),
        new Field(Album, StringType.Default, nullable: true),
        new Field(Label, StringType.Default, nullable: true),
        new Field(Isrc, StringType.Default, nullable: true),
    ],
    metadata: null);
}
