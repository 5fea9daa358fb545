using System.Net;
using System.Text.Json;
using StatsGraph.Server;
using StatsGraph.Server.Documents;

namespace StatsGraph.Tests.Server;

/// <summary>Asking a saved document by its name or its hash.</summary>
[Collection(SharedServer.Name)]
public sealed class SavedDocumentTests(RunningServer server)
{
    private const string Name = "entry-mounts";
    private const string Address = "/graphql/persisted/" + Name;

    private static readonly string Text = File.ReadAllText(RepositoryFolder.Path("queries", Name + ".graphql"));

    private static readonly string Hash = SavedDocument.HashOf(Text);

    [Fact]
    public void The_hash_is_SHA_256_in_lower_case()
        => Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", SavedDocument.HashOf("abc"));

    [Theory]
    [InlineData("?site=demo&month=2026-10&first=1")]
    [InlineData("?first=1&month=2026-10&site=demo&operationName=EntryMounts")]
    [InlineData("""?variables={"site":"demo","month":"2026-10","first":1}""")]
    [InlineData("""?variables={"site":"demo","month":"2026-10"}&first=1""")]
    public async Task An_address_asks_it_with_variables_in_one_or_each_by_itself(string parameters)
    {
        using var response = await server.GetAsync(Address + parameters);
        Assert.Equal(await FullAsync(new { site = "demo", month = "2026-10", first = 1 }), await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_browser_gets_the_answer_and_may_ask_whether_it_still_holds()
    {
        using var first = await server.GetAsync(Address + "?site=demo&month=2026-10", "text/html,*/*;q=0.8");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var again = new HttpRequestMessage(HttpMethod.Get, Address + "?month=2026-10&site=demo");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await server.Client.SendAsync(again, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    public static TheoryData<string, string> Names => new()
    {
        { "id", Name }, { "documentId", Name }, { "id", Hash }, { "documentId", "sha256:" + Hash },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_body_or_an_address_may_name_it(string member, string id)
    {
        var variables = new { site = "demo", month = "2026-10" };
        var expected = await FullAsync(variables);
        using var post = await server.PostAsync(JsonSerializer.Serialize(new Dictionary<string, object> { [member] = id, ["variables"] = variables }));
        Assert.Equal(expected, await post.Content.ReadAsStringAsync(Cancellation));
        using var get = await server.GetAsync(
            $"/graphql?{member}={Uri.EscapeDataString(id)}&variables={Uri.EscapeDataString(JsonSerializer.Serialize(variables))}", "text/html");
        using var json = await server.GetAsync(
            $"/graphql?{member}={Uri.EscapeDataString(id)}&variables={Uri.EscapeDataString(JsonSerializer.Serialize(variables))}");
        Assert.Equal((HttpStatusCode.NotAcceptable, expected), (get.StatusCode, await json.Content.ReadAsStringAsync(Cancellation)));
    }

    [Theory]
    [InlineData("hourly-visits", "?site=demo&months=2026-10", HttpStatusCode.BadRequest,
        "The document 'hourly-visits' has no variable 'months'; expected parameters are site (String!), month (String!), COUNTRY")]
    [InlineData(Name, "?site=demo&month=2026-10&first=all", HttpStatusCode.BadRequest, "The parameter 'first' is a variable of type Int; 'all' is none.")]
    [InlineData(Name, "?site=demo&site=x&month=2026-10", HttpStatusCode.BadRequest, "The parameter 'site' is there more than once.")]
    [InlineData(Name, """?site=demo&variables={"site":"x"}""", HttpStatusCode.BadRequest, "The variable 'site' is a parameter and in 'variables', too.")]
    [InlineData("nothing", "", HttpStatusCode.NotFound,
        "There is no saved document 'nothing'; there are NAMES.")]
    public async Task A_wrong_address_is_told_what_would_be_right(string name, string parameters, HttpStatusCode status, string message)
    {
        using var response = await server.GetAsync($"/graphql/persisted/{name}{parameters}");
        var expected = message.Replace("COUNTRY", "country (String), mount (String), variables, operationName, extensions.", StringComparison.Ordinal)
            .Replace("NAMES", string.Join(", ", SavedQueryTests.Names.Select(row => row.Data)), StringComparison.Ordinal);
        Assert.Equal((status, expected), (response.StatusCode, Error(await RunningServer.JsonAsync(response)).Message));
    }

    [Theory]
    [InlineData("""{"id":"nothing"}""", "There is no saved document 'nothing'.", "PERSISTED_QUERY_NOT_FOUND")]
    [InlineData("""{"id":1}""", "'id' is no string.", "HC0009")]
    [InlineData("""{"documentId":[]}""", "'documentId' is no string.", "HC0009")]
    [InlineData("""{"id":"intake","query":"{__typename}"}""", "There is a document and the name of one; either has to be left out.", "HC0009")]
    public async Task A_wrong_body_is_told_why(string body, string message, string code)
    {
        using var response = await server.PostAsync(body, "application/json", "application/graphql-response+json");
        Assert.Equal((HttpStatusCode.BadRequest, (message, code)), (response.StatusCode, Error(await RunningServer.JsonAsync(response))));
    }

    [Fact]
    public async Task Every_type_that_a_text_can_stand_for_may_be_a_parameter()
    {
        using var queries = new SomeQueries().With("typed.graphql", """
            query T($site: String!, $from: DateTime!, $to: DateTime!, $p: Float!, $by: Interval!, $b: Boolean!, $in: [String!]) {
              site(key: $site) { report(period: { instants: { from: $from, to: $to } }, where: { country: { in: $in } }) {
                totals { durationQuantile(p: $p) sessions @include(if: $b) } timeSeries(interval: $by) { interval } } } }
            """);
        await using var typed = await StartAsync(new ServerOptions { QueriesFolder = queries.Path });
        const string Parameters = "/graphql/persisted/typed?site=demo&from=2026-10-01T00:00:00Z&to=2026-10-08T00:00:00Z&by=WEEK&b=true";
        using var response = await typed.GetAsync(Parameters + "&p=0.5");
        Assert.Equal(
            """{"data":{"site":{"report":{"totals":{"durationQuantile":1350,"sessions":4},"timeSeries":{"interval":"WEEK"}}}}}""",
            await response.Content.ReadAsStringAsync(Cancellation));
        using var wrong = await typed.GetAsync(Parameters + "&p=half");
        Assert.Equal("The parameter 'p' is a variable of type Float!; 'half' is none.", Error(await RunningServer.JsonAsync(wrong)).Message);
        using var list = await typed.GetAsync(Parameters + "&p=0.5&in=DE");
        Assert.Equal("The variable 'in' is of type [String!], which only 'variables' can hold.", Error(await RunningServer.JsonAsync(list)).Message);
    }

    internal static async Task<RunningServer> StartAsync(ServerOptions options)
    {
        var started = new RunningServer(new SomeStation(), options);
        await started.InitializeAsync();
        return started;
    }

    internal static (string? Message, string? Code) Error(JsonElement answer)
    {
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        return (error.GetProperty("message").GetString(), error.GetProperty("extensions").GetProperty("code").GetString());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<string> FullAsync(object variables)
    {
        var answer = await server.QueryAsync(Text, variables);
        Assert.False(answer.TryGetProperty("errors", out _));
        return answer.GetRawText();
    }
}
