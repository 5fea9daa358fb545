using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using StatsGraph.Server;
using StatsGraph.Server.Auth;

namespace StatsGraph.Tests.Server.Auth;

/// <summary>Who is let in, how often, and what is said to those who are not.</summary>
public sealed class AdmissionTests
{
    private const string Address = "/graphql?query={__typename}";

    [Fact]
    public async Task After_too_many_guesses_nothing_from_that_address_is_looked_at_until_a_minute_is_over()
    {
        await using var server = new GuardedServer();
        await server.InitializeAsync();
        for (var i = 0; i < FailedAttempts.Allowed; i++)
        {
            using var guess = await server.GetAsync(Address, GuardedServer.Wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, guess.StatusCode);
        }

        foreach (var token in new[] { GuardedServer.Wrong, server.Reader })
        {
            using var refused = await server.GetAsync(Address, token);
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(1)), (refused.StatusCode, refused.Headers.RetryAfter!.Delta));
            Assert.Contains("\"code\":\"AUTH_TOO_MANY_ATTEMPTS\"", await GuardedServer.TextAsync(refused), StringComparison.Ordinal);
        }

        using var form = await server.SendAsync(
            HttpMethod.Post, "/sign-in", content: new FormUrlEncodedContent([new("token", server.Reader)]));
        Assert.Equal((HttpStatusCode.TooManyRequests, false), (form.StatusCode, form.Headers.Contains("Set-Cookie")));
        using var open = await server.GetAsync("/health/live", server.Reader);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);

        server.Clock.Pass(FailedAttempts.Window);
        using var right = await server.GetAsync(Address, server.Reader);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Who_has_had_too_much_computed_waits_and_still_gets_what_is_known()
    {
        await using var server = new GuardedServer(new ServerOptions { CallerLimits = new CallerLimits { CostPerMinute = 10 } });
        await server.InitializeAsync();
        var (reader, other) = (server.Reader, server.Add(TokenScope.Read, SomeStation.Key));
        const string Known = "/reports/countries.csv?site=demo&month=2026-10";
        const string Unknown = "/reports/countries.csv?site=demo&month=2026-09";
        using var first = await server.GetAsync(Known, reader);
        using var again = await server.GetAsync(Known, reader);
        using var refused = await server.GetAsync(Unknown, reader);
        using var others = await server.GetAsync(Unknown, other);
        using var shared = await server.GetAsync(Unknown, reader);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.OK],
            [first.StatusCode, again.StatusCode, refused.StatusCode, others.StatusCode, shared.StatusCode]);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("\"code\":\"TOO_MUCH_COST\"", await GuardedServer.TextAsync(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_may_not_have_computed_is_not_refused_to_another_who_asked_at_the_same_time()
    {
        await using var server = new GuardedServer(new ServerOptions { CallerLimits = new CallerLimits { CostPerMinute = 10 }, AnswerCacheBytes = 0 });
        await server.InitializeAsync();
        const string Address = "/reports/countries.csv?site=demo&month=2026-10";
        using var spent = await server.GetAsync(Address, server.Reader);
        var tokens = Enumerable.Range(0, 8).Select(_ => server.Add(TokenScope.Read, SomeStation.Key)).ToList();
        var asked = tokens.ConvertAll(token => (Refused: server.GetAsync(Address, server.Reader), Answered: server.GetAsync(Address, token)));
        foreach (var (refused, answered) in asked)
        {
            using var one = await refused;
            using var other = await answered;
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }
    }

    [Fact]
    public async Task Who_shows_a_token_that_has_ended_does_not_guess()
    {
        await using var server = new GuardedServer();
        await server.InitializeAsync();
        for (var i = 0; i < 2 * FailedAttempts.Allowed; i++)
        {
            using var ended = await server.GetAsync(Address, i % 2 == 0 ? server.Expired : server.Revoked);
            Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
        }

        using var right = await server.GetAsync(Address, server.Reader);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Requests_over_the_limit_are_told_when_to_come_again_and_cost_nobody_else_anything()
    {
        await using var server = new GuardedServer(new ServerOptions { PublicSites = ["demo"], CallerLimits = new CallerLimits { RequestsPerMinute = 3 } });
        await server.InitializeAsync();
        foreach (var token in new[] { server.Reader, null })
        {
            for (var i = 0; i < 3; i++)
            {
                using var answered = await server.GetAsync(Address, token);
                Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
            }

            using var refused = await server.GetAsync(Address, token);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.Contains("\"code\":\"TOO_MANY_REQUESTS\"", await GuardedServer.TextAsync(refused), StringComparison.Ordinal);
            using var health = await server.GetAsync("/health/live", token);
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        }

        using var other = await server.GetAsync(Address, server.Admin);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("x-forwarded-for", "")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Real-IP", "192.0.2.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task An_open_server_refuses_what_came_through_a_proxy(string header, string value)
    {
        await using var server = new RunningServer(new SomeStation(), new ServerOptions { CallerLimits = new CallerLimits { RequestsPerMinute = 1 } });
        await server.InitializeAsync();
        foreach (var address in new[] { Address, "/", "/health/ready" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation(header, value);
            using var refused = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("\"code\":\"PROXY_UNKNOWN\"", await GuardedServer.TextAsync(refused), StringComparison.Ordinal);

            // Limits are off, a token is ignored, and nobody has to sign in.
            using var direct = await server.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, direct.StatusCode);
            Assert.DoesNotContain("sign-in", await GuardedServer.TextAsync(direct), StringComparison.Ordinal);
        }

        await using var behind = new RunningServer(new SomeStation(), new ServerOptions { Access = AccessMode.Open, Proxies = [IPNetwork.Parse("127.0.0.1/32")] });
        await behind.InitializeAsync();
        using var passed = new HttpRequestMessage(HttpMethod.Get, Address);
        passed.Headers.TryAddWithoutValidation(header, value);
        using var answered = await behind.Client.SendAsync(passed, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task A_socket_may_say_who_it_is_in_its_first_message_and_a_route_that_says_nothing_needs_a_token()
    {
        using var some = new SomeTokens();
        var access = new TokenAccess(
            some.Open(), SiteSet.None, new FailedAttempts(some.Clock), new CallerLimiter(new CallerLimits()), some.Log);
        var (record, token) = some.Folder.Add(TokenScope.Read, ["radio"], null, null);
        await using var app = Build(access);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(app.Urls.Single());

        Assert.Equal(record.Id, await GreetAsync(address, token));
        Assert.Equal("anonymous", await GreetAsync(address, GuardedServer.Wrong));
        using var client = new HttpClient { BaseAddress = address };
        foreach (var (path, shown, status) in new[]
        {
            ("/socket", null, HttpStatusCode.Unauthorized), ("/socket", token, HttpStatusCode.OK),
            ("/plain", null, HttpStatusCode.Unauthorized), ("/plain", token, HttpStatusCode.OK),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (shown is not null)
                request.Headers.Authorization = new("Bearer", shown);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode == status, path);
        }

        for (var i = 0; i < FailedAttempts.Allowed; i++)
            await GreetAsync(address, GuardedServer.Wrong);
        Assert.Equal("wait", await GreetAsync(address, token));
        Assert.StartsWith("20 wrong tokens came from one address within a minute", Assert.Single(some.Log), StringComparison.Ordinal);
    }

    /// <summary>A server with a route for sockets and one that says of no right that it needs.</summary>
    private static WebApplication Build(TokenAccess access)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseWebSockets();
        app.UseRouting();
        app.Use(access.AdmitAsync);
        app.MapGet("/plain", () => "plain");
        app.MapGet("/socket", async context =>
        {
            if (!context.WebSockets.IsWebSocketRequest)
                return;
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1_024];
            var first = await socket.ReceiveAsync(buffer, context.RequestAborted);
            var state = access.Check(context, Encoding.UTF8.GetString(buffer, 0, first.Count), out var caller, out _);
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(state is null ? "wait" : caller.Name), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        }).Needs(Right.Read).MayTakeWebSockets();
        return app;
    }

    private static async Task<string> GreetAsync(Uri server, string token)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Authority}/socket"), TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.UTF8.GetBytes(token), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        var buffer = new byte[1_024];
        var answer = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, answer.Count);
    }
}
