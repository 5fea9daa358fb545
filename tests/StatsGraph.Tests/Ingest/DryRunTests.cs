using System.IO.Compression;
using System.Text.Json;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Ingest;

/// <summary>A dry run tells what an ingest then does, and leaves nothing behind.</summary>
public sealed class DryRunTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(2, 7)]
    public void It_tells_for_logs_in_any_cut_what_the_ingest_tells_after_it(int seed, int linesPerCommit)
    {
        var log = RandomLog.Make(new RandomLogOptions(seed, 300, "Europe/Berlin", new DateOnly(2026, 10, 1), Unfinished: true));
        var paths = log.Cut(seed).Select(piece => folder.Write(piece.Name, piece.Bytes)).ToArray();
        for (var taken = 1; taken <= paths.Length; taken++)
        {
            var before = Tree();
            var dry = Run(paths[..taken], linesPerCommit, dryRun: true);
            Assert.Equal(before, Tree());
            Assert.True(dry.IsDryRun);
            Assert.Equal(Text(Run(paths[..taken], linesPerCommit, dryRun: false)), Text(dry));
        }

        var after = Run(paths, linesPerCommit, dryRun: true);
        Assert.Equal(0, after.Classes.Values.Sum() + after.Blank);
    }

    [Fact]
    public void It_makes_neither_a_data_folder_nor_a_key()
    {
        var summary = Run([folder.Write("access.log", SomeLine.Log(10))], 1_000, dryRun: true);
        Assert.Equal((10, 0), (summary.Classes[LineClass.Listener], summary.AlreadyIngested));
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public void A_lake_without_its_key_cannot_be_compared_with()
    {
        var log = folder.Write("access.log", SomeLine.Log(10));
        Run([log], 1_000, dryRun: false);
        File.Delete(Path.Combine(folder.Data, "lake.key"));
        var failure = Assert.Throws<LakeException>(() => Run([log], 1_000, dryRun: true));
        Assert.StartsWith($"{Path.Combine(folder.Data, "lake.key")}: the lake in ", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Data, "lake.key")));
    }

    [Fact]
    public void A_key_that_a_crash_left_without_a_lake_is_used()
    {
        LakeKey.Open(folder.Data);
        var before = Tree();
        Assert.Equal(10, Run([folder.Write("access.log", SomeLine.Log(10))], 1_000, dryRun: true).Classes[LineClass.Listener]);
        Assert.Equal(before, Tree());
    }

    [Fact]
    public void An_archive_that_breaks_off_is_a_problem_of_it_too()
    {
        using var bytes = new MemoryStream();
        using (var archive = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            archive.Write(System.Text.Encoding.Latin1.GetBytes(SomeLine.Log(500)));
        var log = folder.Write("access.log.gz", bytes.ToArray()[..^20]);
        var dry = Run([log], 1_000, dryRun: true);
        Assert.Single(dry.Problems);
        Assert.Equal(Text(Run([log], 1_000, dryRun: false)), Text(dry));
    }

    private IngestSummary Run(string[] logs, int linesPerCommit, bool dryRun)
        => folder.Ingest(new IngestOptions { DataFolder = folder.Data, Site = "main", LinesPerCommit = linesPerCommit, DryRun = dryRun }, logs);

    /// <summary>Everything that a summary says but the time it took.</summary>
    private static string Text(IngestSummary summary) => JsonSerializer.Serialize(summary with { Elapsed = default, IsDryRun = false });

    /// <summary>The files of the data folder with their bytes and times.</summary>
    private string Tree() => !Directory.Exists(folder.Data) ? "" : string.Join('\n', Directory.EnumerateFileSystemEntries(
            folder.Data, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .Order(StringComparer.Ordinal)
        .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O} {(File.Exists(path) ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))) : "")}"));
}
