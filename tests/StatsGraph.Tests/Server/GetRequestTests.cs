using System.Net;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

[Collection(SharedServer.Name)]
public sealed class GetRequestTests(RunningServer server)
{
    [Fact]
    public async Task A_query_may_be_in_the_address()
    {
        const string Query = "query A($k: String!) { site(key: $k) { name } } query B { __typename }";
        using var response = await server.GetAsync(
            $"/graphql?query={Uri.EscapeDataString(Query)}&variables={Uri.EscapeDataString("""{"k":"demo"}""")}&operationName=A");
        Assert.Equal("Demo FM", (await RunningServer.JsonAsync(response)).GetProperty("data").GetProperty("site").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_browser_that_asks_for_a_query_gets_its_answer()
    {
        using var response = await server.GetAsync("/graphql?query={__typename}", "text/html,application/xhtml+xml,*/*;q=0.8");
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Anything_but_a_query_needs_another_method()
    {
        using var response = await server.GetAsync("/graphql?query=mutation{__typename}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/graphql", "The parameter 'query' is missing; expected a GraphQL document, or the 'id' of a saved one.")]
    [InlineData("/graphql?query=", "The parameter 'query' is missing; expected a GraphQL document, or the 'id' of a saved one.")]
    [InlineData("/graphql?query={__typename}&variables=a", "The parameter 'variables' is no JSON object.")]
    [InlineData("/graphql?query={__typename}&variables=[]", "The parameter 'variables' is no JSON object.")]
    [InlineData("/graphql?query={__typename}&extensions=1", "The parameter 'extensions' is no JSON object.")]
    public async Task An_address_that_is_no_request_is_400(string address, string message)
    {
        using var response = await server.GetAsync(address, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = Assert.Single((await RunningServer.JsonAsync(response)).GetProperty("errors").EnumerateArray());
        Assert.Equal(message, error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.RequestUriTooLong)]
    public async Task A_query_string_has_a_greatest_length(int tooMuch, HttpStatusCode status)
    {
        const string Query = "?query=%7B__typename%7D&x=";
        var filler = new string('x', new GraphQLLimits().MaximumQueryStringBytes - Query.Length + tooMuch);
        using var response = await server.GetAsync("/graphql" + Query + filler);
        Assert.Equal(status, response.StatusCode);
        var answer = await RunningServer.JsonAsync(response);
        Assert.Equal(
            tooMuch == 0 ? null : "HC0010",
            answer.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null);
    }

    [Theory]
    [InlineData("/graphql?sdl")]
    [InlineData("/graphql/schema.graphql")]
    public async Task The_schema_is_there_as_text(string address)
    {
        using var response = await server.GetAsync(address);
        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(StatsGraphSchema.Print(), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Introspection_answers_an_ide()
    {
        var ofType = string.Concat(Enumerable.Repeat(" ofType { kind name", 7)) + string.Concat(Enumerable.Repeat(" }", 7));
        var types = $"kind name{ofType}";
        var answer = await server.QueryAsync($$"""
            { __schema { queryType { name } directives { name args { name type { {{types}} } } }
              types { kind name fields { name args { name defaultValue type { {{types}} } } type { {{types}} } } inputFields { name type { {{types}} } } enumValues { name } } } }
            """);
        Assert.False(answer.TryGetProperty("errors", out _));
        var names = answer.GetProperty("data").GetProperty("__schema").GetProperty("types").EnumerateArray().Select(t => t.GetProperty("name").GetString());
        Assert.Contains("Metrics", names);
    }
}
