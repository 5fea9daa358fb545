namespace StatsGraph.Ingest.Logs;

/// <summary>A log to be read.</summary>
/// <param name="Name">Its path as given; <c>-</c> for standard input.</param>
/// <param name="Path">Its path on disk; null for standard input.</param>
internal sealed record LogFile(string Name, string? Path)
{
    /// <summary>How standard input is named.</summary>
    public const string StandardInput = "-";

    /// <summary>Bytes on disk; null for standard input, 0 where the file cannot be asked.</summary>
    public long? Size
    {
        get
        {
            if (Path is null)
                return null;
            var file = new FileInfo(Path);
            return file.Exists ? file.Length : 0;
        }
    }
}
