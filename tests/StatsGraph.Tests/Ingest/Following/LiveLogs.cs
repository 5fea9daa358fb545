using System.IO.Compression;
using System.Text;

namespace StatsGraph.Tests.Ingest.Following;

/// <summary>
/// A folder in which a server writes its access log and others rotate it, in all ways. What is deleted is kept beside, so that a cold run can
/// read everything that there ever was.
/// </summary>
internal sealed class LiveLogs : IDisposable
{
    private readonly string folder;
    private readonly string kept;
    private FileStream writer;
    private int archives;
    private int graves;
    private byte[]? restOfArchive;
    private string? openArchive;

    public LiveLogs(string folder, string kept)
    {
        (this.folder, this.kept) = (folder, kept);
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(kept);
        writer = Open();
    }

    public string Log => At("access.log");

    /// <summary>Whether the server writes to a file that is not called access.log any more.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Whether what the server writes to has no name any more.</summary>
    public bool IsUnlinked { get; private set; }

    public void Dispose() => writer.Dispose();

    public void Append(string text) => Append(Encoding.UTF8.GetBytes(text));

    public void Append(ReadOnlySpan<byte> bytes)
    {
        // As with O_APPEND: a file that was cut is written on from its new end.
        writer.Seek(0, SeekOrigin.End);
        writer.Write(bytes);
        writer.Flush();
    }

    /// <summary>access.log becomes access.log.1; the server goes on writing to it until it is told.</summary>
    public void Rename()
    {
        Shift();
        File.Move(Log, At("access.log.1"));
        IsBehind = true;
    }

    /// <summary>The server is told: it closes its log and opens access.log.</summary>
    public void Reopen()
    {
        if (IsUnlinked)
        {
            writer.Position = 0;
            var content = new byte[writer.Length];
            writer.ReadExactly(content);
            File.WriteAllBytes(Path.Combine(kept, $"{graves++}.log"), content);
        }

        writer.Dispose();
        writer = Open();
        (IsBehind, IsUnlinked) = (false, false);
    }

    /// <summary>access.log is copied and cut to nothing, wherever the server is in its line.</summary>
    public void CopyAndCut()
    {
        Shift();
        File.Copy(Log, At("access.log.1"));
        writer.SetLength(0);
    }

    /// <summary>Icecast's logarchive.</summary>
    public void Archive()
    {
        File.Move(Log, At($"access.log.20261122_{archives++:000000}"));
        Reopen();
    }

    /// <summary>Compresses a rotated log that nobody writes to; half of it when it is not to be finished at once.</summary>
    public void Compress(Random dice, bool half)
    {
        FinishArchive();
        if (IsBehind || OneOf(dice, Rotated().Where(path => !path.EndsWith(".gz", StringComparison.Ordinal))) is not { } path)
            return;
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(File.ReadAllBytes(path));
        var bytes = archive.ToArray();
        var written = half ? dice.Next(bytes.Length) : bytes.Length;
        openArchive = path + ".gz";
        restOfArchive = bytes[written..];
        File.WriteAllBytes(openArchive, bytes[..written]);
        if (!half)
            FinishArchive();
    }

    public void FinishArchive()
    {
        if (openArchive is null)
            return;
        using (var stream = new FileStream(openArchive, FileMode.Append))
            stream.Write(restOfArchive);
        File.Delete(openArchive[..^".gz".Length]);
        openArchive = null;
    }

    /// <summary>A rotated log is deleted.</summary>
    public void Delete(Random dice)
    {
        FinishArchive();
        if (!IsBehind && OneOf(dice, Rotated()) is { } path)
            File.Move(path, Path.Combine(kept, $"{graves++}{(path.EndsWith(".gz", StringComparison.Ordinal) ? ".gz" : ".log")}"));
    }

    /// <summary>The log that the server writes to loses its name, and no other takes its place for a while.</summary>
    public void Unlink()
    {
        File.Delete(Log);
        (IsBehind, IsUnlinked) = (true, true);
    }

    /// <summary>The log becomes another file with the same content, as on a share that comes back.</summary>
    public void Replace()
    {
        File.Copy(Log, At(".new"));
        File.Move(At(".new"), Log, overwrite: true);
        Reopen();
    }

    /// <summary>Everything that there is and was.</summary>
    public string[] Everything() => [folder, kept];

    private string At(string name) => Path.Combine(folder, name);

    private FileStream Open() => new(Log, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private IEnumerable<string> Rotated()
        => Directory.EnumerateFiles(folder).Where(path => path.StartsWith(Log + ".", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string? OneOf(Random dice, IEnumerable<string> paths)
    {
        var all = paths.ToArray();
        return all.Length == 0 ? null : all[dice.Next(all.Length)];
    }

    /// <summary>access.log.1 becomes access.log.2 and so on, compressed or not.</summary>
    private void Shift()
    {
        FinishArchive();
        for (var number = 99; number > 0; number--)
        {
            foreach (var ending in new[] { "", ".gz" })
            {
                if (File.Exists(At($"access.log.{number}{ending}")))
                    File.Move(At($"access.log.{number}{ending}"), At($"access.log.{number + 1}{ending}"));
            }
        }
    }
}
