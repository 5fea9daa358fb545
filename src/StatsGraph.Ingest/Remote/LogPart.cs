using StatsGraph.Ingest.Sessions;
using StatsGraph.Ingest.Uploads;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace StatsGraph.Ingest.Remote;

/// <summary>Lines of a log that are sent together, with what the server has to know of the lines before them.</summary>
/// <param name="offset">Uncompressed bytes of the log before the part.</param>
/// <param name="before">SHA-256 of these bytes; null where there are none.</param>
/// <param name="linesBefore">Lines of the log before the part.</param>
internal sealed class LogPart(long offset, string? before, long linesBefore) : IDisposable
{
    private readonly MemoryStream repeats = new();
    private readonly MemoryStream lines = new();
    private readonly LineOrdinals own = new();
    private (int Lines, long Bytes, long Repeats) sound;

    /// <summary>Uncompressed bytes of the log before the part.</summary>
    public long Offset => offset;

    /// <summary>SHA-256 of these bytes; null where there are none.</summary>
    public string? Before => before;

    /// <summary>Lines of the log before the part.</summary>
    public long LinesBefore => linesBefore;

    /// <summary>Lines with a newline.</summary>
    public int Lines { get; private set; }

    /// <summary>Lines, from the first one on, that no damage of the log can be found in any more.</summary>
    public int SoundLines => sound.Lines;

    /// <summary>Uncompressed bytes of the lines.</summary>
    public long Bytes => lines.Length;

    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => lines.Length == 0;

    /// <summary>Bytes that tell of lines which stood in the log before, too.</summary>
    public long RepeatsLength => repeats.Length;

    /// <summary>Uncompressed bytes of the log up to the end of the part; set when it is full.</summary>
    public long Length { get; set; }

    /// <summary>SHA-256 of these bytes; null where the server shall not remember them.</summary>
    public string? After { get; set; }

    /// <summary>The last line has no newline and never will.</summary>
    public bool IsCut { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        repeats.Dispose();
        lines.Dispose();
    }

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line with its newline.</param>
    /// <param name="hash">Hash of the stripped line.</param>
    /// <param name="era">Era of the line.</param>
    /// <param name="ordinal">How many equal lines came before it in the log.</param>
    public void Add(ReadOnlySpan<byte> line, ulong hash, ushort era, int ordinal)
    {
        // The server counts those of the part itself.
        var inPart = own.Next(hash, era);
        if (inPart == 0 && ordinal > 0)
            Repeats.Write(repeats, line[..^1], ordinal);
        lines.Write(line);
        Lines++;
    }

    /// <summary>Adds the last line of an archive, which has no newline.</summary>
    public void AddCut(ReadOnlySpan<byte> line)
    {
        lines.Write(line);
        IsCut = true;
    }

    /// <summary>Says that all lines so far are sound.</summary>
    public void Vouch() => sound = (Lines, lines.Length, repeats.Length);

    /// <summary>Takes back the lines that nothing vouches for; returns how many.</summary>
    public int DropDoubtful()
    {
        var dropped = Lines - sound.Lines;
        lines.SetLength(sound.Bytes);
        repeats.SetLength(sound.Repeats);
        Lines = sound.Lines;
        return dropped;
    }

    /// <summary>The body of its request: one zstd frame with a checksum, so that nothing of it counts unless all of it arrived.</summary>
    public byte[] Compress()
    {
        using var compressor = new Compressor();
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        repeats.Write(lines.GetBuffer().AsSpan(0, (int)lines.Length));
        var body = compressor.Wrap(repeats.GetBuffer().AsSpan(0, (int)repeats.Length)).ToArray();
        repeats.SetLength(repeats.Length - lines.Length);
        return body;
    }
}
