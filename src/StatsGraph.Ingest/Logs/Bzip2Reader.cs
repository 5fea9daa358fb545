using ICSharpCode.SharpZipLib.BZip2;

namespace StatsGraph.Ingest.Logs;

/// <summary>Decompresses bzip2, also of several streams; gives everything that is readable before it fails.</summary>
internal sealed class Bzip2Reader : ForwardStream
{
    private readonly BufferedStream input;
    private BZip2InputStream? stream;
    private BrokenLogException? failure;

    /// <summary>Reads an archive.</summary>
    public Bzip2Reader(Stream inner)
        : base(inner) => input = new BufferedStream(inner, 1 << 16);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = 0;
        try
        {
            while (failure is null && count < buffer.Length)
            {
                if (stream is null && (stream = NextStream()) is null)
                    return count;
                var value = stream.ReadByte();
                if (value >= 0)
                    buffer[count++] = (byte)value;
                else
                    stream = null;
            }
        }
        catch (EndOfStreamException exception)
        {
            failure = new BrokenLogException("the bzip2 archive is truncated", exception);
        }
        catch (Exception exception) when (exception is BZip2Exception or IndexOutOfRangeException)
        {
            failure = new BrokenLogException($"the bzip2 archive is corrupt: {exception.Message}", exception);
        }

        return count > 0 || failure is null ? count : throw failure;
    }

    /// <summary>The next stream of the archive; null at its end.</summary>
    private BZip2InputStream? NextStream()
    {
        var first = input.ReadByte();
        if (first < 0)
            return null;
        var rest = new PrefixedStream(new[] { (byte)first }, input);
        return new BZip2InputStream(rest) { IsStreamOwner = false };
    }
}
