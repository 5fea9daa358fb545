using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

public sealed class LakeDamageTests : LakeTest
{
    [Theory]
    [InlineData("""{"add":{"path":"x","partitionVal""", "line 1 is no action of the Delta log: ")]
    [InlineData("""{"txn":{"appId":"a","version":"b"}}""", "line 1 is no action of the Delta log: ")]
    [InlineData("{\"txn\":{\"appId\":\"a\",\"version\":1}}\n[]", "line 2 is no action of the Delta log: ")]
    [InlineData("""{"txn":{"version":1}}""", "line 1 is no action of the Delta log: 'appId' is missing")]
    [InlineData("", "the commit is empty, expected one JSON action a line")]
    [InlineData("\n \n", "the commit is empty, expected one JSON action a line")]
    [InlineData("""{"protocol":{"minReaderVersion":3,"minWriterVersion":7}}""", "the table asks for Delta reader version 3, expected at most 1")]
    [InlineData("""{"add":{"path":"x","partitionValues":{},"size":1,"modificationTime":1,"dataChange":true}}""",
        "the data file x belongs to no site, expected a partition value for 'site'")]
    [InlineData("""{"add":{"path":"x","partitionValues":{"site":"a"},"size":1,"modificationTime":1,"dataChange":true,"stats":"{"}}""",
        "the statistics of the data file x cannot be read: ")]
    [InlineData("""{"metaData":{"id":"a","format":{"provider":"orc"},"schemaString":"{}","partitionColumns":["site"],"configuration":{}}}""",
        "the table's format is 'orc', expected 'parquet'")]
    [InlineData("""{"metaData":{"id":"a","format":{"provider":"parquet"},"schemaString":"{}","partitionColumns":[],"configuration":{}}}""",
        "the table is partitioned by '', expected 'site'")]
    [InlineData("""{"metaData":{"id":"a","format":{"provider":"parquet"},"schemaString":"{\"fields\":[{\"name\":\"site\",\"type\":\"string\",\"nullable\":false},{\"name\":\"class\",\"type\":\"long\",\"nullable\":true}]}","partitionColumns":["site"],"configuration":{}}}""",
        "column 2 of the table is 'class' of type long, expected 'class' of type string, never null")]
    public void A_commit_that_cannot_be_understood_is_named(string content, string complaint)
    {
        Append(SomeLines.Every(5));
        var commit = Path.Combine(Log, "00000000000000000001.json");
        File.WriteAllText(commit, content);

        foreach (var lake in new[] { Lake, LakeTable.Open(Data) })
        {
            var exception = Assert.Throws<LakeException>(lake.Snapshot);
            Assert.StartsWith($"{commit}: {complaint}", exception.Message, StringComparison.Ordinal);
            Assert.Throws<LakeException>(() => Append(lake, SomeLines.Every(9)));
        }
        Assert.Equal(2, Directory.GetFiles(Log).Length);
    }

    [Fact]
    public void A_gap_in_the_versions_is_named()
    {
        for (var i = 0; i < 4; i++)
            Append(SomeLines.Every(5, firstHash: 5 * i));
        var missing = Path.Combine(Log, "00000000000000000002.json");
        File.Delete(missing);

        var exception = Assert.Throws<LakeException>(LakeTable.Open(Data).Snapshot);

        Assert.Equal($"{missing}: the commit is missing although there is version 3; expected every version of the log", exception.Message);
    }

    [Fact]
    public void A_gap_that_comes_while_a_table_is_followed_is_named()
    {
        Append(SomeLines.Every(5));
        File.WriteAllText(Path.Combine(Log, "00000000000000000002.json"), """{"commitInfo":{}}""");

        var exception = Assert.Throws<LakeException>(Lake.Snapshot);

        Assert.Equal(
            $"{Path.Combine(Log, "00000000000000000001.json")}: the commit is missing although there is version 2; expected every version of the log",
            exception.Message);
    }

    [Fact]
    public void A_log_that_never_says_what_table_it_is_of_is_refused()
    {
        Directory.CreateDirectory(Log);
        var commit = Path.Combine(Log, "00000000000000000000.json");
        File.WriteAllText(commit, """{"txn":{"appId":"a","version":1}}""");

        var exception = Assert.Throws<LakeException>(Lake.Snapshot);

        Assert.Equal($"{commit}: the log up to here has no protocol or no metaData, expected both in its first commit", exception.Message);
    }

    [Fact]
    public void A_table_that_asks_for_a_newer_writer_is_read_but_not_written()
    {
        Append(SomeLines.Every(5));
        File.WriteAllText(Path.Combine(Log, "00000000000000000001.json"), """{"protocol":{"minReaderVersion":1,"minWriterVersion":4}}""");

        Assert.Single(Lake.Snapshot().Files);
        var exception = Assert.Throws<LakeException>(() => Append(SomeLines.Every(6)));

        Assert.Equal($"{Log}: the table asks for Delta writer version 4, expected at most 2", exception.Message);
    }

    [Fact]
    public void A_data_file_that_is_missing_is_named_when_an_append_must_compare_with_it()
    {
        Append(SomeLines.Every(5));
        var path = Lake.Snapshot().Files[0].Path;
        File.Delete(path);

        var exception = Assert.Throws<LakeException>(() => Append(SomeLines.Every(6)));

        Assert.StartsWith($"{path}: the data file could not be read: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(6, Append(SomeLines.Every(6, firstHash: 100, from: SomeLines.Noon.AddDays(1))));
    }

    [Fact]
    public void Where_a_file_is_in_the_place_of_the_lake_the_append_says_so()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Table, "");

        var exception = Assert.Throws<LakeException>(() => Append(SomeLines.Every(5)));

        Assert.StartsWith(Path.Combine(Table, "site=radio", "part-"), exception.Message, StringComparison.Ordinal);
        Assert.Contains(": the data file could not be written: ", exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.InnerException);
    }

    [Fact]
    public void A_log_folder_that_cannot_be_written_leaves_no_data_file()
    {
        Append(SomeLines.Every(5));
        // A folder in the commit's place keeps every user from making it, the superuser included.
        Directory.CreateDirectory(Path.Combine(Log, "00000000000000000001.json"));

        var exception = Assert.Throws<LakeException>(() => Append(SomeLines.Every(10)));

        Assert.StartsWith(Path.Combine(Log, "00000000000000000001.json"), exception.Message, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(Log, "00000000000000000001.json"));
        Assert.Empty(Strays());
        Assert.Single(Directory.GetFiles(Path.Combine(Table, "site=radio")));
    }
}
