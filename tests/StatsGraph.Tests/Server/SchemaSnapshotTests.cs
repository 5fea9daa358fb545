using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

public sealed class SchemaSnapshotTests
{
    [Fact]
    public void The_printed_schema_is_the_one_that_was_reviewed()
    {
        var file = RepositoryFolder.Path("schema", "statsgraph.graphql");
        if (Environment.GetEnvironmentVariable("STATSGRAPH_UPDATE_SCHEMA") == "1")
        {
            File.WriteAllText(file, StatsGraphSchema.Print());
        }

        var reviewed = File.ReadAllText(file).ReplaceLineEndings("\n");
        Assert.True(
            reviewed == StatsGraphSchema.Print(),
            "schema/statsgraph.graphql is not what the server prints. If the change is meant and schema/README.md allows it, run the test "
            + "once with STATSGRAPH_UPDATE_SCHEMA=1 and commit the file.\n" + Difference(reviewed, StatsGraphSchema.Print()));
    }

    private static string Difference(string reviewed, string printed)
    {
        string[] before = reviewed.Split('\n');
        string[] now = printed.Split('\n');
        return string.Join('\n', before.Except(now).Select(l => "- " + l).Concat(now.Except(before).Select(l => "+ " + l)));
    }
}
