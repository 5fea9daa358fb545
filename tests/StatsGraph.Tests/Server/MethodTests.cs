using System.Net;

namespace StatsGraph.Tests.Server;

/// <summary>What the methods other than GET and POST are answered.</summary>
[Collection(SharedServer.Name)]
public sealed class MethodTests(RunningServer server)
{
    [Theory]
    [InlineData("PATCH", "/graphql?query={__typename}", "DELETE, GET, HEAD, OPTIONS, POST, PUT")]
    [InlineData("QUERY", "/graphql", "DELETE, GET, HEAD, OPTIONS, POST, PUT")]
    [InlineData("PUT", "/graphql/persisted/overview", "GET, HEAD, OPTIONS")]
    [InlineData("DELETE", "/reports/overview.csv", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/graphql/schema.graphql", "GET, HEAD, OPTIONS")]
    public async Task What_an_address_has_not_is_405_and_says_what_it_has(string method, string address, string allow)
    {
        using var response = await SendAsync(method, address);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, allow), (response.StatusCode, string.Join(", ", response.Content.Headers.Allow)));
    }

    [Theory]
    [InlineData("/graphql", "DELETE, GET, HEAD, OPTIONS, POST, PUT")]
    [InlineData("/health/live", "GET, HEAD, OPTIONS")]
    public async Task Options_says_what_an_address_has(string address, string allow)
    {
        using var response = await SendAsync("OPTIONS", address);
        Assert.Equal((HttpStatusCode.NoContent, allow), (response.StatusCode, string.Join(", ", response.Content.Headers.Allow)));
    }

    [Theory]
    [InlineData("/graphql?query={__typename}", HttpStatusCode.OK)]
    [InlineData("/graphql?query=mutation{__typename}", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/graphql?query=", HttpStatusCode.BadRequest)]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    public async Task Head_is_answered_as_get_without_the_body(string address, HttpStatusCode status)
    {
        using var get = await server.GetAsync(address);
        using var head = await SendAsync("HEAD", address);
        Assert.Equal((status, status), (get.StatusCode, head.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Content.Headers.Allow, head.Content.Headers.Allow);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private Task<HttpResponseMessage> SendAsync(string method, string address)
        => server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), address), TestContext.Current.CancellationToken);
}
