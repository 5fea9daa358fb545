using ZstdSharp.Unsafe;

namespace StatsGraph.Ingest.Logs;

/// <summary>
/// Decompresses zstd, also of several frames. A frame may or may not hold a checksum, at its end; that of one without is sound when it could be
/// decoded.
/// </summary>
internal sealed unsafe class ZstdReader(Stream inner) : CheckedStream(inner)
{
    private readonly byte[] input = new byte[1 << 17];
    private ZSTD_DCtx_s* context = Methods.ZSTD_createDCtx();
    private int position;
    private int filled;
    private long handedOn;
    private bool inFrame;
    private bool holdsOutput;
    private BrokenLogException? failure;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(context is null, this);
        if (failure is not null)
            throw failure;
        while (!buffer.IsEmpty)
        {
            if (position == filled && !holdsOutput && !Fill())
                return inFrame ? throw Fail("the zstd archive is truncated") : 0;
            if (Decompress(buffer) is var count and > 0)
                return count;
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _ = Methods.ZSTD_freeDCtx(context);
        context = null;
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        // Nothing is left even where reading fails: what was decoded must not be decoded again.
        position = filled = 0;
        filled = Inner.Read(input, 0, input.Length);
        return filled > 0;
    }

    /// <summary>Decompresses some of the input, to the end of a frame at most.</summary>
    private int Decompress(Span<byte> buffer)
    {
        fixed (byte* source = input, target = buffer)
        {
            var from = new ZSTD_inBuffer_s { src = source, pos = (nuint)position, size = (nuint)filled };
            var to = new ZSTD_outBuffer_s { dst = target, size = (nuint)buffer.Length };
            var left = Methods.ZSTD_decompressStream(context, &to, &from);
            if (Methods.ZSTD_isError(left))
                throw Fail($"the zstd archive is corrupt: {Methods.ZSTD_getErrorName(left)}");
            // Without progress the answer is about a frame that may come.
            if (to.pos > 0 || (int)from.pos > position)
                inFrame = left != 0;
            holdsOutput = inFrame && to.pos == to.size;
            position = (int)from.pos;
            handedOn += (long)to.pos;
            if (!inFrame)
                SoundLength = handedOn;
            return (int)to.pos;
        }
    }

    private BrokenLogException Fail(string message) => failure = new BrokenLogException(message);
}
