using System.IO.Compression;
using System.Text;
using ICSharpCode.SharpZipLib.BZip2;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>Archives in which bits are flipped: what they make of lines never gets into the answers, and the intact ones mend everything.</summary>
public sealed class ArchiveTests
{
    private const int Sessions = 4_000;

    [Fact]
    public async Task Damaged_archives_are_told_each_in_a_line_and_once_they_are_replaced_the_answers_are_those_of_intact_ones()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["logs"]);
        folder.Write("whole.log", SomeLog.Sessions(Sessions));
        folder.Write("logs/plain.log", SomeLog.Session(Sessions));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "--data", "clean", "whole.log", "logs/plain.log"]);
        var archives = Archives();
        var random = new Random(20_261_122);
        foreach (var (name, archive) in archives)
            File.WriteAllBytes(folder["logs/" + name], Flipped(archive, random));

        var result = await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "logs"]);

        Assert.Equal(1, result.ExitStatus);
        var complaints = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(archives.Keys.Select(name => $"statsgraph: logs/{name}: the "), complaints.Select(line => line[..(line.IndexOf(": the ", StringComparison.Ordinal) + 6)]));
        Assert.All(complaints, line => Assert.Matches(
            "^statsgraph: [^:]+: the (gzip|bzip2|zstd) archive is [^;]+; (none of its lines is kept|lines 1 to [0-9,]+ of it are sound and kept, none after them is)$", line));
        var classes = result.Json.GetProperty("classes");
        Assert.Equal(0, classes.EnumerateObject().Where(entry => entry.Name != "listener").Sum(entry => entry.Value.GetInt32()));
        var (lines, sessions, hours) = await Lake.TotalsAsync(folder, "data");
        Assert.InRange(lines, 2, Sessions);
        Assert.Equal((lines, lines / 60.0), (sessions, hours));

        foreach (var (name, archive) in archives)
            File.WriteAllBytes(folder["logs/" + name], archive);
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "logs"])).ExitStatus);
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["verify"])).ExitStatus);
        Assert.Equal(await Answers.OfAsync(folder, "clean"), await Answers.OfAsync(folder, "data"));
    }

    /// <summary>The same sessions packed in every way.</summary>
    private static SortedDictionary<string, byte[]> Archives()
    {
        var text = SomeLog.Sessions(Sessions);
        var (first, second) = (SomeLog.Sessions(Sessions / 4), text[SomeLog.Sessions(Sessions / 4).Length..]);
        var archives = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (ending, open) in new (string, Func<Stream, Stream>)[]
        {
            ("bz2", file => new BZip2OutputStream(file, 1) { IsStreamOwner = false }),
            ("gz", file => new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true)),
            ("zst", file => Checked(new CompressionStream(file, leaveOpen: true))),
        })
        {
            archives[$"one.{ending}"] = Pack(text, open);
            archives[$"two.{ending}"] = [.. Pack(first, open), .. Pack(second, open)];
        }

        return archives;
    }

    private static byte[] Pack(string text, Func<Stream, Stream> open)
    {
        using var archive = new MemoryStream();
        using (var packing = open(archive))
            packing.Write(Encoding.UTF8.GetBytes(text));
        return archive.ToArray();
    }

    private static CompressionStream Checked(CompressionStream stream)
    {
        stream.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return stream;
    }

    /// <summary>Some bits behind the header are other than they were.</summary>
    private static byte[] Flipped(byte[] archive, Random random)
    {
        var flipped = (byte[])archive.Clone();
        for (var flips = random.Next(1, 4); flips > 0; flips--)
            flipped[random.Next(100, flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }
}
