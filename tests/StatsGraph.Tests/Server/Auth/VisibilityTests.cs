using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using StatsGraph.Server;
using StatsGraph.Server.Auth;

namespace StatsGraph.Tests.Server.Auth;

/// <summary>One sees the sites that one may read; all others are nowhere, and no cache mixes that up.</summary>
public sealed class VisibilityTests(GuardedServer server) : IClassFixture<GuardedServer>
{
    private const string Sites = "{sites(first:50){totalCount nodes{key} pageInfo{hasNextPage endCursor}}}";

    [Fact]
    public async Task Lists_counts_and_cursors_are_those_of_the_sites_that_one_may_read()
    {
        var one = await server.QueryAsync(Sites, server.Reader);
        Assert.StartsWith("""{"data":{"sites":{"totalCount":1,"nodes":[{"key":"demo"}],"pageInfo":{"hasNextPage":false,""", one, StringComparison.Ordinal);
        Assert.Contains("\"totalCount\":1,\"nodes\":[{\"key\":\"other\"}]", await server.QueryAsync(Sites, server.OtherReader), StringComparison.Ordinal);
        Assert.Contains("\"totalCount\":2,\"nodes\":[{\"key\":\"demo\"},{\"key\":\"other\"}]", await server.QueryAsync(Sites, server.Admin), StringComparison.Ordinal);
        var nowhere = server.Add(TokenScope.Read, "nosuch");
        Assert.Contains("\"totalCount\":0,\"nodes\":[]", await server.QueryAsync(Sites, nowhere), StringComparison.Ordinal);

        var cursor = JsonDocument.Parse(one).RootElement.GetProperty("data").GetProperty("sites").GetProperty("pageInfo").GetProperty("endCursor").GetString();
        var next = await server.QueryAsync("{sites(first:1, after:\"" + cursor + "\"){totalCount nodes{key}}}", server.Reader);
        Assert.Equal("""{"data":{"sites":{"totalCount":1,"nodes":[]}}}""", next);
    }

    [Fact]
    public async Task A_token_that_is_made_while_the_server_runs_holds_at_once_and_none_after_its_revocation()
    {
        for (var round = 0; round < 10; round++)
        {
            var token = server.Add(TokenScope.Read, "other");
            Assert.Equal("""{"data":{"sites":{"totalCount":1}}}""", await server.QueryAsync("{sites{totalCount}}", token));
            server.Folder.Revoke(token.Split('_')[1]);
            Assert.Contains("AUTH_NOT_AUTHENTICATED", await server.QueryAsync("{sites{totalCount}}", token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_asks_the_same_is_told_what_that_one_may_see_in_whatever_order()
    {
        const string Query = "{ a: site(key: \"demo\") { name } b: site(key: \"other\") { name } }";
        string?[] tokens = [server.Admin, server.Reader, server.OtherReader, server.Add(TokenScope.Read, "demo"), server.Add(TokenScope.Read, "other", "demo")];
        string[] expected =
        [
            """{"data":{"a":{"name":"Demo FM"},"b":{"name":"other"}}}""", """{"data":{"a":{"name":"Demo FM"},"b":null}}""",
            """{"data":{"a":null,"b":{"name":"other"}}}""", """{"data":{"a":{"name":"Demo FM"},"b":null}}""",
            """{"data":{"a":{"name":"Demo FM"},"b":{"name":"other"}}}""",
        ];
        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(tokens.Select(token => server.QueryAsync(Query, token)));
            Assert.Equal(expected, answers);
        }
    }

    [Fact]
    public async Task An_entity_tag_of_one_says_nothing_to_another()
    {
        const string Address = "/graphql?query={site(key:\"demo\"){name}}";
        using var shown = await server.GetAsync(Address, server.Reader);
        var tag = shown.Headers.ETag!;
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(server.Reader));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(server.Admin));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.OtherReader));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(null));

        async Task<HttpStatusCode> StatusAsync(string? token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address);
            request.Headers.IfNoneMatch.Add(tag);
            if (token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await server.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task An_explanation_names_no_hidden_site_and_not_how_often_others_were_written_to()
    {
        const string Query = "{ site(key: \"demo\") { dataThrough } other: site(key: \"other\") { dataThrough } }";
        var explain = new { explain = true };
        var partial = await server.QueryAsync(Query, server.Reader, explain);
        Assert.Contains("\"figures\":", partial, StringComparison.Ordinal);
        Assert.DoesNotContain("\"site\":\"other\"", partial, StringComparison.Ordinal);
        Assert.DoesNotContain("lakeVersion", partial, StringComparison.Ordinal);
        Assert.Contains("\"lakeVersion\":", await server.QueryAsync(Query, server.Admin, explain), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_may_be_the_password_of_a_login_and_a_login_that_is_anothers_says_nothing()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("anybody:" + server.Reader));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(":" + server.Reader));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server.Reader + ":"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("anybody:" + GuardedServer.Wrong));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("nobody"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("proxy:password", server.Reader));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("x:" + GuardedServer.Wrong, server.Reader));

        async Task<HttpStatusCode> StatusAsync(string login, string? cookie = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={__typename}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
            if (cookie is not null)
                request.Headers.Add("Cookie", "statsgraph-token=" + cookie);
            using var response = await server.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task What_is_public_is_for_everybody_and_nothing_else()
    {
        await using var open = new GuardedServer(new ServerOptions { PublicSites = ["demo"], CacheControl = "public, max-age=60" });
        await open.InitializeAsync();
        Assert.Contains("\"totalCount\":1,\"nodes\":[{\"key\":\"demo\"}]", await open.QueryAsync(Sites, null), StringComparison.Ordinal);
        Assert.Contains("\"totalCount\":2", await open.QueryAsync(Sites, open.OtherReader), StringComparison.Ordinal);
        Assert.Contains("\"totalCount\":1,\"nodes\":[{\"key\":\"demo\"}]", await open.QueryAsync(Sites, open.Sender), StringComparison.Ordinal);
        Assert.Contains("AUTH_NOT_AUTHENTICATED", await open.QueryAsync(Sites, open.Expired), StringComparison.Ordinal);

        // What caches on the way may keep is what everybody may see.
        foreach (var address in new[] { "/graphql?query={sites{totalCount}}", "/reports/countries.csv?site=demo&month=2026-10" })
        {
            using var anybody = await open.GetAsync(address);
            Assert.Equal((true, true), (anybody.Headers.CacheControl!.Public, anybody.Headers.Vary.Contains("Authorization") && anybody.Headers.Vary.Contains("Cookie")));
            using var holder = await open.GetAsync(address, open.OtherReader);
            Assert.Equal((false, true), (holder.Headers.CacheControl!.Public, holder.Headers.CacheControl!.Private));
        }
    }

    [Fact]
    public async Task Pages_of_allowed_origins_ask_with_a_token_and_can_read_why_not()
    {
        await using var crossed = new GuardedServer(new ServerOptions { Cors = ["https://radio.example.org"] });
        await crossed.InitializeAsync();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/graphql");
        preflight.Headers.Add("Origin", "https://radio.example.org");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var allowed = await crossed.SendAsync(preflight);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Contains("authorization", allowed.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.OrdinalIgnoreCase);

        using var asked = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={__typename}");
        asked.Headers.Add("Origin", "https://radio.example.org");
        using var refused = await crossed.SendAsync(asked);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("https://radio.example.org", refused.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(refused.Headers.Contains("Access-Control-Allow-Credentials"));
    }
}
