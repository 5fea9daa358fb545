using System.Buffers;
using System.Runtime.ExceptionServices;
using ICSharpCode.SharpZipLib.BZip2;

namespace StatsGraph.Ingest.Logs;

/// <summary>
/// Decompresses bzip2, also of several streams. The decoder hands bytes out before it has compared the checksum of their block: here they are
/// held back until it fits, so that all that is given is sound, and everything before the first damaged block is given.
/// </summary>
internal sealed class Bzip2Reader : ForwardStream
{
    private readonly Bzip2Input input;

    /// <summary>One block. It is as long as the content, about 900 kB, unless that holds long runs of one byte: 47 MB at the very most.</summary>
    private readonly ArrayBufferWriter<byte> block = new(1 << 20);

    private int position;
    private BZip2InputStream? stream;
    private Exception? failure;

    /// <summary>Reads an archive.</summary>
    public Bzip2Reader(Stream inner)
        : base(inner) => input = new Bzip2Input(inner);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (position == block.WrittenCount)
        {
            if (failure is not null)
                ExceptionDispatchInfo.Throw(failure);
            position = 0;
            block.ResetWrittenCount();
            if (!ReadBlock())
                return 0;
        }

        var rest = block.WrittenSpan[position..];
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        position += count;
        return count;
    }

    /// <summary>Reads the next block, none when the archive is damaged there; false at the end.</summary>
    private bool ReadBlock()
    {
        long taken = 0;
        try
        {
            while ((stream ??= NextStream()) is { } decoder)
            {
                taken = input.Taken;
                if (decoder.ReadByte() is not (>= 0 and var value))
                {
                    stream = null;
                    continue;
                }

                block.GetSpan(1)[0] = (byte)value;
                block.Advance(1);
                // With the last byte of a block, and only then, the decoder reads on; the checksum has come to fit before that.
                if (input.Taken > taken)
                    return true;
            }

            return false;
        }
        catch (Exception exception) when (Describe(exception) is { } description)
        {
            failure = description;
            // It read on and failed in the next block: this one is sound, but for its last byte, which the decoder still holds.
            if (input.Taken == taken)
                block.ResetWrittenCount();
            return true;
        }
    }

    /// <summary>What is wrong with the archive; null when it is not the archive.</summary>
    private Exception? Describe(Exception exception) => exception switch
    {
        BrokenLogException => exception,
        EndOfStreamException => input.Failure ?? new BrokenLogException("the bzip2 archive is truncated", exception),
        BZip2Exception => new BrokenLogException($"the bzip2 archive is corrupt: {exception.Message}", exception),
        // The decoder leaves some impossible codes to the bounds of its tables.
        IndexOutOfRangeException => new BrokenLogException("the bzip2 archive is corrupt: it cannot be decoded", exception),
        _ => null,
    };

    /// <summary>The next stream of the archive; null at its end.</summary>
    private BZip2InputStream? NextStream() => input.Next() switch
    {
        Bzip2Next.Stream => new BZip2InputStream(input) { IsStreamOwner = false },
        Bzip2Next.CutStream => throw new BrokenLogException("the bzip2 archive is truncated"),
        Bzip2Next.End => null,
        _ => throw new BrokenLogException("the bzip2 archive is followed by something else"),
    };
}
