using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using StatsGraph.Reports;
using StatsGraph.Server;
using StatsGraph.Server.GraphQL.Cost;

namespace StatsGraph.Tests.Server;

/// <summary>What operations cost, computed by hand from the weights and list sizes in the schema.</summary>
[Collection(SharedServer.Name)]
public sealed class OperationCostTests(RunningServer server)
{
    private const string October = """report(period: { month: "2026-10" })""";

    /// <summary>The root is an object too. A site weighs 1 and a report 1.</summary>
    [Theory]
    [InlineData("{ __typename }", 0, 1)]
    [InlineData("{ __schema { types { name } } }", 0, 1)]
    [InlineData("{ limits { bytes } }", 0, 2)]
    [InlineData("subscription { siteChanged(key: \"demo\") { version dataThrough site { mounts } } }", 3, 3)]
    [InlineData("{ site(key: \"demo\") { key name } }", 1, 2)]
    [InlineData("{ a: site(key: \"demo\") { key } b: site(key: \"demo\") { mounts } }", 3, 3)]
    [InlineData("{ site(key: \"demo\") { " + October + " { totals { sessions listeners peakConcurrent { at } } } } }", 18, 5)]
    [InlineData("{ site(key: \"demo\") { ...f } } fragment f on Site { ... on Site { " + October + " { totals { visits } } } }", 4, 4)]
    [InlineData("{ site(key: \"demo\") { name @skip(if: true) intake @include(if: false) { lines } } }", 6, 3)]
    public Task An_operation_is_the_sum_of_its_fields(string query, double fields, double objects) => CostsAsync(query, null, fields, objects);

    /// <summary>Figures of rows are computed together: 5 for the list and 1 for the sessions. Each row is two objects, and so is the page.</summary>
    [Theory]
    [InlineData("", 10)]
    [InlineData("(first: 3)", 3)]
    [InlineData("(last: 700)", 700)]
    [InlineData("(first: 0)", 0)]
    [InlineData("(first: -1)", 0)]
    [InlineData("(first: 2000000000)", 1_000)]
    [InlineData("(first: $n)", 25)]
    [InlineData("(first: $m)", 7)]
    [InlineData("(first: $none, last: 4)", 4)]
    [InlineData("(first: $none)", 10)]
    public Task Rows_of_a_page_count_as_objects_and_their_figures_once(string page, int rows)
        => CostsAsync(
            "query($n: Int, $m: Int = 7, $none: Int) { limits { bytes @include(if: false) fields } used: sites(first: $n, last: $m, after: \"x\") { totalCount }"
            + " more: sites(first: $none) { totalCount }"
            + " site(key: \"demo\") { " + October + " { mounts" + page + " { nodes { metrics { sessions } } } } } }",
            new { n = 25 },
            1 + 1 + 1 + 1 + 5 + 1,
            1 + 1 + 2 + 3 + (2 * rows));

    [Fact]
    public Task Figures_of_sites_are_computed_site_by_site()
        => CostsAsync(
            "{ sites(first: 300) { edges { node { " + October + " { totals { tuningHours } mounts(first: 2) { nodes { metrics { sessions } } } } } } } }",
            null,
            1 + (300 * (1 + 1 + 5 + 1)),
            2 + (300 * (1 + 1 + 1 + 1 + 1 + (2 * 2))));

    [Theory]
    [InlineData("month: \"2026-02\"", "DAY", 28)]
    [InlineData("month: \"2026-02\"", "HOUR", 28 * 24)]
    [InlineData("month: \"2026-02\"", "AUTO", 28)]
    [InlineData("days: { from: \"2026-01-01\", to: \"2026-01-03\" }", "AUTO", 48)]
    [InlineData("days: { from: \"2026-01-01\", to: \"2027-01-01\" }", "MONTH", 12)]
    [InlineData("instants: { from: \"2026-01-01T00:00:00Z\", to: \"2026-01-01T02:00:00Z\" }", "QUARTER_HOUR", 8)]
    [InlineData("preset: LAST_7_DAYS", "DAY", 7)]
    [InlineData("preset: LAST_7_DAYS", "WEEK", 1)]
    [InlineData("month: \"2026-10\"", "WEEK", 5)]
    [InlineData("days: { from: \"2024-01-15\", to: \"2025-06-02\" }", "MONTH", 17)]
    [InlineData("days: { from: \"2016-01-01\", to: \"2026-01-01\" }", "QUARTER_HOUR", 9_998)]
    public Task Buckets_are_those_of_the_period_and_two_for_other_zones(string period, string interval, int buckets)
        => CostsAsync(
            $"{{ site(key: \"demo\") {{ report(period: {{ {period} }}) {{ timeSeries(interval: {interval}) {{ buckets {{ start metrics {{ sessions }} }} }} }} }} }}",
            null,
            1 + 1 + 1 + 1,
            4 + (2 * (buckets + 2)));

    [Theory]
    [InlineData("HOUR", 24)]
    [InlineData("QUARTER_HOUR", 96)]
    [InlineData("AUTO", 24)]
    public Task Buckets_of_a_subscription_are_those_of_the_day_and_two_for_other_zones(string interval, int buckets)
        => CostsAsync(
            $"subscription {{ siteChanged(key: \"demo\") {{ today {{ timeSeries(interval: {interval}) {{ buckets {{ metrics {{ sessions }} }} }} }} }} }}",
            null,
            1 + 1 + 1 + 1,
            4 + (2 * (buckets + 2)));

    [Fact]
    public Task A_period_that_is_none_has_the_most_buckets_that_there_can_be()
        => CostsAsync(
            "{ site(key: \"demo\") { report(period: { month: \"october\" }) { timeSeries { buckets { start } } } } }", null, 3, 4 + 10_000);

    [Fact]
    public async Task Where_more_buckets_are_allowed_they_are_all_counted()
    {
        await using var large = new RunningServer(new SomeStation(new ReportOptions { MaximumBuckets = 1_000_000 }), new ServerOptions());
        await large.InitializeAsync();
        var answer = await AskAsync(
            "{ site(key: \"demo\") { report(period: { days: { from: \"2025-01-01\", to: \"2026-01-01\" } }) { timeSeries(interval: QUARTER_HOUR) { buckets { start } } } } }",
            "validate",
            large);
        Assert.Equal(
            4 + (365 * 96) + 2, answer.GetProperty("extensions").GetProperty("operationCost").GetProperty("typeCost").GetInt32());
    }

    [Fact]
    public async Task The_cost_is_told_with_the_answer()
    {
        var answer = await AskAsync("{ site(key: \"demo\") { name } }", "report");
        Assert.Equal("""{"data":{"site":{"name":"Demo FM"}},"extensions":{"operationCost":{"fieldCost":1,"typeCost":2}}}""", answer.GetRawText());
    }

    [Fact]
    public async Task An_invalid_operation_has_errors_and_no_cost()
    {
        var answer = await AskAsync("{ site { nothing } }", "validate");
        Assert.NotEmpty(answer.GetProperty("errors").EnumerateArray());
        Assert.False(answer.TryGetProperty("extensions", out _));
        Assert.False(answer.TryGetProperty("data", out _));
    }

    [Fact]
    public async Task Another_word_in_the_header_is_refused()
    {
        var answer = await AskAsync("{ __typename }", "please");
        Assert.Equal(
            "The header 'GraphQL-Cost' is 'please'; expected 'report' or 'validate'.",
            Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("message").GetString());
    }

    [Fact]
    public async Task An_operation_over_a_limit_is_refused_with_both_numbers_and_may_still_be_measured()
    {
        await using var small = new RunningServer(
            new SomeStation(), new ServerOptions { Limits = new GraphQLLimits { MaximumFieldCost = 12, MaximumTypeCost = 30 } });
        await small.InitializeAsync();
        const string Heavy = "{ site(key: \"demo\") { " + October + " { totals { listeners sessions } } } }";
        const string Large = "{ sites(first: 40) { nodes { key } } }";
        Assert.Equal(
            """{"code":"HC0047","fieldCost":13,"maxFieldCost":12}""",
            Error(await small.QueryAsync(Heavy)).GetProperty("extensions").GetRawText());
        var large = Error(await small.QueryAsync(Large));
        Assert.Equal("""{"code":"HC0047","typeCost":42,"maxTypeCost":30}""", large.GetProperty("extensions").GetRawText());
        Assert.Equal(
            "The maximum allowed type cost was exceeded: the operation has 42, and at most 30 is allowed (setting Server:Limits:MaximumTypeCost). "
            + "Ask for shorter pages or wider intervals.",
            large.GetProperty("message").GetString());
        Assert.Equal(
            """{"extensions":{"operationCost":{"fieldCost":13,"typeCost":4}}}""", (await AskAsync(Heavy, "validate", small)).GetRawText());
        Assert.Contains(
            "\"operationCost\":{\"fieldCost\":13,", (await AskAsync(Heavy, "report", small)).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(
            """{"data":{"limits":{"fieldCost":12,"typeCost":30,"rootFields":20,"seconds":30}}}""",
            (await small.QueryAsync("{ limits { fieldCost typeCost rootFields seconds } }")).GetRawText());
    }

    [Fact]
    public void Every_list_of_objects_has_a_size_and_every_weight_is_a_number()
    {
        var fields = StatsGraphSchema.Instance.AllTypes.OfType<IObjectGraphType>()
            .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type.Fields, (type, field) => (Type: type, Field: field)).ToList();
        var sized = fields
            .Select(each => (Below: each.Field.ResolvedType!.GetNamedType().Name, Size: ListSize.Of(each.Field, null, null)))
            .SelectMany(each => each.Size?.Fields.Select(name => $"{each.Below}.{name}") ?? [])
            .ToHashSet();
        var lists = fields.Where(each => IsListOfObjects(each.Field.ResolvedType!)).ToList();
        Assert.NotEmpty(lists);
        Assert.All(lists, list => Assert.True(
            sized.Contains($"{list.Type.Name}.{list.Field.Name}") || ListSize.Of(list.Field, null, null) is { Fields.Count: 0 },
            $"{list.Type.Name}.{list.Field.Name} does not say how long it can be."));
        Assert.All(fields, each => Assert.InRange(Weights.Of(each.Field), 0, 100));
    }

    private static bool IsListOfObjects(IGraphType type)
        => (type is NonNullGraphType nonNull ? nonNull.ResolvedType : type) is ListGraphType && type.GetNamedType() is IObjectGraphType;

    private async Task CostsAsync(string query, object? variables, double fields, double objects)
    {
        var answer = await AskAsync(query, "validate", variables: variables);
        Assert.Equal(
            JsonSerializer.Serialize(new { extensions = new { operationCost = new { fieldCost = fields, typeCost = objects } } }), answer.GetRawText());
    }

    private async Task<JsonElement> AskAsync(string query, string cost, RunningServer? other = null, object? variables = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = new StringContent(JsonSerializer.Serialize(new { query, variables }), mediaType: new("application/json"));
        request.Headers.Add("GraphQL-Cost", cost);
        using var response = await (other ?? server).Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await RunningServer.JsonAsync(response);
    }

    private static JsonElement Error(JsonElement answer) => Assert.Single(answer.GetProperty("errors").EnumerateArray());
}
