using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using StatsGraph.Server;
using StatsGraph.Server.Live;

namespace StatsGraph.Tests.Server.Live;

/// <summary>Subscriptions over WebSockets, by graphql-transport-ws.</summary>
public sealed class SocketTests
{
    private const string Version = """subscription { siteChanged(key: "demo") { version } }""";

    [Fact]
    public async Task The_state_comes_at_once_and_each_change_until_the_operation_is_completed()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = await server.ConnectAsync();
        Assert.Equal("graphql-transport-ws", client.Protocol);
        await client.BeginAsync();
        await client.SubscribeAsync("a", Version);
        Assert.Equal("""{"id":"a","type":"next","payload":{"data":{"siteChanged":{"version":0}}}}""", await client.HearAsync());
        server.Commit();
        Assert.Equal("""{"id":"a","type":"next","payload":{"data":{"siteChanged":{"version":1}}}}""", await client.HearAsync());
        await client.SayAsync("""{"type":"complete","id":"a"}""");
        await client.SayAsync("""{"type":"ping","payload":{"a":1}}""");
        Assert.Equal("""{"type":"pong","payload":{"a":1}}""", await client.HearAsync());
        Assert.Equal((1, 0), server.Counts);
        server.Commit();
        await client.SubscribeAsync("a", Version);
        Assert.Equal("""{"id":"a","type":"next","payload":{"data":{"siteChanged":{"version":2}}}}""", await client.HearAsync());
        client.Dispose();
        await server.AssertDesertedAsync();
    }

    [Fact]
    public async Task A_query_is_answered_and_complete()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = await server.ConnectAsync();
        await client.BeginAsync();
        await client.SubscribeAsync("q", "{ __typename }");
        Assert.Equal("""{"id":"q","type":"next","payload":{"data":{"__typename":"Query"}}}""", await client.HearAsync());
        Assert.Equal("""{"id":"q","type":"complete"}""", await client.HearAsync());
    }

    [Theory]
    [InlineData("subscription { nothing }", "FIELDS_ON_CORRECT_TYPE")]
    [InlineData("subscription { siteChanged(key: \"nowhere\") { version } }", "SITE_NOT_FOUND")]
    [InlineData("{ nothing }", "FIELDS_ON_CORRECT_TYPE")]
    [InlineData("mutation { __typename }", "OPERATION_NOT_SUPPORTED")]
    public async Task What_is_not_executed_is_an_error_and_its_name_is_free_again(string document, string code)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = await server.ConnectAsync();
        await client.BeginAsync();
        for (var time = 0; time < 2; time++)
        {
            await client.SubscribeAsync("x", document);
            var told = await client.HearAsync();
            Assert.StartsWith("""{"id":"x","type":"error","payload":[{"message":""", told, StringComparison.Ordinal);
            Assert.Contains($"\"code\":\"{code}\"", told, StringComparison.Ordinal);
        }

        Assert.Equal((1, 0), server.Counts);
    }

    [Theory]
    [InlineData("4400 A message is a JSON object with a 'type'.", "no json")]
    [InlineData("4400 A message is a JSON object with a 'type'.", "[]")]
    [InlineData("4400 A message is a JSON object with a 'type'.", """{"type":1}""")]
    [InlineData("4400 A message is a JSON object with a 'type'.", """{"type":"ping","type":"ping"}""")]
    [InlineData("4400 'type' is none of connection_init, subscribe, complete, ping and pong.", """{"type":"start"}""")]
    [InlineData("4400 'payload' is no object.", """{"type":"connection_init","payload":"a"}""")]
    [InlineData("4400 'id' is no text of 1 to 256 characters.", """{"type":"subscribe","payload":{"query":"{ __typename }"}}""")]
    [InlineData("4401 Unauthorized", """{"type":"subscribe","id":"a","payload":{"query":"{ __typename }"}}""")]
    [InlineData("4429 Too many initialisation requests", """{"type":"connection_init"}""", """{"type":"connection_init"}""")]
    [InlineData("4400 A 'subscribe' has a 'payload'.", """{"type":"connection_init"}""", """{"type":"subscribe","id":"a"}""")]
    [InlineData("4400 'query' is missing; expected a GraphQL document, or the 'id' of a saved one.", """{"type":"connection_init"}""", """{"type":"subscribe","id":"a","payload":{}}""")]
    [InlineData("4400 'query' is no string.", """{"type":"connection_init"}""", """{"type":"subscribe","id":"a","payload":{"query":1}}""")]
    public async Task A_breach_of_the_protocol_closes_with_its_code(string close, params string[] messages)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = await server.ConnectAsync();
        foreach (var message in messages)
            await client.SayAsync(message);
        var told = await client.HearAsync();
        Assert.Equal(close, messages.Length == 1 ? told : told == """{"type":"connection_ack"}""" ? await client.HearAsync() : told);
        client.Dispose();
        await server.AssertDesertedAsync();
    }

    [Fact]
    public async Task A_name_is_of_one_operation_at_a_time()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = await server.ConnectAsync();
        await client.BeginAsync();
        await client.SubscribeAsync("a", Version);
        await client.HearAsync();
        await client.SubscribeAsync("a", Version);
        Assert.Equal("4409 Subscriber for a already exists", await client.HearAsync());
        await server.AssertDesertedAsync();
    }

    [Fact]
    public async Task Messages_are_text_of_a_bounded_length()
    {
        await using var server = await LiveServer.StartAsync();
        using var binary = await server.ConnectAsync();
        await binary.SendAsync(Encoding.UTF8.GetBytes("""{"type":"ping"}"""), WebSocketMessageType.Binary);
        Assert.Equal("4400 Messages are text.", await binary.HearAsync());
        using var huge = await server.ConnectAsync();
        await huge.SayAsync("""{"type":"ping","payload":{"a":"~"}}""".Replace("~", new string('a', 256 * 1024), StringComparison.Ordinal));
        Assert.Equal("1009 A message is longer than 262144 bytes (Server:Limits:MaximumBytes)", await huge.HearAsync());
    }

    [Fact]
    public async Task Who_does_not_begin_in_time_is_closed()
    {
        await using var server = await LiveServer.StartAsync(new LiveOptions { InitTimeout = TimeSpan.FromMilliseconds(200) });
        using var client = await server.ConnectAsync();
        Assert.Equal("4408 Connection initialisation timeout", await client.HearAsync());
        using var other = await server.ConnectAsync();
        await other.BeginAsync();
        await Task.Delay(400, TestContext.Current.CancellationToken);
        await other.SubscribeAsync("q", "{ __typename }");
        Assert.Contains("next", await other.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_silent_is_pinged_and_given_up_without_an_answer()
    {
        await using var server = await LiveServer.StartAsync(new LiveOptions { KeepAlive = TimeSpan.FromMilliseconds(200) });
        using var client = await server.ConnectAsync();
        await client.BeginAsync();
        for (var pings = 0; pings < 6; pings++)
        {
            Assert.Equal("""{"type":"ping"}""", await client.HearAsync());
            await client.SayAsync("""{"type":"pong"}""");
        }

        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while (true)
                Assert.Equal("""{"type":"ping"}""", await client.HearAsync());
        });
        await server.AssertDesertedAsync();
    }

    [Fact]
    public async Task A_connection_has_so_many_operations()
    {
        await using var server = await LiveServer.StartAsync(new LiveOptions { MaximumPerConnection = 2 });
        using var client = await server.ConnectAsync();
        await client.BeginAsync();
        foreach (var id in new[] { "a", "b", "c" })
            await client.SubscribeAsync(id, Version);
        string[] told = [await client.HearAsync(), await client.HearAsync(), await client.HearAsync()];
        Assert.Contains(
            """{"id":"c","type":"error","payload":[{"message":"There are 2 subscriptions or connections for them already, which are the most that are allowed (settings Server:Live:Maximum*).","extensions":{"code":"TOO_MANY_SUBSCRIPTIONS","limit":2}}]}""",
            told);
    }

    [Theory]
    [InlineData("none", "https://other.example", HttpStatusCode.Forbidden)]
    [InlineData("none", "null", HttpStatusCode.Forbidden)]
    [InlineData("none", "http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("none", "own", HttpStatusCode.SwitchingProtocols)]
    [InlineData("none", null, HttpStatusCode.SwitchingProtocols)]
    [InlineData("https://radio.example.org", "https://radio.example.org", HttpStatusCode.SwitchingProtocols)]
    [InlineData("https://radio.example.org", "https://other.example", HttpStatusCode.Forbidden)]
    [InlineData("*", "https://other.example", HttpStatusCode.SwitchingProtocols)]
    public async Task Pages_of_other_sites_open_no_socket_unless_they_are_allowed(string configured, string? origin, HttpStatusCode status)
    {
        await using var server = await LiveServer.StartAsync(options: new ServerOptions { Cors = configured == "none" ? [] : [configured] });
        var asked = server.ConnectAsync(origin: origin == "own" ? server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin);
        if (status == HttpStatusCode.SwitchingProtocols)
            (await asked).Dispose();
        else
            Assert.Equal(status, (await Assert.ThrowsAsync<HttpRequestException>(() => asked)).StatusCode);
    }

    [Fact]
    public async Task Another_protocol_is_not_spoken()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = await server.ConnectAsync(protocol: "");
        Assert.Equal("4406 Subprotocol not acceptable", await client.HearAsync());
    }

    [Fact]
    public async Task Connections_are_bounded_before_they_are_open()
    {
        await using var server = await LiveServer.StartAsync(new LiveOptions { Maximum = 1 });
        using var client = await server.ConnectAsync();
        Assert.Equal(
            HttpStatusCode.TooManyRequests, (await Assert.ThrowsAsync<HttpRequestException>(() => server.ConnectAsync())).StatusCode);
    }

    [Fact]
    public async Task A_server_that_stops_goes_away()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = await server.ConnectAsync();
        await client.BeginAsync();
        await client.SubscribeAsync("a", Version);
        await client.HearAsync();
        var stopping = server.Running.StopAsync();
        Assert.Equal("1001 The server stops", await client.HearAsync());
        client.Dispose();
        await stopping;
    }

    [Fact]
    public async Task Who_comes_back_while_the_server_stops_is_turned_away()
    {
        await using var server = await LiveServer.StartAsync();
        server.Running.Services.GetRequiredService<LiveConnections>().Stop();
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable, (await Assert.ThrowsAsync<HttpRequestException>(() => server.ConnectAsync())).StatusCode);
        using var events = await server.SubscribeAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, events.Response.StatusCode);
        Assert.NotNull(events.Response.Headers.RetryAfter);
        Assert.Contains("SERVER_STOPPING", await events.Response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await server.AssertDesertedAsync();
    }
}
