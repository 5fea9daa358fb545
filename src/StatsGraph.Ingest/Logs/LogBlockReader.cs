using System.Buffers;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Logs;

/// <summary>Cuts a log into blocks at line ends. Memory stays bounded whatever the length of its lines.</summary>
/// <param name="content">The log's uncompressed bytes.</param>
/// <param name="blockSize">Bytes of a block; also the longest line that is given whole.</param>
internal sealed class LogBlockReader(Stream content, int blockSize) : IDisposable
{
    /// <summary>Block size of the product.</summary>
    public const int DefaultBlockSize = 1 << 20;

    private readonly byte[] carried = new byte[blockSize];
    private int carriedLength;
    private bool inLongLine;
    private bool ended;

    /// <inheritdoc/>
    public void Dispose() => content.Dispose();

    /// <summary>
    /// The next block; null behind the one of kind <see cref="LogBlockKind.Unfinished"/>, which comes last.
    /// </summary>
    public LogBlock? Next()
    {
        if (ended)
            return null;
        var buffer = ArrayPool<byte>.Shared.Rent(blockSize);
        try
        {
            return Next(buffer);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <summary>Why the log could not be read to its end; null when it was, or is not read yet.</summary>
    public BrokenLogException? Break { get; private set; }

    /// <summary>All bytes are as sound as they will ever be, unless an archive has yet to vouch for them.</summary>
    private long SoundLength => content is CheckedStream archive ? archive.SoundLength : long.MaxValue;

    private LogBlock Next(byte[] buffer)
    {
        carried.AsSpan(0, carriedLength).CopyTo(buffer);
        var length = carriedLength;
        long skipped = 0;
        while (true)
        {
            length = Fill(buffer, length);
            var lineEnd = buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            if (inLongLine)
                lineEnd = buffer.AsSpan(0, length).IndexOf((byte)'\n') + 1;
            if (lineEnd > 0)
                return Cut(inLongLine ? LogBlockKind.LongLineEnd : LogBlockKind.Lines, buffer, lineEnd, length, skipped);
            if (length < blockSize)
            {
                // The bytes of a broken log behind its last line end are an unfinished line too.
                ended = true;
                carriedLength = 0;
                return new LogBlock(LogBlockKind.Unfinished, buffer, length, skipped, SoundLength);
            }

            var kept = inLongLine ? length : StripStart(buffer, length);
            if (kept == length)
            {
                inLongLine = true;
                return Cut(LogBlockKind.LongLinePart, buffer, length, length, skipped);
            }

            skipped += length - kept;
            length = kept;
        }
    }

    private LogBlock Cut(LogBlockKind kind, byte[] buffer, int end, int length, long skipped)
    {
        inLongLine = kind == LogBlockKind.LongLinePart;
        carriedLength = length - end;
        buffer.AsSpan(end, carriedLength).CopyTo(carried);
        return new LogBlock(kind, buffer, end, skipped, SoundLength);
    }

    /// <summary>Moves what follows the NULs and byte order marks at the start of a line to the front; returns its length.</summary>
    private static int StripStart(byte[] buffer, int length)
    {
        var kept = LineText.StripStart(buffer.AsSpan(0, length)).Length;
        buffer.AsSpan(length - kept, kept).CopyTo(buffer);
        return kept;
    }

    /// <summary>Reads until the block is full or the log ends or breaks. What broke is not read on.</summary>
    private int Fill(byte[] buffer, int length)
    {
        try
        {
            while (Break is null && length < blockSize && content.Read(buffer.AsSpan(length, blockSize - length)) is var read and > 0)
                length += read;
        }
        catch (BrokenLogException exception)
        {
            Break = exception;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Break = new BrokenLogException($"it cannot be read on: {exception.Message}", exception);
        }

        return length;
    }
}
