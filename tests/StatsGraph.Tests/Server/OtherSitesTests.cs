using System.Net;
using System.Net.Http.Headers;
using System.Text;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

/// <summary>What pages of other sites may make a browser ask, and read.</summary>
public sealed class OtherSitesTests
{
    private const string Query = "/graphql?query={sites{nodes{key}}}";
    private const string Radio = "https://radio.example.org";
    private const string Other = "https://other.example";

    [Theory]
    [InlineData(Radio, Radio, "GET")]
    [InlineData(Radio, Radio, "POST")]
    [InlineData("*", "*", "POST")]
    [InlineData(null, Other, "POST", Radio)]
    [InlineData(null, Radio, "POST", "none")]
    [InlineData(null, "null", "POST", Radio)]
    public async Task A_preflight_is_answered_for_allowed_origins_alone(string? allowed, string origin, string method, string? configured = null)
    {
        await using var server = await StartAsync(configured ?? allowed!);
        using var response = await SendAsync(server, "OPTIONS", "/graphql",
            ("Origin", origin == "*" ? Other : origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "content-type"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(allowed, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal(allowed is not null, Header(response, "Access-Control-Allow-Methods")?.Contains("POST", StringComparison.Ordinal) ?? false);
        Assert.Equal(allowed is null ? null : "content-type", Header(response, "Access-Control-Allow-Headers"));
        Assert.Null(Header(response, "Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData(Radio, Radio, Radio)]
    [InlineData(Radio, Other, null)]
    [InlineData("*", Other, "*")]
    [InlineData("none", Radio, null)]
    public async Task An_answer_can_be_read_by_pages_of_allowed_origins_alone(string configured, string origin, string? allowed)
    {
        await using var server = await StartAsync(configured);
        using var response = await SendAsync(server, "GET", Query, ("Origin", origin));
        Assert.Equal((HttpStatusCode.OK, allowed), (response.StatusCode, Header(response, "Access-Control-Allow-Origin")));
        Assert.Equal(allowed is null ? null : "ETag,Retry-After,X-Request-Id", Header(response, "Access-Control-Expose-Headers"));
        Assert.Equal(
            configured == "none" ? "Accept, Accept-Encoding" : "Accept, Accept-Encoding, Origin",
            string.Join(", ", response.Headers.Vary.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("none", "cross-site", null, null, HttpStatusCode.Forbidden)]
    [InlineData("none", "cross-site", Radio, null, HttpStatusCode.Forbidden)]
    [InlineData(Radio, "cross-site", Other, null, HttpStatusCode.Forbidden)]
    [InlineData(Radio, "cross-site", null, null, HttpStatusCode.Forbidden)]
    [InlineData(Radio, "cross-site", Radio, null, HttpStatusCode.OK)]
    [InlineData("*", "cross-site", null, null, HttpStatusCode.OK)]
    [InlineData("none", "cross-site", null, "1", HttpStatusCode.OK)]
    [InlineData("none", "cross-site", null, "0", HttpStatusCode.Forbidden)]
    [InlineData("none", "same-origin", null, null, HttpStatusCode.OK)]
    [InlineData("none", "same-site", null, null, HttpStatusCode.OK)]
    [InlineData("none", "none", null, null, HttpStatusCode.OK)]
    [InlineData("none", null, Other, null, HttpStatusCode.OK)]
    [InlineData("none", null, null, null, HttpStatusCode.OK)]
    public async Task A_get_behind_which_is_another_site_is_refused(
        string configured, string? site, string? origin, string? preflight, HttpStatusCode status)
    {
        await using var server = await StartAsync(configured);
        using var response = await SendAsync(server, "GET", Query, ("Sec-Fetch-Site", site), ("Origin", origin), ("GraphQL-Preflight", preflight));
        Assert.Equal(status, response.StatusCode);
        var answer = await RunningServer.JsonAsync(response);
        Assert.Equal(status == HttpStatusCode.OK, answer.TryGetProperty("data", out _));
        Assert.Equal(
            status == HttpStatusCode.OK ? "" : """
                [{"message":"A page of another site may not ask by GET: its origin is not in Server:Cors, and the header 'GraphQL-Preflight: 1' is missing.","extensions":{"code":"PREFLIGHT_REQUIRED"}}]
                """,
            answer.TryGetProperty("errors", out var errors) ? errors.GetRawText() : "");
    }

    [Fact]
    public async Task A_link_to_the_ide_and_the_schema_are_for_everyone()
    {
        await using var server = await StartAsync("none");
        using var ide = await SendAsync(server, "GET", "/graphql/", ("Sec-Fetch-Site", "cross-site"), ("Accept", "text/html"));
        using var schema = await SendAsync(server, "GET", "/graphql?sdl", ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (ide.StatusCode, schema.StatusCode));
    }

    /// <summary>What forms and simple requests of other sites can send without that their browser asks.</summary>
    [Theory]
    [InlineData("text/plain", """{"query":"{ __typename }"}""")]
    [InlineData("application/x-www-form-urlencoded", "query=%7B__typename%7D")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\n{__typename}\r\n--x--\r\n")]
    public async Task What_a_form_can_post_is_not_read(string contentType, string body)
    {
        await using var server = await StartAsync("none");
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.False((await RunningServer.JsonAsync(response)).TryGetProperty("data", out _));
    }

    private static async Task<RunningServer> StartAsync(string configured)
    {
        var server = new RunningServer(new SomeStation(), new ServerOptions { Cors = configured == "none" ? [] : [configured] });
        await server.InitializeAsync();
        return server;
    }

    private static Task<HttpResponseMessage> SendAsync(
        RunningServer server, string method, string address, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), address);
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string? Header(HttpResponseMessage response, string name)
        => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
