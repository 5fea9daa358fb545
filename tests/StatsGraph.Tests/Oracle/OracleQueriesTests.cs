using System.Text.Json.Nodes;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Oracle;

/// <summary>The questions and the comparison themselves: they leave nothing out, and a wrong answer is noticed.</summary>
public sealed class OracleQueriesTests
{
    private static readonly OracleScenario Scenario = new("demo", new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 25));

    [Fact]
    public void Questions_have_answers_that_equal_themselves()
    {
        var model = Model(400);
        var some = OracleQueries.All(Scenario).Where((query, index) => index % 15 == 0 || query.Cursors is not null);
        foreach (var query in some)
            query.Check(model, (document, variables) => Numbered(OracleAnswer.Run(model, document, variables)));
    }

    [Fact]
    public void Names_of_questions_are_unique()
    {
        var names = OracleQueries.All(Scenario).Select(query => query.Name).ToList();

        Assert.Distinct(names);
        Assert.True(names.Count > 300, $"{names.Count} questions");
    }

    [Fact]
    public void Questions_name_every_field_and_value_of_the_api()
    {
        string[] names =
        [
            "sites", "site", "key", "name", "timeZone", "mounts", "dataThrough", "intake", "report", "lines", "blank", "classes", "rejections",
            "class", "reason", "examples", "period", "totals", "comparedTo", "timeSeries", "hourlyVisits", "entryMounts", "countries",
            "referrers", "players", "groups", "errors", "from", "to", "complete", "sessions", "visits", "listeners", "tuningHours",
            "averageDuration", "durationQuantile", "averageConcurrent", "averageQuarterHour", "peakConcurrent", "bytes", "at", "interval", "buckets",
            "start", "end", "metrics", "hour", "mount", "share", "code", "continent", "latitude", "longitude", "host", "kind", "keys", "dimension",
            "value", "label", "status", "path", "requests", "lastSeen", "pageInfo", "edges", "cursor", "node", "nodes", "totalCount",
            "hasNextPage", "hasPreviousPage", "startCursor", "endCursor",
        ];
        var asked = OracleQueries.All(Scenario)
            .SelectMany(query => Names(OracleDocument.Parse(query.Document, query.Variables)))
            .ToHashSet();

        Assert.Equal(names.Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{ "a": [1, 2] }""", """{ "a": [1, 3] }""", "x.a[1]: expected 2, was 3")]
    [InlineData("""{ "a": 1 }""", """{ "b": 1 }""", """x (names of the fields): expected {"a":1}, was {"b":1}""")]
    [InlineData("""{ "a": null }""", """{ "a": 0 }""", "x.a: expected null, was 0")]
    [InlineData("""{ "a": "2026-10-25T00:00:00Z" }""", """{ "a": "2026-10-25T00:00:01+00:00" }""", "x.a: expected \"2026-10-25T00:00:00Z\", was")]
    public void A_difference_is_named_by_its_path(string expected, string actual, string message)
    {
        var failure = Assert.ThrowsAny<Exception>(() => JsonCompare.AssertEqual(JsonNode.Parse(expected), JsonNode.Parse(actual), "x"));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Floats_may_differ_by_a_billionth_and_whole_numbers_by_nothing()
    {
        JsonCompare.AssertEqual(JsonValue.Create(1e6), JsonNode.Parse("1000000.0001"), "x");
        JsonCompare.AssertEqual(JsonValue.Create(3L), JsonNode.Parse("3"), "x");
        JsonCompare.AssertEqual(JsonValue.Create("2026-10-25T00:00:00Z"), JsonNode.Parse("\"2026-10-25T00:00:00.000+00:00\""), "x");

        Assert.ThrowsAny<Exception>(() => JsonCompare.AssertEqual(JsonValue.Create(1e6), JsonNode.Parse("1000000.01"), "x"));
        Assert.ThrowsAny<Exception>(() => JsonCompare.AssertEqual(JsonValue.Create(9_007_199_254_740_993L), JsonNode.Parse("9007199254740992"), "x"));
        Assert.ThrowsAny<Exception>(() => JsonCompare.AssertEqual(JsonCompare.Anything, null, "x"));
    }

    private static OracleModel Model(int lines)
    {
        var world = new OracleWorld
        {
            Place = address => address.StartsWith("81.", StringComparison.Ordinal)
                ? new OraclePlace("GB", "England", "London", 20_712, "Example Ltd")
                : null,
        };
        var log = RandomLog.Make(new RandomLogOptions(3, lines, "Europe/Berlin", Scenario.FirstMonth));
        var rows = OracleLake.Read([new OracleSource(log.ToBytes())], world);
        var now = new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var aliases = new Dictionary<string, string> { ["/jazz.aac"] = "/jazz" };
        return new OracleModel([new OracleSite("demo", "Demo", "Europe/Berlin", aliases, rows)], now, world);
    }

    /// <summary>The answer as JSON text brings it, with the cursors that the oracle understands.</summary>
    private static JsonNode? Numbered(JsonObject answer)
    {
        var row = 0;
        foreach (var list in Objects(answer).Where(each => each.ContainsKey("edges")))
        {
            foreach (var edge in ((JsonArray)list["edges"]!).Cast<JsonObject>())
                edge["cursor"] = $"@{row++}";
        }

        return JsonNode.Parse(answer.ToJsonString());
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Objects(field.Value)).Prepend(fields),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<string> Names(IEnumerable<OracleSelection> fields)
        => fields.SelectMany(field => Names(field.Fields).Prepend(field.Name));
}
