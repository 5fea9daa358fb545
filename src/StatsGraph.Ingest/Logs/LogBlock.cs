using System.Buffers;

namespace StatsGraph.Ingest.Logs;

/// <summary>What a block of a log holds.</summary>
internal enum LogBlockKind
{
    /// <summary>Whole lines, each with its newline.</summary>
    Lines,

    /// <summary>A part, but not the last one, of a line that is too long to be held at once.</summary>
    LongLinePart,

    /// <summary>The last part of such a line, with its newline.</summary>
    LongLineEnd,

    /// <summary>The end of the log: an unfinished last line, or nothing.</summary>
    Unfinished,
}

/// <summary>A piece of a log, in a buffer that goes back to the pool when the block is disposed of.</summary>
/// <param name="kind">What it holds.</param>
/// <param name="buffer">Rented buffer.</param>
/// <param name="length">Bytes of it that are used.</param>
/// <param name="skipped">Bytes that belong before this block and tell nothing: NULs and byte order marks at the start of a line.</param>
/// <param name="soundLength">Bytes of the log, from its start, that were known to be sound when the block was read.</param>
internal sealed class LogBlock(LogBlockKind kind, byte[] buffer, int length, long skipped, long soundLength) : IDisposable
{
    /// <summary>What it holds.</summary>
    public LogBlockKind Kind => kind;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>Bytes of the log before this block that are in no block.</summary>
    public long Skipped => skipped;

    /// <summary>
    /// Bytes of the log, from its start, that were known to be sound when the block was read. An archive may yet turn out to be damaged in those
    /// behind them.
    /// </summary>
    public long SoundLength => soundLength;

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
