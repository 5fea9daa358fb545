using System.Net;
using StatsGraph.Server;
using StatsGraph.Server.Auth;

namespace StatsGraph.Tests.Server.Live;

/// <summary>Who subscribes to what, on a server that asks for tokens, and that a token which ends takes its subscriptions with it.</summary>
public sealed class LiveCallerTests
{
    private const string Unknown = """[{"message":"There is no site 'none'.","extensions":{"code":"SITE_NOT_FOUND","value":"none"}}]""";

    private static readonly string Hidden = Unknown.Replace("none", "demo", StringComparison.Ordinal);

    [Fact]
    public async Task To_one_who_may_not_read_a_site_it_is_as_one_that_never_was()
    {
        await using var server = await StartAsync();
        var token = server.Add(TokenScope.Read, "other");
        using var client = await server.ConnectAsync();
        await client.BeginAsync(token);
        await client.SubscribeAsync("a", LiveServer.Document);
        Assert.Equal($$"""{"id":"a","type":"error","payload":{{Hidden}}}""", await client.HearAsync());
        await client.SubscribeAsync("a", LiveServer.Document.Replace("demo", "none", StringComparison.Ordinal));
        Assert.Equal($$"""{"id":"a","type":"error","payload":{{Unknown}}}""", await client.HearAsync());
        using var events = await server.SubscribeAsync(token: token);
        Assert.Equal(("next", $$"""{"errors":{{Hidden}}}"""), await events.NextAsync());
    }

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("authorization", "bearer ")]
    [InlineData("token", "")]
    public async Task A_token_in_the_first_message_of_a_socket_is_that_of_its_holder(string name, string before)
    {
        await using var server = await StartAsync();
        using var client = await server.ConnectAsync();
        await client.SayAsync($$$"""{"type":"connection_init","payload":{"{{{name}}}":"{{{before}}}{{{server.Add(TokenScope.Read, "demo")}}}"}}""");
        Assert.Equal("""{"type":"connection_ack"}""", await client.HearAsync());
        await client.SubscribeAsync("a", """subscription { siteChanged(key: "demo") { site { key } } }""");
        Assert.Equal("""{"id":"a","type":"next","payload":{"data":{"siteChanged":{"site":{"key":"demo"}}}}}""", await client.HearAsync());
    }

    [Fact]
    public async Task A_socket_without_a_token_or_with_one_that_reads_nothing_is_closed()
    {
        await using var server = await StartAsync();
        var revoked = server.Add(TokenScope.Read, "demo");
        server.Revoke(revoked);
        Assert.Equal("4401 Unauthorized", await CloseAsync(server, "{}"));
        Assert.Equal("4401 Unauthorized", await CloseAsync(server, "null"));
        Assert.Equal("4403 Forbidden", await CloseAsync(server, $$"""{"token":"{{Auth.GuardedServer.Wrong}}"}"""));
        Assert.Equal("4403 Forbidden", await CloseAsync(server, $$"""{"token":"{{revoked}}"}"""));
        Assert.Equal("4403 Forbidden", await CloseAsync(server, $$"""{"token":"{{server.Add(TokenScope.Ingest, "demo")}}"}"""));
        for (var attempt = 1; attempt < FailedAttempts.Allowed; attempt++)
            await CloseAsync(server, """{"token":"guess"}""");
        Assert.Equal(
            "4403 Forbidden: too many wrong tokens came from this address, try again in 60 s",
            await CloseAsync(server, $$"""{"token":"{{server.Add(TokenScope.Read)}}"}"""));
        using var early = await server.ConnectAsync();
        await early.SubscribeAsync("a", LiveServer.Document);
        Assert.Equal("4401 Unauthorized", await early.HearAsync());
    }

    [Fact]
    public async Task Sites_that_are_public_are_told_of_without_a_token_and_no_others()
    {
        await using var server = await StartAsync(new ServerOptions { PublicSites = ["demo"] });
        server.Commit("other");
        using var client = await server.ConnectAsync();
        await client.BeginAsync();
        await client.SubscribeAsync("a", """subscription { siteChanged(key: "demo") { site { key } } }""");
        Assert.Equal("""{"id":"a","type":"next","payload":{"data":{"siteChanged":{"site":{"key":"demo"}}}}}""", await client.HearAsync());
        await client.SubscribeAsync("b", LiveServer.Document.Replace("demo", "other", StringComparison.Ordinal));
        Assert.Contains("There is no site 'other'.", await client.HearAsync(), StringComparison.Ordinal);
        using var events = await server.SubscribeAsync();
        await events.StateAsync();
        server.Commit();
        Assert.Equal("2026-11-22T12:00:00Z", (await events.StateAsync()).GetProperty("dataThrough").GetString());
    }

    [Fact]
    public async Task Only_the_route_of_sockets_lets_them_in_before_they_say_who_they_are()
    {
        await using var server = await StartAsync();
        foreach (var (address, status) in new[] { ("graphql", HttpStatusCode.SwitchingProtocols), ("graphql/schema.graphql", HttpStatusCode.Unauthorized) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/" + address);
            foreach (var (name, value) in SomeErrors.Handshake)
                request.Headers.TryAddWithoutValidation(name, value);
            using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal(status, response.StatusCode);
        }
    }

    /// <summary>A page of the same domain has the cookie sent, from whatever port, though CORS would not let it read what that shows.</summary>
    [Theory]
    [InlineData("own", """{"type":"connection_ack"}""")]
    [InlineData("https://radio.example.org", "4401 Unauthorized")]
    [InlineData("https://other.example", "403")]
    public async Task A_cookie_counts_for_pages_of_the_server_alone(string origin, string heard)
    {
        await using var server = await StartAsync(new ServerOptions { Cors = ["https://radio.example.org"] });
        var own = server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var cookie = $"{Credentials.CookieName}={server.Add(TokenScope.Read, "demo")}";
        var asked = SocketClient.ConnectAsync(server.Client.BaseAddress!, SocketClient.Current, ("Origin", origin == "own" ? own : origin), ("Cookie", cookie));
        if (heard == "403")
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<HttpRequestException>(() => asked)).StatusCode);
            return;
        }

        using var client = await asked;
        await client.SayAsync("""{"type":"connection_init"}""");
        Assert.Equal(heard, await client.HearAsync());
    }

    [Fact]
    public async Task What_not_all_sites_are_shown_to_is_told_no_version_that_counts_their_commits()
    {
        await using var server = await StartAsync();
        const string Version = """subscription { siteChanged(key: "demo") { version } }""";
        using var one = await server.SubscribeAsync(Version, token: server.Add(TokenScope.Read, "demo"));
        using var all = await server.SubscribeAsync(Version, token: server.Add(TokenScope.Read));
        Assert.Equal(("""{"version":null}""", """{"version":0}"""), ((await one.StateAsync()).GetRawText(), (await all.StateAsync()).GetRawText()));
        server.Commit();
        Assert.Equal(("""{"version":null}""", """{"version":1}"""), ((await one.StateAsync()).GetRawText(), (await all.StateAsync()).GetRawText()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_that_ends_ends_its_subscriptions_and_no_others(bool expires)
    {
        await using var server = await StartAsync();
        var (token, other) = (server.Add(TokenScope.Read, "demo", expires ? TimeSpan.FromHours(1) : null), server.Add(TokenScope.Read, "demo"));
        using var events = await server.SubscribeAsync(token: token);
        using var stays = await server.SubscribeAsync(token: other);
        using var client = await server.ConnectAsync();
        await client.BeginAsync(token);
        await client.SubscribeAsync("a", LiveServer.Document);
        await client.HearAsync();
        var stream = await server.ReserveAsync(token);
        await server.BeginAsync(stream, "b", LiveServer.Document, token);
        using var shared = await server.GetAsync("/graphql?token=" + stream, token);
        await shared.NextAsync();
        await events.StateAsync();
        await stays.StateAsync();

        if (expires)
            server.Clock.Pass(TimeSpan.FromHours(1));
        else
            server.Revoke(token);
        const string Error = """[{"message":"The token of this subscription has expired, was revoked or is for other sites now.","extensions":{"code":"AUTH_NOT_AUTHENTICATED"}}]""";
        Assert.Equal("AUTH_NOT_AUTHENTICATED", await events.FaultAsync());
        Assert.Equal($$"""{"id":"a","type":"error","payload":{{Error}}}""", await client.HearAsync());
        Assert.Equal("4403 Forbidden: the token has expired, was revoked or is for other sites now", await client.HearAsync());
        Assert.Equal(("next", $$$"""{"id":"b","payload":{"errors":{{{Error}}}}}"""), await shared.NextAsync());
        Assert.Equal(("complete", """{"id":"b"}"""), await shared.NextAsync());
        Assert.Equal(("", ""), await shared.NextAsync());
        server.Commit();
        Assert.Equal("2026-11-22T12:00:00Z", (await stays.StateAsync()).GetProperty("dataThrough").GetString());
        client.Dispose();
        await server.AssertDesertedAsync(connections: 1, subscriptions: 1);
    }

    [Fact]
    public async Task Nothing_that_comes_after_a_token_is_revoked_is_told_to_its_holder()
    {
        await using var server = await StartAsync();
        for (var round = 0; round < 5; round++)
        {
            var token = server.Add(TokenScope.Read, "demo");
            using var events = await server.SubscribeAsync(token: token);
            await events.StateAsync();
            server.Revoke(token);
            server.Commit();
            Assert.Equal("AUTH_NOT_AUTHENTICATED", await events.FaultAsync());
        }
    }

    [Fact]
    public async Task What_lasts_takes_no_place_of_a_request_and_each_holder_has_places_of_their_own()
    {
        await using var server = await StartAsync(
            new ServerOptions { CallerLimits = new CallerLimits { RequestsAtOnce = 1 } },
            new LiveOptions { Interval = TimeSpan.FromMilliseconds(1), MaximumPerCaller = 4 });
        var token = server.Add(TokenScope.Read, "demo");
        using var one = await server.SubscribeAsync(token: token);
        await one.StateAsync();
        using var two = await server.SubscribeAsync(token: token);
        await two.StateAsync();
        using var shared = await server.GetAsync("/graphql?token=" + await server.ReserveAsync(token), token);
        using var socket = await server.ConnectAsync();
        await socket.BeginAsync(token);
        await socket.SubscribeAsync("a", LiveServer.Document);
        await socket.HearAsync();
        await socket.SubscribeAsync("b", LiveServer.Document);
        await socket.HearAsync();
        await socket.SubscribeAsync("c", LiveServer.Document);
        Assert.Contains("\"type\":\"error\",\"payload\":[{\"message\":\"There are 4 subscriptions or connections for them already", await socket.HearAsync(), StringComparison.Ordinal);
        using var query = LiveServer.Post(new { query = "{ __typename }" }, "application/json", token);
        using var answer = await server.Client.SendAsync(query, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var others = await server.SubscribeAsync(token: server.Add(TokenScope.Read, "demo"));
        await others.StateAsync();
    }

    [Fact]
    public async Task Each_operation_on_a_socket_counts_as_a_request()
    {
        await using var server = await StartAsync(new ServerOptions { CallerLimits = new CallerLimits { RequestsPerMinute = 2 } });
        using var client = await server.ConnectAsync();
        await client.BeginAsync(server.Add(TokenScope.Read, "demo"));
        foreach (var id in new[] { "a", "b" })
        {
            await client.SubscribeAsync(id, LiveServer.Document);
            Assert.StartsWith($$"""{"id":"{{id}}","type":"next",""", await client.HearAsync(), StringComparison.Ordinal);
        }

        await client.SubscribeAsync("c", LiveServer.Document);
        Assert.Equal(
            """{"id":"c","type":"error","payload":[{"message":"These are too many requests in a short time, or at once.","extensions":{"code":"TOO_MANY_REQUESTS"}}]}""",
            await client.HearAsync());
    }

    [Fact]
    public async Task Events_are_computed_at_the_cost_of_those_who_subscribe()
    {
        await using var server = await StartAsync(new ServerOptions { CallerLimits = new CallerLimits { CostPerMinute = 1 } });
        var token = server.Add(TokenScope.Read, "demo");
        using var first = await server.SubscribeAsync(token: token);
        await first.StateAsync();
        using var same = await server.SubscribeAsync(token: token);
        await same.StateAsync();
        using var another = await server.SubscribeAsync("""subscription { siteChanged(key: "demo") { dataThrough } }""", token: token);
        Assert.Equal("TOO_MUCH_COST", await another.FaultAsync());

        // Who comes later and has not had anything yet pays for the event of all.
        server.Commit();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        using var rich = await server.SubscribeAsync(token: server.Add(TokenScope.Read, "demo"));
        foreach (var events in new[] { rich, first, same })
            Assert.Equal("2026-11-22T12:00:00Z", (await events.StateAsync()).GetProperty("dataThrough").GetString());
    }

    private static Task<LiveServer> StartAsync(ServerOptions? options = null, LiveOptions? live = null)
        => LiveServer.StartAsync(live, (options ?? new ServerOptions()) with { Access = AccessMode.Tokens });

    private static async Task<string> CloseAsync(LiveServer server, string payload)
    {
        using var client = await server.ConnectAsync();
        await client.SayAsync($$"""{"type":"connection_init","payload":{{payload}}}""");
        return await client.HearAsync();
    }
}
