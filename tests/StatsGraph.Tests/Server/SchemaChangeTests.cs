using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

/// <summary>The schema may grow, and takes nothing away from clients that were written for the last release.</summary>
public sealed class SchemaChangeTests
{
    private const string Before =
        """
        type Query { site(key: String!, days: Int = 7): Site sites: [Site] }
        type Site implements Named { name: String mounts: [String]! kind: Kind }
        interface Named { name: String }
        union Any = Query | Site
        enum Kind { LIVE TALK }
        input Where { kind: Kind days: [Int!] = [1] }
        input One @oneOf { day: String month: String }
        scalar Long
        """;

    [Fact]
    public void What_clients_of_the_last_release_rely_on_is_still_there()
    {
        var file = RepositoryFolder.Path("schema", "released.graphql");
        var breaking = SchemaChanges.Breaking(File.ReadAllText(file), StatsGraphSchema.Print());
        Assert.True(
            breaking.Count == 0,
            "The change breaks clients of the last release; schema/README.md says what may be done instead.\n" + string.Join('\n', breaking));
        if (Environment.GetEnvironmentVariable("STATSGRAPH_RELEASE_SCHEMA") == "1")
        {
            File.WriteAllText(file, StatsGraphSchema.PrintBare());
        }
    }

    [Theory]
    [InlineData("scalar Long", "", "Long is gone")]
    [InlineData("scalar Long", "enum Long { ONE }", "Long is another kind of type")]
    [InlineData("sites: [Site]", "", "Query.sites is gone")]
    [InlineData("sites: [Site]", "sites: Site", "Query.sites was [Site] and is Site")]
    [InlineData("mounts: [String]!", "mounts: [String]", "Site.mounts was [String]! and is [String]")]
    [InlineData("mounts: [String]!", "mounts: [Long]!", "Site.mounts was [String]! and is [Long]!")]
    [InlineData("key: String!, ", "", "Query.site/key is gone")]
    [InlineData("key: String!, ", "key: Long!, ", "Query.site/key took String! and takes Long!")]
    [InlineData("days: Int = 7", "days: Int! = 7", "Query.site/days took Int and takes Int!")]
    [InlineData("days: Int = 7", "days: Int = 30", "Query.site/days was 7 by default and is 30")]
    [InlineData("days: Int = 7", "days: Int", "Query.site/days was 7 by default and is left out")]
    [InlineData("days: Int = 7", "days: Int = 7, zone: String!", "Query.site/zone is new and required")]
    [InlineData("LIVE TALK", "LIVE", "Kind.TALK is gone")]
    [InlineData("Query | Site", "Query", "Any.Site is gone")]
    [InlineData("Site implements Named", "Site", "Site.Named is gone")]
    [InlineData("Named { name: String }", "Named { name: Long }", "Named.name was String and is Long")]
    [InlineData("kind: Kind days", "days", "Where.kind is gone")]
    [InlineData("days: [Int!] = [1]", "days: [Int!]! = [1]", "Where.days took [Int!] and takes [Int!]!")]
    [InlineData("days: [Int!] = [1]", "days: [Int!] = [2]", "Where.days was [1] by default and is [2]")]
    [InlineData("{ kind: Kind days", "{ zone: String! kind: Kind days", "Where.zone is new and required")]
    [InlineData(" @oneOf", "", "One no longer takes exactly one key")]
    [InlineData("input Where {", "input Where @oneOf {", "Where takes exactly one key")]
    public void It_breaks_clients_to(string was, string now, string change) => Assert.Equal([change], Changed(was, now));

    [Theory]
    [InlineData("scalar Long", "scalar Long scalar Date")]
    [InlineData("sites: [Site]", "sites: [Site!]!")]
    [InlineData("sites: [Site]", "sites(first: Int, order: Kind! = LIVE): [Site] more: Site")]
    [InlineData("key: String!", "key: String")]
    [InlineData("days: [Int!]", "zone: String days: [Int]")]
    [InlineData("LIVE TALK", "LIVE TALK MUSIC")]
    [InlineData("Query | Site", "Site | Query")]
    [InlineData("mounts: [String]!", "mounts: [String]! @deprecated(reason: \"Use `kind`.\")")]
    [InlineData("scalar Long", "\"A number.\" scalar Long")]
    public void It_breaks_nobody_to(string was, string now) => Assert.Empty(Changed(was, now));

    /// <summary>What breaks when a part of the schema is replaced by another.</summary>
    private static IReadOnlyList<string> Changed(string was, string now)
    {
        Assert.Contains(was, Before, StringComparison.Ordinal);
        return SchemaChanges.Breaking(Before, Before.Replace(was, now, StringComparison.Ordinal));
    }
}
