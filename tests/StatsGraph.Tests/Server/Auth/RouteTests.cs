using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Auth;

/// <summary>Every route that the server maps, asked with everything that can be shown.</summary>
public sealed partial class RouteTests(GuardedServer server) : IClassFixture<GuardedServer>, IDisposable
{
    private const string Body = """{ "query": "{ site(key: \"SITE\") { name report(period: { month: \"2026-10\" }) { totals { sessions } } } }" }""";

    /// <summary>Each route, how it is asked, and the right that it needs. SITE stands for the key of a site.</summary>
    internal static readonly (string Route, string Address, string? Body, Right Right)[] Routes =
    [
        ("GET /", "/", null, Right.None),
        ("GET /dashboard.json", "/dashboard.json", null, Right.None),
        ("GET /health/live", "/health/live", null, Right.None),
        ("GET /health/ready", "/health/ready", null, Right.None),
        ("GET /sign-in", "/sign-in", null, Right.None),
        ("POST /sign-in", "/sign-in", null, Right.None),
        ("POST /sign-out", "/sign-out", null, Right.None),
        ("GET /graphql/bcp-config.json", "/graphql/bcp-config.json", null, Right.None),
        ("GET /graphql/service-worker.js", "/graphql/service-worker.js", null, Right.None),
        ("GET /graphql", "/graphql?query={site(key:\"SITE\"){name}}", null, Right.Read),
        ("POST /graphql", "/graphql", Body, Right.Read),
        ("PUT /graphql", "/graphql", null, Right.Read),
        ("DELETE /graphql", "/graphql?operationId=a", null, Right.Read),
        ("GET /graphql/persisted/{name}", "/graphql/persisted/countries?site=SITE&month=2026-10", null, Right.Read),
        ("GET /reports/{file}", "/reports/countries.csv?site=SITE&month=2026-10", null, Right.Read),
        ("GET /reports/issued/{site}/{profile}/{period}/{file}", "/reports/issued/SITE/US-ATH/2026-10/1.json", null, Right.Read),
        ("GET /graphql/schema.graphql", "/graphql/schema.graphql", null, Right.Read),
        ("GET /ingest/{site}", "/ingest/SITE", null, Right.Token),
        ("POST /ingest/{site}", "/ingest/SITE", "a log", Right.Token),
        ("GET /metrics", "/metrics", null, Right.Token),
    ];

    private static int clients;

    /// <summary>From an address of each test's own: wrong tokens are counted by address.</summary>
    private readonly HttpClient client = SomeClient.From($"127.0.2.{Interlocked.Increment(ref clients)}", server.Server.Client.BaseAddress!);

    public void Dispose() => client.Dispose();

    [Fact]
    public void There_are_no_other_routes()
        => Assert.Equal(
            Routes.Select(route => route.Route).Order(StringComparer.Ordinal),
            server.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .SelectMany(route => route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                    .Select(method => $"{method} /{route.RoutePattern.RawText!.TrimStart('/')}"))
                .Order(StringComparer.Ordinal));

    [Fact]
    public async Task Where_no_right_is_needed_a_token_changes_nothing_but_who_is_greeted()
    {
        foreach (var (route, address, body, _) in Routes.Where(route => route.Right == Right.None))
        {
            var without = await AnswerAsync(route, address, body, null);
            Assert.NotEqual(HttpStatusCode.Unauthorized, route == "POST /sign-in" ? default : without.Status);
            Assert.DoesNotContain("Demo FM", without.Text, StringComparison.Ordinal);
            foreach (var token in new[] { GuardedServer.Wrong, server.Expired, server.Revoked, server.OtherReader, server.Sender, server.Reader })
            {
                var answer = await AnswerAsync(route, address, body, token);
                Assert.True(without.Status == answer.Status, route);
                Assert.Equal(Ungreeted(without.Text), Ungreeted(answer.Text));
            }
        }
    }

    [Fact]
    public async Task Where_a_right_is_needed_what_is_nobodys_or_has_ended_is_refused()
    {
        foreach (var (route, address, body, right) in Routes.Where(route => route.Right != Right.None))
        {
            foreach (var token in new[] { null, GuardedServer.Wrong, server.Expired, server.Revoked })
            {
                using var response = await SendAsync(route, address, body, token);
                Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{route} {response.StatusCode}");
                var challenge = Assert.Single(response.Headers.WwwAuthenticate);
                Assert.Equal(("Bearer", token is not null), (challenge.Scheme, challenge.Parameter!.Contains("invalid_token", StringComparison.Ordinal)));
                Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
                var text = await GuardedServer.TextAsync(response);
                Assert.Contains("\"code\":\"AUTH_NOT_AUTHENTICATED\"", text, StringComparison.Ordinal);
                Assert.DoesNotContain(token ?? "Demo FM", text, StringComparison.Ordinal);
            }

            using var holder = await SendAsync(route, address, body, right == Right.Read ? server.Sender : server.Reader);
            Assert.True(holder.StatusCode == HttpStatusCode.Forbidden, route);
            Assert.Contains("\"code\":\"AUTH_NOT_AUTHORIZED\"", await GuardedServer.TextAsync(holder), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_metrics_are_shown_to_an_admin_of_all_sites_and_tell_others_nothing()
    {
        const string Refused = """{"errors":[{"message":"This token is not for that: '/metrics' expects an admin token for all sites.","extensions":{"code":"AUTH_NOT_AUTHORIZED"}}]}""";
        foreach (var token in new[] { server.Reader, server.OtherReader, server.Sender, server.Add(TokenScope.Read), server.Add(TokenScope.Admin, SomeStation.Key) })
        {
            using var refused = await server.GetAsync("/metrics", token);
            Assert.Equal((HttpStatusCode.Forbidden, "no-store"), (refused.StatusCode, refused.Headers.CacheControl!.ToString()));
            Assert.Equal(Refused, await GuardedServer.TextAsync(refused));
        }

        using var shown = await server.GetAsync("/metrics", server.Admin);
        Assert.Equal((HttpStatusCode.OK, "no-store"), (shown.StatusCode, shown.Headers.CacheControl!.ToString()));
        Assert.Contains("\nstatsgraph_answers_total{", await GuardedServer.TextAsync(shown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_one_may_not_read_is_answered_as_one_that_never_was()
    {
        foreach (var (route, address, body, _) in Routes.Where(route => route.Right == Right.Read && (route.Address + route.Body).Contains("SITE", StringComparison.Ordinal)))
        {
            var hidden = await AnswerAsync(route, address, body, server.OtherReader);
            var unknown = await AnswerAsync(route, address, body, server.OtherReader, site: "nosuch");
            var shown = await AnswerAsync(route, address, body, server.Reader);
            Assert.Equal(unknown, hidden);
            Assert.Equal(await AnswerAsync(route, address, body, server.Admin, site: "nosuch"), unknown);
            Assert.NotEqual(shown.Text, hidden.Text);
            Assert.Equal(shown, await AnswerAsync(route, address, body, server.Admin));
            Assert.Equal(HttpStatusCode.OK, shown.Status);
        }
    }

    [Fact]
    public async Task Everything_that_a_method_of_no_route_tells_is_which_methods_there_are()
    {
        using var options = await server.SendAsync(HttpMethod.Options, "/graphql");
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        using var patch = await server.SendAsync(HttpMethod.Patch, "/graphql");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, patch.StatusCode);
        using var head = await server.SendAsync(HttpMethod.Head, "/graphql/schema.graphql");
        Assert.Equal(HttpStatusCode.Unauthorized, head.StatusCode);
    }

    [Fact]
    public async Task With_public_everybody_reads_everything()
    {
        await using var open = new GuardedServer(new ServerOptions { Public = true });
        await open.InitializeAsync();
        foreach (var (_, address, body, _) in Routes.Where(route => route.Right == Right.Read && route.Route.Split(' ')[0] is "GET" or "POST"))
        {
            using var response = await open.SendAsync(
                body is null ? HttpMethod.Get : HttpMethod.Post, Of(address, SomeStation.Key), content: Content(body, SomeStation.Key));
            Assert.True(response.StatusCode == HttpStatusCode.OK, address);
        }

        using var metrics = await open.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.Unauthorized, metrics.StatusCode);
        Assert.Equal("""{"data":{"sites":{"totalCount":2}}}""", await open.QueryAsync("{sites{totalCount}}", null));
        Assert.Equal("""{"data":{"sites":{"totalCount":2}}}""", await open.QueryAsync("{sites{totalCount}}", open.Sender));
        using var wrong = await open.GetAsync("/graphql?query={__typename}", GuardedServer.Wrong);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
    }

    private async Task<(HttpStatusCode Status, string Text)> AnswerAsync(
        string route, string address, string? body, string? token, string site = SomeStation.Key)
    {
        using var response = await SendAsync(route, address, body, token, site);
        return (response.StatusCode, await GuardedServer.TextAsync(response));
    }

    private Task<HttpResponseMessage> SendAsync(string route, string address, string? body, string? token, string site = SomeStation.Key)
        => server.SendAsync(new HttpMethod(route.Split(' ')[0]), Of(address, site), token, content: Content(body, site), client: client);

    private static StringContent? Content(string? body, string site) => body is null ? null : new(Of(body, site), Encoding.UTF8, "application/json");

    internal static string Of(string text, string site) => text.Replace("SITE", site, StringComparison.Ordinal);

    private static string Ungreeted(string page) => Greeting().Replace(page, "");

    [GeneratedRegex("\"name\":(null|\"[^\"]*\")")]
    private static partial Regex Greeting();
}
