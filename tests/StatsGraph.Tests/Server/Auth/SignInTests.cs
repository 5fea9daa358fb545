using System.Net;
using Microsoft.Net.Http.Headers;
using StatsGraph.Server;
using StatsGraph.Server.Auth;

namespace StatsGraph.Tests.Server.Auth;

/// <summary>How a browser gets its cookie, and where it is sent.</summary>
public sealed class SignInTests(GuardedServer server) : IClassFixture<GuardedServer>
{
    private const string Html = "text/html,application/xhtml+xml,*/*;q=0.8";

    [Theory]
    [InlineData("/graphql/", "../sign-in?to=graphql%2F")]
    [InlineData("/graphql", "sign-in?to=graphql")]
    [InlineData("/graphql?sdl", "sign-in?to=graphql%3Fsdl")]
    [InlineData("/reports/countries.csv?site=demo&month=2026-10", "../sign-in?to=reports%2Fcountries.csv%3Fsite%3Ddemo%26month%3D2026-10")]
    [InlineData("/graphql/persisted/a?x=%C3%A4%20", "../../sign-in?to=graphql%2Fpersisted%2Fa%3Fx%3D%25C3%25A4%2520")]
    public async Task A_browser_without_a_right_is_sent_to_sign_in_and_told_where_it_wanted_to_go(string address, string location)
    {
        using var response = await server.GetAsync(address, accept: Html);
        Assert.Equal((HttpStatusCode.Redirect, location), (response.StatusCode, response.Headers.Location!.OriginalString));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        var page = new Uri(new Uri("http://x/some/prefix" + address), location);
        Assert.Equal("/some/prefix/sign-in", page.AbsolutePath);
        using var script = await server.GetAsync(address, accept: "application/json");
        Assert.Equal(HttpStatusCode.Unauthorized, script.StatusCode);
    }

    [Theory]
    [InlineData("graphql/", "./graphql/")]
    [InlineData("/graphql/", "./graphql/")]
    [InlineData("reports/a.csv?site=a&when=10:00", "./reports/a.csv?site=a&when=10:00")]
    [InlineData("", "./")]
    [InlineData("//evil.example", "./")]
    [InlineData("///evil.example", "./")]
    [InlineData("https://evil.example", "./")]
    [InlineData("javascript:alert(1)", "./")]
    [InlineData("\\\\evil.example", "./")]
    [InlineData("/\\evil.example", "./")]
    [InlineData("/\t/evil.example", "./")]
    [InlineData("/\r\nSet-Cookie: a=b", "./")]
    [InlineData("/ä", "./")]
    public async Task It_goes_on_to_this_server_and_no_other(string target, string onward)
    {
        Assert.Equal(onward, SignIn.Onward(target));
        Assert.Equal("x", new Uri(new Uri("http://x/y/sign-in"), onward).Host);
        using var response = await PostAsync(server.Reader, target);
        Assert.Equal((HttpStatusCode.SeeOther, onward), (response.StatusCode, response.Headers.Location!.OriginalString));
    }

    [Fact]
    public void A_place_that_is_too_long_is_forgotten() => Assert.Equal("./", SignIn.Onward(new string('a', 3_000)));

    [Fact]
    public async Task The_cookie_works_in_place_of_the_header_until_it_is_taken_away()
    {
        using var response = await PostAsync($"  {server.Reader}\n", "graphql/");
        var cookie = SetCookieHeaderValue.Parse(Assert.Single(response.Headers.GetValues("Set-Cookie")));
        Assert.Equal(
            ("statsgraph-token", server.Reader, true, Microsoft.Net.Http.Headers.SameSiteMode.Strict, false, "/"),
            (cookie.Name.Value, cookie.Value.Value, cookie.HttpOnly, cookie.SameSite, cookie.Secure, cookie.Path.Value));
        Assert.Null(cookie.Expires);

        using var ide = await WithCookieAsync(HttpMethod.Get, "/graphql/", server.Reader);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (ide.StatusCode, ide.Content.Headers.ContentType!.MediaType));
        using var facts = await WithCookieAsync(HttpMethod.Get, "/dashboard.json", server.Reader);
        Assert.Contains($$"""{"mode":"TOKENS","name":"{{TokenText.Parse(server.Reader)!.Value.Id}}"}""", await GuardedServer.TextAsync(facts), StringComparison.Ordinal);

        using var out_ = await WithCookieAsync(HttpMethod.Post, "/sign-out", server.Reader);
        Assert.Equal((HttpStatusCode.SeeOther, "./"), (out_.StatusCode, out_.Headers.Location!.OriginalString));
        var gone = SetCookieHeaderValue.Parse(Assert.Single(out_.Headers.GetValues("Set-Cookie")));
        Assert.Equal(("statsgraph-token", "", "/", DateTimeOffset.UnixEpoch), (gone.Name.Value, gone.Value.Value, gone.Path.Value, gone.Expires));
    }

    [Fact]
    public async Task A_cookie_that_has_ended_is_taken_away_and_the_browser_signs_in_again()
    {
        using var response = await WithCookieAsync(HttpMethod.Get, "/graphql/", server.Revoked);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("statsgraph-token=; expires=", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_worth_nothing_is_said_so_and_the_page_never_shows_it()
    {
        foreach (var token in new[] { "\"><b>", server.Expired, server.Revoked })
        {
            using var response = await PostAsync(token, "graphql/?a=\"><b>");
            var page = await GuardedServer.TextAsync(response);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.False(response.Headers.Contains("Set-Cookie"));
            Assert.Contains("unknown, has expired or was revoked", page, StringComparison.Ordinal);
            Assert.DoesNotContain(token, page, StringComparison.Ordinal);
            Assert.Contains("value=\"graphql/?a=&quot;&gt;&lt;b&gt;\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_has_no_script_and_its_form_goes_to_this_server_alone()
    {
        using var response = await WithCookieAsync(HttpMethod.Get, "/sign-in?to=graphql/", server.Reader);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        var page = await GuardedServer.TextAsync(response);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Reader, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.SeeOther)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    public async Task No_other_site_signs_somebody_in(string header, string value, HttpStatusCode status)
    {
        using var response = await PostAsync(server.Reader, "", (header, value));
        Assert.Equal((status, status == HttpStatusCode.SeeOther), (response.StatusCode, response.Headers.Contains("Set-Cookie")));
        using var own = await PostAsync(server.Reader, "", ("Origin", server.Server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.SeeOther, own.StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    public async Task No_other_site_signs_somebody_out(string header, string value, bool isOut)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        request.Headers.Add("Cookie", "statsgraph-token=" + server.Reader);
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await server.SendAsync(request);
        Assert.Equal((HttpStatusCode.SeeOther, isOut), (response.StatusCode, response.Headers.Contains("Set-Cookie")));
    }

    [Fact]
    public async Task What_is_no_form_or_too_long_is_refused()
    {
        using var json = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new StringContent("{}") };
        using var other = await server.SendAsync(json);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        using var tooLong = await PostAsync(new string('a', 20_000), "");
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        using var keys = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new StringContent(new string('k', 5_000) + "=1", null, "application/x-www-form-urlencoded"),
        };
        using var refused = await server.SendAsync(keys);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Under_a_base_path_the_cookie_is_of_that_path()
    {
        await using var based = new GuardedServer(new ServerOptions { PathBase = "/stats" });
        await based.InitializeAsync();
        using var request = Form(based.Reader, "graphql/");
        request.RequestUri = new Uri("/stats/sign-in", UriKind.Relative);
        using var response = await based.SendAsync(request);
        Assert.Contains("path=/stats;", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        Assert.Equal("./graphql/", response.Headers.Location!.OriginalString);
        using var sent = await based.GetAsync("/stats/graphql/", accept: Html);
        Assert.Equal("../sign-in?to=graphql%2F", sent.Headers.Location!.OriginalString);
    }

    private Task<HttpResponseMessage> PostAsync(string token, string target, (string Name, string Value)? header = null)
    {
        var request = Form(token, target);
        if (header is { } one)
            request.Headers.TryAddWithoutValidation(one.Name, one.Value);
        return server.SendAsync(request);
    }

    private static HttpRequestMessage Form(string token, string target) => new(HttpMethod.Post, "/sign-in")
    {
        Content = new FormUrlEncodedContent([new("token", token), new("to", target)]),
    };

    private Task<HttpResponseMessage> WithCookieAsync(HttpMethod method, string address, string token)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Cookie", "statsgraph-token=" + token);
        request.Headers.TryAddWithoutValidation("Accept", Html);
        return server.SendAsync(request);
    }
}
