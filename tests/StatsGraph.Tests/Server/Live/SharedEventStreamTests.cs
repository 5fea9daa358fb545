using System.Net;
using System.Text.Json;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server.Live;

/// <summary>Subscriptions as Server-Sent Events, one connection for all of a page.</summary>
public sealed class SharedEventStreamTests
{
    private const string Header = "X-GraphQL-Event-Stream-Token";

    [Fact]
    public async Task Operations_come_over_the_stream_that_was_reserved_until_they_are_ended()
    {
        await using var server = await LiveServer.StartAsync();
        var token = await server.ReserveAsync();
        Assert.Equal(HttpStatusCode.Accepted, await server.BeginAsync(token, "one", LiveServer.Document));
        using var events = await server.GetAsync("/graphql?token=" + token);
        Assert.Equal("next one 0", Told(await events.NextAsync()));
        Assert.Equal(HttpStatusCode.Accepted, await server.BeginAsync(token, "two", LiveServer.Document));
        Assert.Equal("next two 0", Told(await events.NextAsync()));
        Assert.Equal((1, 2), server.Counts);
        server.Commit();
        Assert.Equal(["next one 1", "next two 1"], new[] { Told(await events.NextAsync()), Told(await events.NextAsync()) }.Order());
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Delete, "/graphql?operationId=one", token));
        Assert.Equal((1, 1), server.Counts);
        server.Commit();
        Assert.Equal("next two 2", Told(await events.NextAsync()));
        Assert.Equal(HttpStatusCode.Accepted, await server.BeginAsync(token, "three", "{ __typename }"));
        Assert.Equal(("next", """{"id":"three","payload":{"data":{"__typename":"Query"}}}"""), await events.NextAsync());
        Assert.Equal(("complete", """{"id":"three"}"""), await events.NextAsync());
        events.Dispose();
        await server.AssertDesertedAsync();
        Assert.Equal(HttpStatusCode.NotFound, await server.BeginAsync(token, "four", LiveServer.Document));
    }

    [Fact]
    public async Task A_token_opens_one_stream()
    {
        await using var server = await LiveServer.StartAsync();
        var token = await server.ReserveAsync();
        using var first = await server.GetAsync("/graphql?token=" + token);
        using var second = await server.GetAsync("/graphql?token=" + token);
        using var unknown = await server.GetAsync("/graphql?token=0");
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.NotFound),
            (first.Response.StatusCode, second.Response.StatusCode, unknown.Response.StatusCode));
    }

    [Fact]
    public async Task What_cannot_be_begun_is_refused_to_the_one_who_asks()
    {
        await using var server = await LiveServer.StartAsync(new LiveOptions { MaximumPerConnection = 1 });
        var token = await server.ReserveAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await server.BeginAsync(token, "", LiveServer.Document));
        Assert.Equal(HttpStatusCode.BadRequest, await server.BeginAsync(token, new string('x', 257), LiveServer.Document));
        Assert.Equal(HttpStatusCode.NotFound, await server.BeginAsync("0", "one", LiveServer.Document));
        Assert.Equal(HttpStatusCode.BadRequest, await server.BeginAsync(token, "one", "subscription { nothing }"));
        Assert.Equal(
            HttpStatusCode.BadRequest, await server.BeginAsync(token, "one", """subscription { siteChanged(key: "nowhere") { version } }"""));
        Assert.Equal((1, 0), server.Counts);
        Assert.Equal(HttpStatusCode.Accepted, await server.BeginAsync(token, "one", LiveServer.Document));
        Assert.Equal(HttpStatusCode.Conflict, await server.BeginAsync(token, "one", LiveServer.Document));
        Assert.Equal(HttpStatusCode.TooManyRequests, await server.BeginAsync(token, "two", LiveServer.Document));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(server, HttpMethod.Delete, "/graphql", token));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(server, HttpMethod.Delete, "/graphql?operationId=one", "0"));
    }

    [Fact]
    public async Task Reservations_are_bounded()
    {
        await using var server = await LiveServer.StartAsync(new LiveOptions { Maximum = 1 });
        await server.ReserveAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, await SendAsync(server, HttpMethod.Put, "/graphql", token: null));
    }

    private static async Task<HttpStatusCode> SendAsync(LiveServer server, HttpMethod method, string address, string? token)
    {
        var request = new HttpRequestMessage(method, address);
        if (token is not null)
            request.Headers.Add(Header, token);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static string Told((string Name, string Data) told)
    {
        var data = JsonSerializer.Deserialize<JsonElement>(told.Data);
        return $"{told.Name} {data.GetProperty("id")} {data.GetProperty("payload").GetProperty("data").GetProperty("siteChanged").GetProperty("version")}";
    }
}
