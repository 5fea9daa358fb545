using System.Buffers;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// A line that is longer than a block. Its identity is that of all its bytes. Up to 64 MiB it is kept whole and read like any other; of a
/// longer one the beginning is kept, and tells why it is rejected.
/// </summary>
/// <param name="key">State of the line hash before the first byte.</param>
internal sealed class LongLine(SipHash24 key)
{
    private const int MostKept = 64 << 20;

    private readonly ArrayBufferWriter<byte> kept = new();
    private SipHash24 hash = key;
    private bool endsInReturn;
    private bool holdsNul;

    /// <summary>Bytes of the line in its log so far.</summary>
    public long Length { get; private set; }

    /// <summary>White space only, so far.</summary>
    public bool IsBlank { get; private set; } = true;

    /// <summary>Whether all of the line is kept.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The stripped line, or the beginning of one that is not kept whole.</summary>
    public ReadOnlySpan<byte> Text => LineText.Strip(kept.WrittenSpan);

    /// <summary>Adds a part of the line, without its newline.</summary>
    /// <param name="part">The part.</param>
    /// <param name="skipped">Bytes of the log before it that are not part of the stripped line.</param>
    public void Append(ReadOnlySpan<byte> part, long skipped = 0)
    {
        Length += skipped + part.Length;
        if (part.IsEmpty)
            return;
        // A carriage return belongs to the line unless it is the last byte.
        if (endsInReturn)
            hash.Append("\r"u8);
        endsInReturn = part[^1] == '\r';
        hash.Append(endsInReturn ? part[..^1] : part);
        holdsNul |= part.Contains((byte)0);
        IsBlank &= LineText.IsBlank(part);
        var count = Math.Min(part.Length, MostKept - kept.WrittenCount);
        IsWhole &= count == part.Length;
        kept.Write(part[..count]);
    }

    /// <summary>Tells the line, cut off at the end of an archive, from the line that it is the beginning of.</summary>
    public void MarkCut() => hash.Append(endsInReturn ? "\r\0"u8 : "\0"u8);

    /// <summary>The hash of the line. Nothing may be added afterwards.</summary>
    public ulong Finish() => hash.Finish();

    /// <summary>Why the line is rejected, which it always is when it is not kept whole or cut off.</summary>
    public RejectReason Reason(out long? endedAt)
    {
        endedAt = null;
        if (holdsNul)
            return RejectReason.NulInside;
        var isRecord = LineParser.TryParse(Text, out var record, out var reason);
        endedAt = record.EndedAt;
        return isRecord || reason == RejectReason.NegativeDuration ? RejectReason.Truncated : reason;
    }
}
