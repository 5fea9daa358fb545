using System.Text;
using StatsGraph.Ingest.Logs;
using StatsGraph.Tests.Ingest.Logs;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Fuzz;

/// <summary>How a log is packed, and whether the archive is damaged then.</summary>
/// <param name="Kind">0 plain, 1 gzip, 2 gzip of two members, 3 bzip2, 4 zstd.</param>
/// <param name="DamageSeed">Which bytes of the archive are changed; null for none.</param>
public sealed record FuzzPacking(int Kind, int? DamageSeed);

/// <summary>A log of any bytes; the same seed makes the same one.</summary>
public static class FuzzLog
{
    private static readonly string[] Foreign =
    [
        "[2026-11-22  17:00:33] WARN connection/_handle_get_request something \u0001", "#Fields: c-ip c-dns date time cs-uri-stem c-status",
        "81.2.69.160 host.example 2026-11-22 17:00:33 /live?x=1 200 NSPlayer 1000 15 8", "<134>1 2026-11-22T17:00:33Z host icecast - - - x",
        "22/Nov/2026:17:00:33 +0000|/live|12|Artist - Title", "{\"remote_addr\":\"81.2.69.160\",\"request\":\"GET /live?x=1 HTTP/1.1\",\"time\":1.5}",
        "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /live?x=1 HTTP/1.1\" 200 5 \"-\" \"VLC\"", "time=2026-11-22T17:00:33Z level=info ip=81.2.69.160",
        "2026-11-22T17:00:33Z,81.2.69.160,GET,/live?x=1,200,15", "\u0016\u0003\u0001\u0002", "<?xml version=\"1.0\"?><a href=\"http://x/?y=1\">81.2.69.160</a>",
    ];

    /// <summary>The lines of a log, each with what ends it.</summary>
    public static List<byte[]> Lines(int seed, IEnumerable<byte[]> cases)
    {
        var random = new Random(seed);
        var lines = cases.Select(line => Ended(random, line)).ToList();
        for (var extras = random.Next(30); extras > 0; extras--)
            lines.Insert(random.Next(lines.Count + 1), Ended(random, Odd(random)));
        if (random.Next(8) == 0)
            lines.Insert(random.Next(lines.Count + 1), Huge(random, lines.Sum(line => line.Length)));
        if (random.Next(3) == 0 && lines.Count > 0)
            lines[^1] = lines[^1][..random.Next(lines[^1].Length + 1)];
        return lines;
    }

    /// <summary>How a log of this seed is packed.</summary>
    public static FuzzPacking Packing(int seed)
    {
        var random = new Random(~seed);
        var kind = random.Next(2) == 0 ? 0 : random.Next(1, 5);
        return new FuzzPacking(kind, kind > 0 && random.Next(2) == 0 ? random.Next() : null);
    }

    /// <summary>The bytes on disk.</summary>
    public static byte[] Pack(byte[] content, FuzzPacking packing)
    {
        var packed = packing.Kind switch
        {
            0 => content,
            1 => SomeArchive.Of("gzip", content),
            2 => [.. SomeArchive.Of("gzip", content[..(content.Length / 3)]), .. SomeArchive.Of("gzip", content[(content.Length / 3)..])],
            3 => SomeArchive.Of("bzip2", content),
            _ => SomeArchive.Of("zstd", content),
        };
        return packing.DamageSeed is { } seed ? Damaged(packed, new Random(seed)) : packed;
    }

    private static byte[] Ended(Random random, byte[] line) => random.Next(40) switch
    {
        0 => [.. line, (byte)'\r', (byte)'\n'],
        1 => [.. line, (byte)'\r'],
        2 => [.. line, (byte)'\n', (byte)'\n'],
        3 => [0xEF, 0xBB, 0xBF, .. line, (byte)'\n'],
        4 => [0, 0, 0, .. line, (byte)'\n'],
        5 => line,
        _ => [.. line, (byte)'\n'],
    };

    private static byte[] Odd(Random random)
    {
        if (random.Next(2) == 0)
            return Encoding.Latin1.GetBytes(Foreign[random.Next(Foreign.Length)]);
        var bytes = new byte[random.Next(2_000)];
        random.NextBytes(bytes);
        if (random.Next(3) == 0)
            Array.Fill(bytes, (byte)"\0 \t\"[-?%:1"[random.Next(10)]);
        return bytes;
    }

    /// <summary>A line that ends near the border of a block, or is longer than several.</summary>
    private static byte[] Huge(Random random, int before)
    {
        var border = LogBlockReader.DefaultBlockSize - (before % LogBlockReader.DefaultBlockSize);
        var length = random.Next(3) == 0 ? random.Next(3 * LogBlockReader.DefaultBlockSize) : border + random.Next(-3, 4);
        var text = new LogLine { Agent = new string((char)random.Next(32, 256), Math.Max(0, length - 90)), Duration = random.Next(2) == 0 ? "15" : "" }.ToBytes();
        if (random.Next(4) == 0)
            Array.Clear(text, 0, text.Length / 2);
        return [.. text, (byte)'\n'];
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        var damaged = (byte[])bytes.Clone();
        if (random.Next(3) == 0)
            damaged = damaged[..random.Next(Math.Min(8, damaged.Length), damaged.Length + 1)];
        for (var count = random.Next(6); count > 0 && damaged.Length > 0; count--)
            damaged[random.Next(random.Next(2) == 0 ? Math.Min(64, damaged.Length) : damaged.Length)] = (byte)random.Next(256);
        if (random.Next(4) == 0)
            damaged = [.. damaged, .. damaged[..random.Next(Math.Min(100, damaged.Length) + 1)]];
        return damaged;
    }
}
