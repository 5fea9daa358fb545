using System.Net;
using System.Text.Json;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

/// <summary>A server that does not tell its schema to questions, only to those who download it.</summary>
public sealed class IntrospectionTests : IAsyncLifetime
{
    private readonly RunningServer server = new(new SomeStation(), new ServerOptions { Introspection = false });

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("{ __schema { queryType { name } } }", 3)]
    [InlineData("{ __type(name: \"Site\") { name } }", 3)]
    [InlineData("{ harmless: __schema { queryType { name } } }", 3)]
    [InlineData("{ ...Hidden } fragment Hidden on Query { __typename __schema { queryType { name } } }", 53)]
    [InlineData("{ ... on Query { __type(name: \"Site\") { name } } }", 18)]
    [InlineData("query A { sites { totalCount } } query B { __schema { queryType { name } } }", 44)]
    public async Task It_is_refused_wherever_it_stands(string document, int column)
    {
        var body = JsonSerializer.Serialize(new { query = document, operationName = document[0] == 'q' ? "A" : null });
        using var response = await server.PostAsync(body, "application/json", "application/graphql-response+json");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            $$$"""
            {"errors":[{"message":"Introspection is not allowed for the current request. The schema is at /graphql/schema.graphql, below the path of the server.","locations":[{"line":1,"column":{{{column}}}}],"extensions":{"code":"HC0046"}}]}
            """,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_name_of_a_type_is_told_as_ever()
    {
        var answer = await server.QueryAsync("{ __typename sites { __typename nodes { __typename key } } }");
        Assert.Equal(
            """{"__typename":"Query","sites":{"__typename":"SitesConnection","nodes":[{"__typename":"Site","key":"demo"}]}}""",
            answer.GetProperty("data").GetRawText());
    }

    [Theory]
    [InlineData("/graphql?sdl")]
    [InlineData("/graphql/schema.graphql")]
    public async Task The_schema_can_be_downloaded_all_the_same(string address)
    {
        using var response = await server.GetAsync(address);
        Assert.Equal(StatsGraphSchema.Print(), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
