using StatsGraph.Ingest;
using StatsGraph.Ingest.Logs;

namespace StatsGraph.Tests.Ingest.Logs;

public sealed class LogSelectionTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_is_read_recursively_in_ordinal_order_without_hidden_and_other_logs()
    {
        foreach (var name in new[] { "logs/b.log", "logs/a/z.log", "logs/B.log", "logs/.hidden", "logs/.git/x.log", "logs/error.log.1", "logs/a/playlist.log", "logs/usage.log" })
            folder.Write(name, "x");

        var selection = LogSelection.Of([folder.At("logs")]);

        Assert.Equal(Paths("logs/B.log", "logs/a/playlist.log", "logs/a/z.log", "logs/b.log"), Names(selection));
        Assert.Equal(
            [$"{folder.At("logs/error.log.1")}: skipped, named like a server's error.log", $"{folder.At("logs/usage.log")}: skipped, named like a server's usage.log"],
            selection.Notes);
        Assert.Empty(selection.Problems);
    }

    [Fact]
    public void A_log_that_is_named_itself_is_read_whatever_its_name()
        => Assert.Equal(Paths("error.log"), Names(LogSelection.Of([folder.Write("error.log", "x")])));

    [Fact]
    public void A_log_that_is_named_twice_is_read_once()
    {
        var log = folder.Write("logs/a.log", "x");
        File.CreateSymbolicLink(folder.At("link.log"), log);

        var selection = LogSelection.Of([log, folder.At("logs"), folder.At("logs/../logs/a.log"), folder.At("link.log"), "-", "-"]);

        Assert.Equal([log, "-"], Names(selection));
    }

    [Fact]
    public void A_lake_in_the_folder_and_what_is_kept_beside_it_is_no_log()
    {
        foreach (var name in new[] { "data/lake/_delta_log/00000000000000000000.json", "data/lake/site=a/part-1.parquet", "data/lake.key", "data/lake.vacuum", "lake.log", "data/columns/a/chunk-1.columns", "data/issued/a/US-ATH/2026-10/0001.json", "data/tokens/a.json", "columns/a.log", "issued/a.log", "tokens/a.log" })
            folder.Write(name, "x");

        var selection = LogSelection.Of([folder.At(".")]);

        Assert.Equal(Paths("./columns/a.log", "./issued/a.log", "./lake.log", "./tokens/a.log"), Names(selection));
        Assert.Equal(
            new[] { "./data/columns", "./data/issued", "./data/lake", "./data/lake.key", "./data/lake.vacuum", "./data/tokens" }.Select(name => $"{folder.At(name)}: skipped, part of a data folder"),
            selection.Notes);
    }

    [Fact]
    public void Links_to_folders_inside_a_folder_are_not_followed()
    {
        folder.Write("logs/a.log", "x");
        Directory.CreateSymbolicLink(folder.At("logs/again"), folder.At("logs"));

        var selection = LogSelection.Of([folder.At("logs")]);

        Assert.Equal(Paths("logs/a.log"), Names(selection));
        Assert.Equal([$"{folder.At("logs/again")}: skipped, a link to a folder"], selection.Notes);
    }

    [Theory]
    [InlineData("logs/*.log", "logs/a.log", "logs/b.log")]
    [InlineData("logs/?.log", "logs/a.log", "logs/b.log")]
    [InlineData("logs/**/*.log", "logs/a.log", "logs/b.log", "logs/deep/er/c.log")]
    [InlineData("logs/**", "logs/a.log", "logs/b.log", "logs/deep/er/c.log", "logs/x.txt")]
    [InlineData("lo*/deep", "logs/deep/er/c.log")]
    [InlineData("logs/.*.log", "logs/.h.log")]
    public void Globs_are_expanded(string glob, params string[] expected)
    {
        foreach (var name in new[] { "logs/b.log", "logs/a.log", "logs/x.txt", "logs/.h.log", "logs/deep/er/c.log" })
            folder.Write(name, "x");

        Assert.Equal(Paths(expected), Names(LogSelection.Of([folder.At(glob)])));
    }

    [Fact]
    public void A_file_whose_name_looks_like_a_glob_is_that_file()
    {
        folder.Write("a.log", "x");

        Assert.Equal(Paths("*.log"), Names(LogSelection.Of([folder.Write("*.log", "x")])));
    }

    [Fact]
    public void What_names_nothing_is_a_problem()
    {
        Directory.CreateDirectory(folder.At("empty"));

        var selection = LogSelection.Of([folder.At("gone.log"), folder.At("*.gz"), folder.At("empty")]);

        Assert.Empty(selection.Logs);
        Assert.Equal(
            [
                new IngestProblem(folder.At("gone.log"), "no such file or folder"),
                new IngestProblem(folder.At("*.gz"), "no file matches"),
                new IngestProblem(folder.At("empty"), "the folder holds no log"),
            ],
            selection.Problems);
    }

    private string[] Paths(params string[] names) => [.. names.Select(folder.At)];

    private static IEnumerable<string> Names(LogSelection selection) => selection.Logs.Select(log => log.Name);
}
