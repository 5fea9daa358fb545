namespace StatsGraph.Ingest.Logs;

/// <summary>The bytes of a bzip2 archive, which the decoder takes one by one; how many it took tells where its blocks end.</summary>
internal sealed class Bzip2Input(Stream inner) : ForwardStream(inner)
{
    private const int HeaderLength = 4;

    private readonly byte[] buffer = new byte[1 << 16];
    private int position;
    private int filled;

    /// <summary>Bytes taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Why the file below could not be read on: the decoder takes any exception for the end of its archive.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public override int ReadByte()
    {
        if (position == filled && !Fill())
            return -1;
        Taken++;
        return buffer[position++];
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> target)
    {
        if (target.IsEmpty || ReadByte() is not (>= 0 and var value))
            return 0;
        target[0] = (byte)value;
        return 1;
    }

    /// <summary>What stands here: another stream, nothing but padding, or something else.</summary>
    public Bzip2Next Next()
    {
        while (filled - position < HeaderLength && Fill())
        {
        }

        var rest = buffer.AsSpan(position, filled - position);
        if (rest is [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..])
            return Bzip2Next.Stream;
        if (!rest.IsEmpty && rest.Length < HeaderLength && "BZh"u8.StartsWith(rest))
            return Bzip2Next.CutStream;
        return IsPadding() ? Bzip2Next.End : Bzip2Next.SomethingElse;
    }

    /// <summary>Tapes and disk images pad archives with zeros.</summary>
    private bool IsPadding()
    {
        do
        {
            if (buffer.AsSpan(position, filled - position).ContainsAnyExcept((byte)0))
                return false;
            position = filled;
        }
        while (Fill());
        return true;
    }

    /// <summary>Reads more behind what is left; false at the end.</summary>
    private bool Fill()
    {
        var rest = buffer.AsSpan(position, filled - position);
        rest.CopyTo(buffer);
        (position, filled) = (0, rest.Length);
        try
        {
            var read = Inner.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            return read > 0;
        }
        catch (Exception exception) when (exception is BrokenLogException or IOException or UnauthorizedAccessException)
        {
            Failure = exception;
            throw;
        }
    }
}

/// <summary>What stands where a stream of a bzip2 archive may begin.</summary>
internal enum Bzip2Next
{
    /// <summary>A stream.</summary>
    Stream,

    /// <summary>The beginning of a stream's header, and then the file ends.</summary>
    CutStream,

    /// <summary>Nothing, or zeros.</summary>
    End,

    /// <summary>No part of an archive.</summary>
    SomethingElse,
}
