namespace StatsGraph.Ingest.Logs;

/// <summary>
/// A log file that may grow, be renamed or be deleted while it is read, all of which lose nothing, but that must not be cut short: the lines
/// behind the cut were never read, and what is written after it would be taken for the rest of an old line.
/// </summary>
internal sealed class WatchedFile(FileStream file) : ForwardStream(file)
{
    private long position;

    /// <inheritdoc/>
    /// <exception cref="BrokenLogException">The file is shorter than what was read of it.</exception>
    public override int Read(Span<byte> buffer)
    {
        ThrowIfCut();
        var read = file.Read(buffer);
        position += read;
        if (read == 0)
            ThrowIfCut();
        return read;
    }

    private void ThrowIfCut()
    {
        if (file.CanSeek && file.Length is var length && length < position)
        {
            throw new BrokenLogException(
                $"it was truncated while it was read: {position} bytes were read of it and it has {length}");
        }
    }
}
