using Microsoft.Win32.SafeHandles;

namespace StatsGraph.Ingest.Following;

/// <summary>
/// Remembers the first and the last bytes that were read of a log. While they stand where they stood, the log has only grown; a log that was
/// cut and written anew, or replaced, begins with other stamps, however long it is by now.
/// </summary>
internal sealed class ContentMark
{
    /// <summary>Bytes remembered of each end.</summary>
    public const int Room = 4096;

    private readonly byte[] found = new byte[Room];
    private readonly byte[] first = new byte[Room];
    private readonly byte[] last = new byte[Room];
    private int firstLength;
    private int lastLength;

    /// <summary>Where the bytes end that were read so far.</summary>
    public long End { get; private set; }

    /// <summary>Notes bytes that were read. Those that were read before may be among them; there is no gap.</summary>
    public void Note(long position, ReadOnlySpan<byte> bytes)
    {
        var known = End - position;
        if (known >= bytes.Length)
            return;
        bytes = bytes[(int)known..];
        var toFirst = Math.Min(Room - firstLength, bytes.Length);
        bytes[..toFirst].CopyTo(first.AsSpan(firstLength));
        firstLength += toFirst;
        if (bytes.Length < Room)
        {
            var kept = Math.Min(lastLength, Room - bytes.Length);
            last.AsSpan(lastLength - kept, kept).CopyTo(last);
            bytes.CopyTo(last.AsSpan(kept));
            lastLength = kept + bytes.Length;
        }
        else
        {
            bytes[^Room..].CopyTo(last);
            lastLength = Room;
        }

        End += bytes.Length;
    }

    /// <summary>Whether a file holds the remembered bytes where they were.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool Matches(SafeFileHandle file)
        => Holds(file, 0, first.AsSpan(0, firstLength)) && Holds(file, End - lastLength, last.AsSpan(0, lastLength));

    private bool Holds(SafeFileHandle file, long position, ReadOnlySpan<byte> expected)
    {
        var length = 0;
        while (length < expected.Length && RandomAccess.Read(file, found.AsSpan(length, expected.Length - length), position + length) is var read and > 0)
            length += read;
        return expected.SequenceEqual(found.AsSpan(0, length));
    }
}
