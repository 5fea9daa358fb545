using System.Globalization;
using System.IO.Hashing;
using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.DataFiles;

/// <summary>
/// The XXH3 (64 bits) of all bytes of a data file, which the log keeps beside its size: neither Parquet's readers nor its compression find a
/// flipped byte by themselves.
/// </summary>
internal static class Checksum
{
    /// <summary>Name of the tag of the <c>add</c> action.</summary>
    public const string Tag = "statsgraph.xxh3";

    /// <summary>Bytes that are read at once: below 85,000, from where arrays are collected late.</summary>
    private const int BufferSize = 1 << 16;

    /// <summary>The checksum in hexadecimal digits.</summary>
    /// <exception cref="LakeException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string Of(string path, CancellationToken cancellation) => Fault.Naming(path, "the data file could not be read", () =>
    {
        var options = new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan, Share = FileShare.Read | FileShare.Delete };
        using var file = new FileStream(path, options);
        var hash = new XxHash3();
        var buffer = new byte[BufferSize];
        while (file.Read(buffer) is var read and > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.Append(buffer.AsSpan(0, read));
        }
        return hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);
    });
}
