namespace StatsGraph.Lake;

/// <summary>
/// What stands in a data folder beside the lake, by the names of the folders: all together here so that no name is given twice, and that an ingest of the
/// data folder takes none of it for logs. The lake looks into none but the last.
/// </summary>
public static class DataFolderNames
{
    /// <summary>What a reader of the lake derived from it, and can make again.</summary>
    public const string Columns = "columns";

    /// <summary>Compliance reports that were issued.</summary>
    public const string Issued = "issued";

    /// <summary>Which scheduled runs there were, and what became of them.</summary>
    public const string Schedules = "schedules";

    /// <summary>Tokens, without their secrets.</summary>
    public const string Tokens = "tokens";

    /// <summary>Older versions of the lake that are kept to be read again.</summary>
    public const string Versions = "versions";

    /// <summary>All of them.</summary>
    internal static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal) { Columns, Issued, Schedules, Tokens, Versions };
}
