using System.Net;
using Microsoft.Net.Http.Headers;
using StatsGraph.Server;
using StatsGraph.Server.Edge;
using StatsGraph.Tests.Server.Auth;

namespace StatsGraph.Tests.Server.Edge;

/// <summary>Where a server is told to be by a proxy, and what it makes of that in cookies.</summary>
public sealed class PrefixTests
{
    [Theory]
    [InlineData("", "/stats", "/sign-in", "/stats")]
    [InlineData("", "", "/sign-in", "/")]
    [InlineData("/stats", "", "/stats/sign-in", "/stats")]
    [InlineData("/stats", "/radio", "/stats/sign-in", "/radio/stats")]
    public async Task The_cookie_is_of_the_path_that_the_browser_knows_and_of_https_where_the_proxy_speaks_it(
        string pathBase, string prefix, string address, string path)
    {
        await using var server = new GuardedServer(new ServerOptions { PathBase = pathBase, Proxies = [ProxyNetwork.Parse("127.0.0.1")] });
        await server.InitializeAsync();
        foreach (var scheme in new[] { "https", "http" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new FormUrlEncodedContent([new("token", server.Reader), new("to", "graphql/")]),
            };
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.Headers.Add("X-Forwarded-Host", "stats.example.org");
            request.Headers.Add("Origin", $"{scheme}://stats.example.org");
            if (prefix.Length > 0)
                request.Headers.Add("X-Forwarded-Prefix", prefix);
            using var response = await server.SendAsync(request);

            Assert.Equal((HttpStatusCode.SeeOther, "./graphql/"), (response.StatusCode, response.Headers.Location!.OriginalString));
            var cookie = SetCookieHeaderValue.Parse(Assert.Single(response.Headers.GetValues("Set-Cookie")));
            Assert.Equal((path, scheme == "https"), (cookie.Path.Value, cookie.Secure));
            Assert.Equal(scheme == "https" ? "max-age=2592000" : null, HeaderTests.Of(response, "Strict-Transport-Security"));
        }
    }
}
