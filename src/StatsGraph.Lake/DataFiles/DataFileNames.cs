using System.Text.RegularExpressions;

namespace StatsGraph.Lake.DataFiles;

/// <summary>How data files that this program writes are named.</summary>
internal static partial class DataFileNames
{
    /// <summary>A name that no other file has.</summary>
    public static string New() => $"part-{Guid.NewGuid():N}.zstd.parquet";

    /// <summary>Whether a name is one of these.</summary>
    public static bool IsOurs(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"\Apart-[0-9a-f]{32}\.zstd\.parquet\z")]
    private static partial Regex Pattern();
}
