using Apache.Arrow;

namespace StatsGraph.Lake;

/// <summary>
/// What tells one table of a data folder from another: where it is and which columns it has. All tables are sets of rows, are partitioned by
/// site, and share the columns named here; commits, comparison, compaction, vacuum and verification need no others.
/// </summary>
internal sealed record TableLayout
{
    /// <summary>Partition column: the site's key.</summary>
    public const string Site = "site";

    /// <summary>Text of what a row is; one of <see cref="Classes"/>.</summary>
    public const string Class = "class";

    /// <summary>Keyed 64-bit hash of what identifies a row, as a signed number.</summary>
    public const string Hash = "line_hash";

    /// <summary>Number of rows of the same hash before this one in its source.</summary>
    public const string Ordinal = "ordinal";

    /// <summary>The table of log lines.</summary>
    public static readonly TableLayout Lines = new()
    {
        Folder = "lake",
        VacuumMark = "lake.vacuum",
        Name = "lines",
        Description = "Log lines of streaming servers",
        Schema = LineColumns.Schema,
        Time = LineColumns.EndedAt,
        Classes = LineClassNames.All,
        Cluster = text => LineClassNames.Parse(text) switch
        {
            LineClass.Listener => 0,
            LineClass.Relay or LineClass.Bot => 1,
            _ => 2,
        },
        WithoutDictionary = [LineColumns.LineHash, LineColumns.Bytes, LineColumns.Listener, LineColumns.Address],
        Rising = [LineColumns.StartedAt, LineColumns.EndedAt],
        Statistics = [LineColumns.Class, LineColumns.LineHash, LineColumns.StartedAt, LineColumns.EndedAt, LineColumns.Duration],
    };

    /// <summary>The table of plays.</summary>
    public static readonly TableLayout Plays = new()
    {
        Folder = "plays",
        VacuumMark = "plays.vacuum",
        Name = "plays",
        Description = "Plays of recordings on streams",
        Schema = PlayColumns.Schema,
        Time = PlayColumns.StartedAt,
        Classes = PlayClassNames.All,
        Cluster = text => (int)PlayClassNames.Parse(text),
        WithoutDictionary = [PlayColumns.LineHash],
        Rising = [PlayColumns.StartedAt],
        Statistics = [PlayColumns.Class, PlayColumns.LineHash, PlayColumns.StartedAt, PlayColumns.Duration],
    };

    /// <summary>Folder of the table in the data folder.</summary>
    public required string Folder { get; init; }

    /// <summary>File of the data folder that bears the time of the table's last vacuum.</summary>
    public required string VacuumMark { get; init; }

    /// <summary>Name of the Delta table.</summary>
    public required string Name { get; init; }

    /// <summary>What the Delta table says that it holds.</summary>
    public required string Description { get; init; }

    /// <summary>The columns of a data file, in order; a text column may arrive as a dictionary of texts with 32-bit indices.</summary>
    public required Schema Schema { get; init; }

    /// <summary>
    /// The column of an instant that follows from what identifies a row, so that only rows of overlapping times can be the same; rows are kept
    /// in its order. It may be null.
    /// </summary>
    public required string Time { get; init; }

    /// <summary>The texts that <see cref="Class"/> may hold.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Number, 0 to 2, of the row groups that rows of a class go into; throws <see cref="FormatException"/> for what is no class.</summary>
    public required Func<string, int> Cluster { get; init; }

    /// <summary>Columns of so many values in a row group that a dictionary costs time and mostly space too.</summary>
    public required IReadOnlyList<string> WithoutDictionary { get; init; }

    /// <summary>Columns of values that are near the ones before them.</summary>
    public required IReadOnlyList<string> Rising { get; init; }

    /// <summary>Columns that readers prune files by; their texts are ASCII.</summary>
    public required IReadOnlyList<string> Statistics { get; init; }

    /// <summary>All tables that a data folder can hold.</summary>
    public static IReadOnlyList<TableLayout> All { get; } = [Lines, Plays];
}
