using System.Net;
using System.Text.Json;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

/// <summary>What a browser finds: the page, the IDE, health, and headers that keep it in bounds.</summary>
[Collection(SharedServer.Name)]
public sealed class PageTests(RunningServer server)
{
    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/dashboard.json", "application/json; charset=utf-8")]
    [InlineData("/graphql/bcp-config.json", "application/json; charset=utf-8")]
    [InlineData("/graphql/favicon.svg", "image/svg+xml")]
    [InlineData("/graphql/LICENSE", null)]
    [InlineData("/health/live", "text/plain; charset=utf-8")]
    [InlineData("/health/ready", "text/plain; charset=utf-8")]
    public async Task Pages_and_files_are_there(string address, string? contentType)
    {
        using var response = await server.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType ?? "text/plain", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dashboard.json")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/graphql/bcp-config.json")]
    [InlineData("/graphql/schema.graphql")]
    [InlineData("/graphql?query={__typename}")]
    public async Task A_head_request_is_answered_like_a_get_without_its_body(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        using var head = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var get = await server.GetAsync(address);
        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_browser_is_led_to_the_ide()
    {
        using var response = await server.GetAsync("/graphql", "text/html,application/xhtml+xml,*/*;q=0.8");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("graphql/", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Every_file_that_the_ide_names_is_there()
    {
        using var response = await server.GetAsync("/graphql/", "text/html");
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        string[] files = [.. System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href)=\"([^\"]+)\"").Select(m => m.Groups[1].Value)];
        Assert.True(files.Length > 10, page);
        foreach (var file in files)
        {
            using var found = await server.GetAsync("/graphql/" + file);
            Assert.True(found.StatusCode == HttpStatusCode.OK, file);
        }
    }

    [Fact]
    public async Task The_ide_has_no_service_worker()
    {
        using var response = await server.GetAsync("/graphql/service-worker.js");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_ides_first_document_is_answered_without_errors()
    {
        var configuration = JsonSerializer.Deserialize<JsonElement>(await TextAsync("/graphql/bcp-config.json"));
        Assert.True(configuration.GetProperty("disableTelemetry").GetBoolean());
        Assert.True(configuration.GetProperty("useBrowserUrlAsEndpoint").GetBoolean());
        var answer = await server.QueryAsync(configuration.GetProperty("graphQLDocument").GetString()!);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        var report = answer.GetProperty("data").GetProperty("site").GetProperty("report");
        Assert.Equal(4, report.GetProperty("totals").GetProperty("sessions").GetInt64());
        Assert.Equal(2, report.GetProperty("entryMounts").GetProperty("nodes").GetArrayLength());
        Assert.Equal(3, report.GetProperty("countries").GetProperty("nodes").GetArrayLength());
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:5080", HttpStatusCode.OK)]
    [InlineData("[::1]:5080", HttpStatusCode.OK)]
    [InlineData("rebound.example.com", HttpStatusCode.BadRequest)]
    [InlineData("localhost.example.com", HttpStatusCode.BadRequest)]
    public async Task On_loopback_the_server_answers_to_its_own_names(string host, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={__typename}");
        request.Headers.Host = host;
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:80", "", "*")]
    [InlineData("http://localhost:80;http://[::1]:80", "", "localhost 127.0.0.1 [::1]")]
    [InlineData("http://localhost:80;http://*:81", "", "*")]
    [InlineData("http://127.0.0.1:80", "stats.example.org", "localhost 127.0.0.1 [::1] stats.example.org")]
    [InlineData("http://0.0.0.0:80", "stats.example.org", "localhost 127.0.0.1 [::1] stats.example.org")]
    public void Names_follow_from_the_addresses_and_the_configuration(string urls, string hosts, string allowed)
    {
        var options = new ServerOptions { Urls = urls, AllowedHosts = hosts.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        Assert.Equal(allowed, string.Join(' ', StatsGraph.Server.Http.HostNames.Allowed(options)));
    }

    [Fact]
    public async Task A_base_path_comes_before_everything()
    {
        using var station = new SomeStation();
        var options = new ServerOptions { Urls = "http://127.0.0.1:0", PathBase = "/stats", LogLevel = Microsoft.Extensions.Logging.LogLevel.Critical };
        await using var app = StatsGraphServer.Build(options, station.Store);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        foreach (var address in new[] { "/stats/", "/stats/graphql?query={__typename}", "/stats/graphql/LICENSE", "/stats/graphql/bcp-config.json" })
        {
            using var response = await client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode == HttpStatusCode.OK, address);
        }
    }

    private async Task<string> TextAsync(string address)
    {
        using var response = await server.GetAsync(address);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
