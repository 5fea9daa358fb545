using System.IO.Compression;
using ICSharpCode.SharpZipLib.BZip2;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace StatsGraph.Tests.Ingest.Logs;

/// <summary>Compresses bytes as one member, stream or frame. A zstd frame has a checksum only when it is asked for.</summary>
internal static class SomeArchive
{
    /// <summary>Bytes of a block of bzip2.</summary>
    public const int Bzip2Block = 100_000;

    public static byte[] Of(string kind, byte[] content)
    {
        using var archive = new MemoryStream();
        using (Stream compressing = kind switch
        {
            "gzip" => new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true),
            "bzip2" => new BZip2OutputStream(archive, Bzip2Block / 100_000) { IsStreamOwner = false },
            "zstd" => new CompressionStream(archive, leaveOpen: true),
            "zstd-checked" => Checked(new CompressionStream(archive, leaveOpen: true)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "expected gzip, bzip2, zstd or zstd-checked"),
        })
        {
            compressing.Write(content);
        }

        return archive.ToArray();
    }

    /// <summary>Two of them, one behind the other.</summary>
    public static byte[] OfTwo(string kind, byte[] first, byte[] second) => [.. Of(kind, first), .. Of(kind, second)];

    private static CompressionStream Checked(CompressionStream stream)
    {
        stream.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return stream;
    }
}
