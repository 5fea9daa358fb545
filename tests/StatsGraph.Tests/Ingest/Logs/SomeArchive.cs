using System.IO.Compression;
using ICSharpCode.SharpZipLib.BZip2;
using ZstdSharp;

namespace StatsGraph.Tests.Ingest.Logs;

/// <summary>Compresses bytes as one member, stream or frame.</summary>
internal static class SomeArchive
{
    public static byte[] Of(string kind, byte[] content)
    {
        using var archive = new MemoryStream();
        using (Stream compressing = kind switch
        {
            "gzip" => new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true),
            "bzip2" => new BZip2OutputStream(archive) { IsStreamOwner = false },
            "zstd" => new CompressionStream(archive, leaveOpen: true),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "expected gzip, bzip2 or zstd"),
        })
        {
            compressing.Write(content);
        }

        return archive.ToArray();
    }
}
