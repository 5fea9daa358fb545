using Microsoft.Win32.SafeHandles;

namespace StatsGraph.Ingest.Following;

/// <summary>
/// The bytes of a log that others write to, from a position on. It ends where the log ends at the moment, or where the log turns out to have
/// been cut: bytes of what was written anew never follow those of what was there before.
/// </summary>
/// <param name="file">The log; stays open.</param>
/// <param name="mark">What was read of it before; is kept up.</param>
/// <param name="position">Where to begin; at most the end of what was read before.</param>
internal sealed class LiveLogStream(SafeFileHandle file, ContentMark mark, long position) : Stream
{
    private long position = position;

    /// <summary>Whether the log no longer is what it was: it has to be read from its start.</summary>
    public bool IsCut { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (IsCut || buffer.IsEmpty)
            return 0;
        // The first bytes are read alone, so that there is something to compare when more are read.
        if (mark.End == 0)
            buffer = buffer[..Math.Min(buffer.Length, ContentMark.Room)];
        var read = RandomAccess.Read(file, buffer, position);
        // Compared after reading: a cut that comes later cannot have changed what was read.
        IsCut = !mark.Matches(file);
        if (IsCut)
            return 0;
        mark.Note(position, buffer[..read]);
        position += read;
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
