using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Edge;
using StatsGraph.Tests.Server.Auth;

namespace StatsGraph.Tests.Server.Edge;

/// <summary>The headers that keep browsers in bounds are on every answer of every route, also where it refuses.</summary>
public sealed class HeaderTests(GuardedServer server) : IClassFixture<GuardedServer>
{
    private const string Html = "text/html,application/xhtml+xml,*/*;q=0.8";

    private static readonly (string Name, string Value)[] Everywhere =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ];

    [Fact]
    public async Task They_are_on_every_answer_of_every_route_to_everybody()
    {
        foreach (var (route, address, body, _) in RouteTests.Routes)
        {
            // Else the wrong tokens would soon be too many, and all answers the same one.
            server.Clock.Pass(FailedAttempts.Window);
            foreach (var token in new[] { null, GuardedServer.Wrong, server.Expired, server.Sender, server.OtherReader, server.Reader, server.Admin })
            {
                foreach (var accept in new[] { "*/*", Html, "image/png" })
                {
                    using var response = await SendAsync(route.Split(' ')[0], RouteTests.Of(address, SomeStation.Key), body, token, accept);
                    AssertBounded(response, $"{route} {accept}");
                }
            }
        }
    }

    [Theory]
    [InlineData("GET", "/nosuch", 404)]
    [InlineData("GET", "/graphql/nosuch.js", 404)]
    [InlineData("GET", "/graphql/service-worker.js", 404)]
    [InlineData("GET", "/graphql/persisted/nosuch", 404)]
    [InlineData("GET", "/reports/nosuch.csv", 404)]
    [InlineData("GET", "/graphql?query={nosuch}", 400)]
    [InlineData("PATCH", "/graphql", 405)]
    [InlineData("DELETE", "/", 405)]
    [InlineData("OPTIONS", "/graphql", 204)]
    [InlineData("HEAD", "/health/ready", 200)]
    [InlineData("GET", "/graphql/favicon.svg", 200)]
    [InlineData("GET", "/graphql/LICENSE", 200)]
    public async Task They_are_on_what_is_not_there_or_has_no_route(string method, string address, int status)
    {
        using var response = await SendAsync(method, address, null, server.Reader, "application/graphql-response+json, */*;q=0.5");
        Assert.Equal(status, (int)response.StatusCode);
        AssertBounded(response, address);
    }

    [Fact]
    public async Task They_are_on_an_answer_to_a_name_that_the_server_does_not_have()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        using var response = await server.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        AssertBounded(response, "host");
    }

    [Fact]
    public async Task They_are_on_what_is_not_changed_refused_for_its_body_or_too_often()
    {
        await using var limited = new GuardedServer(new ServerOptions { CallerLimits = new CallerLimits { RequestsPerMinute = 2 } });
        await limited.InitializeAsync();
        using var first = await limited.GetAsync("/graphql?query={__typename}", limited.Reader);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={__typename}");
        again.Headers.Authorization = new AuthenticationHeaderValue("Bearer", limited.Reader);
        again.Headers.Add("If-None-Match", first.Headers.ETag!.ToString());
        using var same = await limited.SendAsync(again);
        using var tooMany = await limited.GetAsync("/graphql?query={__typename}", limited.Reader);
        using var media = await SendAsync("POST", "/graphql", "{}", server.Reader, "*/*", "text/plain");
        using var tooLong = await SendAsync("POST", "/graphql", new string(' ', 300_000), server.Reader, "*/*");
        Assert.Equal([304, 429, 415, 413], new[] { same, tooMany, media, tooLong }.Select(answer => (int)answer.StatusCode));
        Assert.All(new[] { same, tooMany, media, tooLong }, answer => AssertBounded(answer, answer.StatusCode.ToString()));
    }

    [Fact]
    public async Task A_failure_that_nobody_expected_is_answered_with_them_and_without_its_cause()
    {
        using var station = new SomeStation();
        var options = new ServerOptions { Urls = "http://127.0.0.1:0", LogLevel = Microsoft.Extensions.Logging.LogLevel.None };
        await using var app = StatsGraphServer.Build(options, station.Store);
        app.MapGet("/fail", context =>
        {
            context.Response.Headers["X-Half"] = "done";
            throw new InvalidOperationException("secret " + context.Request.Path);
        });
        app.MapGet("/unreadable", context => throw new BadHttpRequestException("secret", StatusCodes.Status408RequestTimeout));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        foreach (var (address, status, code) in new[] { ("/fail", 500, "INTERNAL"), ("/unreadable", 408, "HC0009") })
        {
            using var response = await client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            var text = await GuardedServer.TextAsync(response);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Contains($"\"code\":\"{code}\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("X-Half"));
            AssertBounded(response, address);
        }
    }

    [Fact]
    public async Task What_kestrel_refuses_by_itself_tells_nothing_of_it()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Server.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\nBad header\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_dashboard_and_the_page_of_the_ide_and_its_workers_may_run_scripts()
    {
        using var ide = await SendAsync("GET", "/graphql/", null, server.Reader, Html);
        var script = Regex.Match(await GuardedServer.TextAsync(ide), "src=\"([^\"]+[.]js)\"").Groups[1].Value;
        foreach (var address in new[] { "/graphql/", "/graphql/index.html", "/graphql/" + script })
        {
            using var response = await SendAsync("GET", address, null, server.Reader, Html);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(
                "default-src 'none'; script-src 'self' 'unsafe-eval'; worker-src 'self'; connect-src 'self'; manifest-src 'self'; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                Of(response, "Content-Security-Policy"));
        }

        foreach (var address in new[] { "/dashboard.json", "/sign-in", "/graphql?sdl", "/graphql?query={__typename}", "/graphql/favicon.svg", "/graphql/bcp-config.json" })
        {
            using var response = await SendAsync("GET", address, null, server.Reader, "*/*");
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", Of(response, "Content-Security-Policy"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https", "stats.example.org", 30, "max-age=2592000")]
    [InlineData("https", "stats.example.org:8443", 365, "max-age=31536000")]
    [InlineData("https", "stats.example.org", 0, null)]
    [InlineData("http", "stats.example.org", 30, null)]
    [InlineData("https", "localhost:8443", 30, null)]
    [InlineData("https", "stats.localhost", 30, null)]
    [InlineData("https", "127.0.0.1", 30, null)]
    [InlineData("https", "[::1]:8443", 30, null)]
    public async Task Browsers_are_told_to_come_by_https_where_they_did_and_never_to_this_machine(string scheme, string host, int days, string? expected)
    {
        await using var behind = new GuardedServer(new ServerOptions { HstsDays = days, Proxies = [ProxyNetwork.Parse("127.0.0.1")] });
        await behind.InitializeAsync();
        foreach (var address in new[] { "/", "/graphql?query={__typename}", "/nosuch" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.Headers.Host = host;
            using var response = await behind.SendAsync(request);
            Assert.Equal(expected, Of(response, "Strict-Transport-Security"));
        }
    }

    /// <summary>The one value of a header; null without it.</summary>
    internal static string? Of(HttpResponseMessage response, string name)
        => response.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;

    private static void AssertBounded(HttpResponseMessage response, string what)
    {
        foreach (var (name, value) in Everywhere)
            Assert.True(Of(response, name) == value, $"{what}: {name} is {Of(response, name)}");
        Assert.True(Of(response, "Referrer-Policy") is "no-referrer" or "same-origin", what);
        var policy = Of(response, "Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.EndsWith("; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("; base-uri 'none'; form-action ", policy, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"), what);
        Assert.False(response.Headers.Contains("X-Powered-By"), what);
    }

    private Task<HttpResponseMessage> SendAsync(
        string method, string address, string? body, string? token, string accept, string contentType = "application/json")
        => server.SendAsync(
            new HttpMethod(method), address, token, accept,
            body is null ? null : new StringContent(RouteTests.Of(body, SomeStation.Key), Encoding.UTF8, contentType));
}
