using System.Net;
using System.Net.Http.Headers;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Edge;
using StatsGraph.Tests.Server.Auth;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Edge;

/// <summary>Limits by address hold for the real one: nobody gets out of them, or others into them, by what he says of himself.</summary>
public sealed class ThrottleTests
{
    private const string Proxy = "127.0.0.9";
    private const string Victim = "203.0.113.7";
    private const string Address = "/graphql?query={__typename}";

    [Fact]
    public async Task Guesses_through_a_proxy_hold_up_the_one_who_guesses_and_no_other()
    {
        await using var server = await StartAsync(new ServerOptions());
        using var proxy = SomeClient.From(Proxy, server.Server.Client.BaseAddress!);
        for (var i = 0; i < FailedAttempts.Allowed; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(proxy, GuardedServer.Wrong, $"198.51.100.{i}, {Victim}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(proxy, server.Reader, Victim));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(proxy, server.Reader, "192.0.2.1, " + Victim));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(proxy, server.Reader, "203.0.113.8"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(proxy, server.Reader, Victim + ", 203.0.113.8"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(proxy, server.Reader, null));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server.Server.Client, server.Reader, Victim));
    }

    [Fact]
    public async Task A_stranger_neither_escapes_by_the_header_nor_frames_another()
    {
        await using var server = await StartAsync(new ServerOptions());
        using var stranger = SomeClient.From("127.0.0.2", server.Server.Client.BaseAddress!);
        using var proxy = SomeClient.From(Proxy, server.Server.Client.BaseAddress!);
        for (var i = 0; i < FailedAttempts.Allowed; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(stranger, GuardedServer.Wrong, i % 2 == 0 ? Victim : $"198.51.100.{i}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(stranger, server.Reader, "198.51.100.99"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(stranger, server.Reader, null));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(proxy, server.Reader, Victim));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server.Server.Client, server.Reader, null));
    }

    [Fact]
    public async Task Requests_without_a_token_count_for_the_address_that_the_proxy_tells()
    {
        await using var server = await StartAsync(new ServerOptions { Public = true, CallerLimits = new CallerLimits { RequestsPerMinute = 3 } });
        using var proxy = SomeClient.From(Proxy, server.Server.Client.BaseAddress!);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, await AskAsync(proxy, null, Victim));

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(proxy, null, "198.51.100.1, " + Victim));

        // Addresses share places, so that one in so many may meet the one that is used up.
        var others = new List<HttpStatusCode>();
        foreach (var other in new[] { "203.0.113.8", "203.0.113.9", "2001:db8::1" })
            others.Add(await AskAsync(proxy, null, other));
        Assert.Contains(HttpStatusCode.OK, others);
    }

    private static async Task<GuardedServer> StartAsync(ServerOptions options)
    {
        var server = new GuardedServer(options with { Proxies = [ProxyNetwork.Parse(Proxy)] });
        await server.InitializeAsync();
        return server;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string? token, string? forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (forwardedFor is not null)
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
