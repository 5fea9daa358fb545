using System.Net;

namespace StatsGraph.Tests.Server;

/// <summary>What a client that asks again need not be sent again.</summary>
[Collection(SharedServer.Name)]
public sealed class EntityTagTests(RunningServer server)
{
    private const string Address = "/graphql?query={sites{nodes{key}}}";

    [Fact]
    public async Task An_answer_to_a_get_has_a_tag_and_is_not_sent_to_whoever_has_it()
    {
        using var first = await server.GetAsync(Address);
        var tag = first.Headers.ETag!.Tag;
        Assert.Equal("private, no-cache", $"{first.Headers.CacheControl}".Replace("no-cache, private", "private, no-cache", StringComparison.Ordinal));

        foreach (var held in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*" })
        {
            using var again = await AskAsync(HttpMethod.Get, held);
            Assert.Equal((HttpStatusCode.NotModified, tag), (again.StatusCode, again.Headers.ETag!.Tag));
            Assert.Empty(await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("\"other\"")]
    [InlineData("no tag")]
    public async Task Whoever_has_something_else_is_sent_the_answer(string held)
    {
        using var response = await AskAsync(HttpMethod.Get, held);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("{\"data\":", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tag_tells_the_media_types_apart_and_the_head_says_what_the_get_would()
    {
        using var json = await server.GetAsync(Address, "application/json");
        using var graphQL = await server.GetAsync(Address, "application/graphql-response+json");
        using var head = await AskAsync(HttpMethod.Head, "\"other\"");

        Assert.NotEqual(json.Headers.ETag, graphQL.Headers.ETag);
        Assert.Equal((json.Headers.ETag, json.Content.Headers.ContentLength), (head.Headers.ETag, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Posts_and_errors_have_none_and_are_not_to_be_stored()
    {
        using var post = await server.PostAsync("""{ "query": "{ sites { nodes { key } } }" }""");
        using var error = await server.GetAsync("/graphql?query={nothing}");

        Assert.All([post, error], response => Assert.Equal((null, true), (response.Headers.ETag, response.Headers.CacheControl!.NoStore)));
    }

    private Task<HttpResponseMessage> AskAsync(HttpMethod method, string held)
    {
        var request = new HttpRequestMessage(method, Address);
        request.Headers.TryAddWithoutValidation("If-None-Match", held);
        return server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
