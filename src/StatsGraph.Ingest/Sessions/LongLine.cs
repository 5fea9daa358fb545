using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// A line that is too long to be held: its identity is that of all its bytes, its reason that of its beginning.
/// </summary>
/// <param name="key">State of the line hash before the first byte.</param>
internal sealed class LongLine(SipHash24 key)
{
    private const int PrefixLength = 1 << 16;

    private readonly byte[] prefix = new byte[PrefixLength];
    private SipHash24 hash = key;
    private int prefixFilled;
    private bool endsInReturn;
    private bool holdsNul;

    /// <summary>Bytes of the line in its log so far.</summary>
    public long Length { get; private set; }

    /// <summary>White space only, so far.</summary>
    public bool IsBlank { get; private set; } = true;

    /// <summary>The beginning of the line.</summary>
    public ReadOnlySpan<byte> Prefix => prefix.AsSpan(0, prefixFilled);

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
        var count = Math.Min(part.Length, PrefixLength - prefixFilled);
        part[..count].CopyTo(prefix.AsSpan(prefixFilled));
        prefixFilled += count;
    }

    /// <summary>The hash of the line. Nothing may be added afterwards.</summary>
    public ulong Finish() => hash.Finish();

    /// <summary>Why the line is rejected, which it always is.</summary>
    public RejectReason Reason(out long? endedAt)
    {
        endedAt = null;
        if (holdsNul)
            return RejectReason.NulInside;
        var isRecord = LineParser.TryParse(Prefix, out var record, out var reason);
        endedAt = record.EndedAt;
        return isRecord || reason == RejectReason.NegativeDuration ? RejectReason.Truncated : reason;
    }
}
