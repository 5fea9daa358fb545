using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace StatsGraph.Ingest.Logs;

/// <summary>
/// Unpacks an archive to its end for the sake of its checksums alone. That takes a few hundredths of the time that reading its lines takes, and
/// so is done before lines are committed that the archive has not vouched for yet.
/// </summary>
internal static class ArchiveCheck
{
    private const int BufferSize = 1 << 16;
    private const int TrailerLength = 8;

    /// <summary>Checks the archive that a file holds; where others read in it does not matter.</summary>
    /// <exception cref="BrokenLogException">The archive is damaged or cut off, or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The check was ended.</exception>
    public static void Run(SafeFileHandle file, CancellationToken cancellation)
    {
        try
        {
            if (IsOneSoundMember(file, cancellation))
                return;
            using var content = Archive.Open(new HandleStream(file, cancellation), out _);
            var buffer = new byte[BufferSize];
            while (content.Read(buffer) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BrokenLogException($"it cannot be read on: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Whether the file is one member of gzip, as most are, and nothing is wrong with it. The platform's decoder is several times as fast as the
    /// one that tells members apart, but takes a cut file for a whole one: the trailer must fit all that was unpacked.
    /// </summary>
    private static bool IsOneSoundMember(SafeFileHandle file, CancellationToken cancellation)
    {
        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (RandomAccess.Read(file, trailer, Math.Max(0, RandomAccess.GetLength(file) - TrailerLength)) < TrailerLength)
            return false;
        var (sum, length, buffer) = (new Crc32(), 0L, new byte[BufferSize]);
        try
        {
            using var content = new GZipStream(new HandleStream(file, cancellation), CompressionMode.Decompress);
            while (content.Read(buffer) is var read and > 0)
            {
                sum.Append(buffer.AsSpan(0, read));
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(trailer) == sum.GetCurrentHashAsUInt32()
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) == (uint)length;
    }

    /// <summary>Reads a file from its start, whatever its position is and whether or not it still has a name.</summary>
    private sealed class HandleStream(SafeFileHandle file, CancellationToken cancellation) : ForwardStream(Null)
    {
        private long position;

        /// <inheritdoc/>
        public override int Read(Span<byte> buffer)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(file, buffer, position);
            position += read;
            return read;
        }
    }
}
