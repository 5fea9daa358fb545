namespace StatsGraph.Ingest.Logs;

/// <summary>Recognises compressed logs by their first bytes, whatever their names are, and decompresses them.</summary>
internal static class Archive
{
    /// <summary>As many bytes as the longest mark has.</summary>
    private const int MarkLength = 6;

    private static ReadOnlySpan<byte> Zstd => [0x28, 0xB5, 0x2F, 0xFD];

    private static ReadOnlySpan<byte> Xz => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    /// <summary>Endings of the names that archives have.</summary>
    public static IReadOnlyList<string> NameEndings { get; } = [".gz", ".bz2", ".zst"];

    /// <summary>Whether a name ends as those of archives do.</summary>
    public static bool IsName(string name) => NameEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Opens a log's content.</summary>
    /// <param name="log">The log's bytes from the first one on.</param>
    /// <param name="isCompressed">Whether they are an archive, whose end is then the end of the log.</param>
    /// <exception cref="BrokenLogException">An archive of a kind that is not read.</exception>
    public static Stream Open(Stream log, out bool isCompressed)
    {
        var mark = new byte[MarkLength];
        var length = log.ReadAtLeast(mark, MarkLength, throwOnEndOfStream: false);
        var whole = new PrefixedStream(mark.AsMemory(0, length), log);
        isCompressed = true;
        switch (mark.AsSpan(0, length))
        {
            case [0x1F, 0x8B, ..]:
                return new GzipReader(whole);
            case [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31 or 0x17, ..]:
                return new Bzip2Reader(whole);
            case var start when start.StartsWith(Zstd) || start is [>= 0x50 and <= 0x5F, 0x2A, 0x4D, 0x18, ..]:
                return new ZstdReader(whole);
            case var start when start.StartsWith(Xz):
                throw new BrokenLogException("an xz archive, which is not read; expected plain text, gzip, bzip2 or zstd");
            case [(byte)'P', (byte)'K', 3, 4, ..]:
                throw new BrokenLogException("a zip archive, which is not read; expected plain text, gzip, bzip2 or zstd");
            default:
                isCompressed = false;
                return whole;
        }
    }
}
