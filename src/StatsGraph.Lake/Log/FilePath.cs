namespace StatsGraph.Lake.Log;

/// <summary>Paths of data files as the log writes them: URIs, relative to the table's folder or absolute.</summary>
internal static class FilePath
{
    /// <summary>The URI of a path that is relative to the table's folder. The sign of a partition's folder stays readable.</summary>
    public static string Encode(string relativePath)
        => string.Join('/', relativePath.Split(Path.DirectorySeparatorChar)
            .Select(part => Uri.EscapeDataString(part).Replace("%3D", "=", StringComparison.Ordinal)));

    /// <summary>The absolute path that a URI of the log stands for.</summary>
    public static string Decode(string table, string uri)
        => Uri.TryCreate(uri, UriKind.Absolute, out var absolute) && absolute.IsFile
            ? absolute.LocalPath
            : Path.GetFullPath(Path.Combine(table, Uri.UnescapeDataString(uri)));
}
