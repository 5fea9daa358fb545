using System.Globalization;
using System.IO.Hashing;

namespace StatsGraph.Reports.Columns.Disk;

/// <summary>A file of a site's columns, as its manifest has it.</summary>
/// <param name="Name">Name in the site's folder, which no other file ever had.</param>
/// <param name="Rows">Rows of a chunk, listeners, or texts in all.</param>
/// <param name="Checksum">XXH3 of its bytes, 16 hexadecimal digits.</param>
internal sealed record StoredFile(string Name, int Rows, string Checksum)
{
    /// <summary>What the names of all of them end in.</summary>
    public const string Extension = ".columns";

    /// <summary>Writes a new file, or none where that fails. It is not flushed: whether it got to the disk is told by its checksum.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static StoredFile Write(string folder, string kind, int rows, ReadOnlySpan<byte> content)
    {
        var name = $"{kind}-{Guid.NewGuid():N}{Extension}";
        var path = Path.Combine(folder, name);
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write(content);
            return new StoredFile(name, rows, ChecksumOf(content));
        }
        catch
        {
            Discard(path);
            throw;
        }
    }

    /// <summary>
    /// Deletes a file that nothing names. Those who still read it keep its content, though not its name; where the system knows no such thing it
    /// stays, and goes another time.
    /// </summary>
    public static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in use.
        }
    }

    /// <summary>Reads all of the file.</summary>
    /// <exception cref="UnusableColumnsException">It is not what was written.</exception>
    public byte[] Read(string folder)
    {
        try
        {
            var content = File.ReadAllBytes(Path.Combine(folder, Name));
            Check(content);
            return content;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UnusableColumnsException(exception.Message, exception);
        }
    }

    /// <summary>Maps the file as a chunk of <see cref="Rows"/> rows.</summary>
    /// <exception cref="UnusableColumnsException">It is not what was written.</exception>
    public SessionChunk Map(string folder)
    {
        if (Rows is < 1 or > SessionChunk.MaxRows)
            throw new UnusableColumnsException(FormattableString.Invariant($"{Name} is said to have {Rows} rows"));
        try
        {
            var memory = MappedFile.Open(Path.Combine(folder, Name), new ChunkLayout(Rows).Size);
            Check(memory.Span);
            return new SessionChunk(Rows, memory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UnusableColumnsException(exception.Message, exception);
        }
    }

    /// <summary>Checksum of some bytes.</summary>
    public static string ChecksumOf(ReadOnlySpan<byte> content) => XxHash3.HashToUInt64(content).ToString("x16", CultureInfo.InvariantCulture);

    private void Check(ReadOnlySpan<byte> content)
    {
        if (ChecksumOf(content) != Checksum)
            throw new UnusableColumnsException($"{Name} has another checksum than the one it was written with");
    }
}
