namespace StatsGraph.Lake;

/// <summary>
/// What stands in a data folder beside the lake, by the names of the folders. The lake never looks into them; here they are together so that no name is
/// given twice, and that an ingest of the data folder takes none of it for logs.
/// </summary>
public static class DataFolderNames
{
    /// <summary>What a reader of the lake derived from it, and can make again.</summary>
    public const string Columns = "columns";

    /// <summary>Compliance reports that were issued.</summary>
    public const string Issued = "issued";

    /// <summary>Tokens, without their secrets.</summary>
    public const string Tokens = "tokens";

    /// <summary>All of them.</summary>
    internal static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal) { Columns, Issued, Tokens };
}
