using System.Buffers.Binary;
using System.IO.Hashing;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace StatsGraph.Ingest.Logs;

/// <summary>
/// Decompresses gzip, also of several members (RFC 1952). The platform's own stream takes a truncated file for a whole one, which
/// would lose lines unseen: this one gives everything that is readable and then fails, and checks sizes and sums.
/// </summary>
internal sealed class GzipReader(Stream inner) : CheckedStream(inner)
{
    private const int HasHeaderSum = 2;
    private const int HasExtra = 4;
    private const int HasName = 8;
    private const int HasComment = 16;

    private readonly byte[] input = new byte[1 << 16];
    private readonly byte[] output = new byte[1 << 16];
    private readonly Inflater inflater = new(noHeader: true);
    private readonly Crc32 sum = new();
    private int position;
    private int filled;
    private long handedOn;
    private bool inMember;
    private bool anyMember;
    private BrokenLogException? failure;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (failure is not null)
            throw failure;
        var most = Math.Min(buffer.Length, output.Length);
        while (true)
        {
            if (!inMember && !BeginMember())
                return 0;
            if (Inflate(most) is var count and > 0)
            {
                output.AsSpan(0, count).CopyTo(buffer);
                handedOn += count;
                return count;
            }
        }
    }

    /// <summary>Inflates some bytes of the member, but no more than asked for; 0 when the member ended.</summary>
    private int Inflate(int most)
    {
        while (true)
        {
            var before = inflater.TotalOut;
            try
            {
                inflater.Inflate(output, 0, most);
            }
            catch (SharpZipBaseException exception)
            {
                failure = new BrokenLogException($"the gzip archive is corrupt: {exception.Message}", exception);
            }
            catch (IndexOutOfRangeException exception)
            {
                // The decoder leaves some impossible codes to the bounds of its tables.
                failure = new BrokenLogException("the gzip archive is corrupt: it cannot be decoded", exception);
            }

            var count = (int)(inflater.TotalOut - before);
            sum.Append(output.AsSpan(0, count));
            if (count > 0)
                return count;
            if (failure is not null)
                throw failure;
            if (inflater.IsFinished)
            {
                EndMember();
                return 0;
            }

            if (!Fill())
                throw Fail("the gzip archive is truncated");
            inflater.SetInput(input, position, filled - position);
            position = filled;
        }
    }

    /// <summary>Reads a member's header; false when the archive ends here.</summary>
    private bool BeginMember()
    {
        if (position == filled && !Fill())
            return false;
        if (anyMember && input[position] != 0x1F)
            return SkipPadding();
        anyMember = true;
        Span<byte> header = stackalloc byte[10];
        Take(header);
        if (header[0] != 0x1F || header[1] != 0x8B || header[2] != 8)
            throw Fail("the gzip archive is corrupt: a member does not begin with a gzip header");
        var flags = header[3];
        if ((flags & HasExtra) != 0)
            Skip(TakeByte() | (TakeByte() << 8));
        if ((flags & HasName) != 0)
            SkipText();
        if ((flags & HasComment) != 0)
            SkipText();
        if ((flags & HasHeaderSum) != 0)
            Skip(2);
        inflater.Reset();
        inflater.SetInput(input, position, filled - position);
        position = filled;
        sum.Reset();
        return inMember = true;
    }

    private void EndMember()
    {
        position = filled - inflater.RemainingInput;
        inMember = false;
        Span<byte> trailer = stackalloc byte[8];
        Take(trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != sum.GetCurrentHashAsUInt32())
            throw Fail("the gzip archive is corrupt: its checksum does not fit its content");
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)inflater.TotalOut)
            throw Fail("the gzip archive is corrupt: its size does not fit its content");
        SoundLength = handedOn;
    }

    /// <summary>Tapes and disk images pad archives with zeros; anything else behind the last member was meant to be read.</summary>
    private bool SkipPadding()
    {
        do
        {
            if (input.AsSpan(position, filled - position).ContainsAnyExcept((byte)0))
                throw Fail("the gzip archive is followed by something else");
            position = filled;
        }
        while (Fill());
        return false;
    }

    private bool Fill()
    {
        // Nothing is left even where reading fails: what was decoded must not be decoded again.
        position = filled = 0;
        filled = Inner.Read(input, 0, input.Length);
        return filled > 0;
    }

    private void Take(Span<byte> target)
    {
        for (var index = 0; index < target.Length; index++)
            target[index] = TakeByte();
    }

    private byte TakeByte()
        => position < filled || Fill() ? input[position++] : throw Fail("the gzip archive is truncated");

    private void Skip(int count)
    {
        for (; count > 0; count--)
            TakeByte();
    }

    private void SkipText()
    {
        while (TakeByte() != 0)
        {
        }
    }

    private BrokenLogException Fail(string message) => failure = new BrokenLogException(message);
}
