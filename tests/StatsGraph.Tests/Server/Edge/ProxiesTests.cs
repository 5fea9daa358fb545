using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using StatsGraph.Server.Edge;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Edge;

/// <summary>Who is believed of whom a request comes from. The requests come over real connections, from addresses of this machine.</summary>
public sealed class ProxiesTests
{
    [Theory]
    [InlineData("", "203.0.113.7", "127.0.0.1")]
    [InlineData("127.0.0.9", "203.0.113.7", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "203.0.113.7", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.0/8", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "127.0.0.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1 10.0.0.0/8", "203.0.113.7, 10.1.1.1, 10.2.2.2", "203.0.113.7")]
    [InlineData("127.0.0.1 10.0.0.0/8", "10.9.9.9, 203.0.113.7, 10.1.1.1, 10.2.2.2", "203.0.113.7")]
    [InlineData("127.0.0.1 10.0.0.0/8", "203.0.113.7, unknown, 10.2.2.2", "10.2.2.2")]
    [InlineData("127.0.0.1", "unknown", "127.0.0.1")]
    [InlineData("127.0.0.1", "2001:db8::7", "2001:db8::7")]
    [InlineData("127.0.0.1", "203.0.113.7:4711", "203.0.113.7")]
    [InlineData("127.0.0.1", "", "127.0.0.1")]
    public async Task The_client_is_the_last_address_that_no_known_proxy_has(string known, string forwardedFor, string client)
    {
        await using var seen = await Seen.StartAsync("http://127.0.0.1:0", known);
        Assert.Equal(client, (await seen.AskAsync("/", "X-Forwarded-For: " + forwardedFor)).Split(' ')[0]);
    }

    [Fact]
    public async Task A_proxy_is_known_on_a_socket_of_both_families_too()
    {
        await using var seen = await Seen.StartAsync("http://[::]:0", "127.0.0.1");
        Assert.Equal("203.0.113.7", (await seen.AskAsync("/", "X-Forwarded-For: 203.0.113.7")).Split(' ')[0]);
        Assert.Equal("::ffff:127.0.0.2", (await seen.AskFromAsync("127.0.0.2", "/", "X-Forwarded-For: 203.0.113.7")).Split(' ')[0]);
    }

    [Theory]
    [InlineData("127.0.0.1", "https stats.example.org /stats /graphql")]
    [InlineData("127.0.0.9", "http localhost - /graphql")]
    [InlineData("", "http localhost - /graphql")]
    public async Task Scheme_host_and_prefix_are_believed_of_known_proxies_alone(string known, string expected)
    {
        await using var seen = await Seen.StartAsync("http://127.0.0.1:0", known);
        var answer = await seen.AskAsync(
            "/graphql", "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https", "X-Forwarded-Host: stats.example.org", "X-Forwarded-Prefix: /stats");
        Assert.Equal(expected, answer[(answer.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public async Task What_lies_before_a_stranger_in_the_chain_is_not_believed()
    {
        await using var seen = await Seen.StartAsync("http://127.0.0.1:0", "127.0.0.1");
        var answer = await seen.AskAsync(
            "/", "X-Forwarded-For: 198.51.100.1, 203.0.113.7", "X-Forwarded-Proto: https, http", "X-Forwarded-Host: evil.example, stats.example.org");
        Assert.Equal("203.0.113.7 http stats.example.org - /", answer);
    }

    [Theory]
    [InlineData("/stats", "/stats")]
    [InlineData("/stats/", "/stats")]
    [InlineData("/a/b.c", "/a/b.c")]
    [InlineData("/", "-")]
    [InlineData("stats", "-")]
    [InlineData("//evil.example", "-")]
    [InlineData("/a;Domain=evil.example", "-")]
    [InlineData("/a%0d%0aSet-Cookie:x", "-")]
    [InlineData("/a b", "-")]
    public async Task A_prefix_is_a_plain_path_or_none(string prefix, string expected)
    {
        await using var seen = await Seen.StartAsync("http://127.0.0.1:0", "127.0.0.1");
        Assert.Equal(expected, (await seen.AskAsync("/", "X-Forwarded-Prefix: " + prefix)).Split(' ')[3]);
    }

    [Fact]
    public async Task Whether_a_known_proxy_passed_a_request_on_is_known_whatever_its_headers_say()
    {
        await using var seen = await Seen.StartAsync("http://127.0.0.1:0", "127.0.0.1");
        Assert.Equal("passed", await seen.AskAsync("/passed"));
        Assert.Equal("passed", await seen.AskAsync("/passed", "X-Forwarded-For: 203.0.113.7"));
        Assert.Equal("direct", await seen.AskFromAsync("127.0.0.2", "/passed", "X-Original-For: 127.0.0.1:80"));
    }

    /// <summary>A server that tells what it sees: the client's address, scheme, host, base and path.</summary>
    private sealed class Seen : IAsyncDisposable
    {
        private readonly WebApplication app;

        private Seen(WebApplication app) => this.app = app;

        public static async Task<Seen> StartAsync(string url, string known)
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore();
            var app = builder.Build();
            app.Urls.Add(url);
            new Proxies([.. known.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ProxyNetwork.Parse)]).Use(app);
            app.Run(context => context.Response.WriteAsync(
                context.Request.Path == "/passed" ? Proxies.HavePassedOn(context) ? "passed" : "direct" : Text(context)));
            await app.StartAsync(TestContext.Current.CancellationToken);
            return new Seen(app);
        }

        public Task<string> AskAsync(string path, params string[] headers) => AskFromAsync("127.0.0.1", path, headers);

        public async Task<string> AskFromAsync(string from, string path, params string[] headers)
        {
            using var client = SomeClient.From(from, new UriBuilder(app.Urls.Single()) { Host = "127.0.0.1" }.Uri);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "localhost";
            foreach (var header in headers)
                request.Headers.TryAddWithoutValidation(header.Split(':')[0], header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private static string Text(HttpContext context)
        {
            var (request, address) = (context.Request, context.Connection.RemoteIpAddress);
            return $"{address} {request.Scheme} {request.Host} {(request.PathBase.HasValue ? request.PathBase : "-")} {request.Path}";
        }
    }
}
