using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Tests.Server.Auth;
using StatsGraph.Tests.Server.Edge;

namespace StatsGraph.Tests.Server;

/// <summary>How the dashboard is served: its page, its files, what it is told, and who may frame it.</summary>
[Collection(SharedServer.Name)]
public sealed partial class DashboardTests(RunningServer server)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action ";

    private static readonly EmbedOptions Embed = new() { Cards = ["countries", "players"], Origins = ["https://radio.example", "https://www.radio.example"] };

    [Fact]
    public async Task Every_file_that_the_page_names_is_there_compressed_and_held_for_good()
    {
        string[] files = [.. Address().Matches(await TextAsync("/")).Select(match => match.Groups[1].Value).Where(file => file.StartsWith("./assets/", StringComparison.Ordinal))];
        Assert.Contains(files, file => file.EndsWith(".js", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, file[1..]) { Headers = { { "Accept-Encoding", "br" } } };
            using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode == HttpStatusCode.OK, file);
            Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl!.ToString());
            Assert.True(response.Content.Headers.ContentEncoding.Contains("br") || response.Content.Headers.ContentLength < 1_024, file);
        }
    }

    [Fact]
    public async Task The_page_is_asked_for_each_time_and_sent_when_it_has_changed()
    {
        using var first = await server.GetAsync("/");
        Assert.Equal(("no-cache", "text/html; charset=utf-8"), (first.Headers.CacheControl!.ToString(), first.Content.Headers.ContentType!.ToString()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var again = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (again.StatusCode, again.Headers.ETag));
        Assert.Equal(Policy + "'none'; frame-ancestors 'none'", HeaderTests.Of(again, "Content-Security-Policy"));
    }

    [Fact]
    public async Task The_page_has_nothing_inline_and_names_no_other_server()
    {
        var page = await TextAsync("/");
        Assert.DoesNotMatch("<script(?![^>]* src=)|<style| style=| on[a-z]+=", page);
        Assert.All(Address().Matches(page).Select(match => match.Groups[1].Value), address => Assert.DoesNotMatch("^(/|[a-z]+:)", address));
    }

    [Theory]
    [InlineData("/assets/nosuch.js")]
    [InlineData("/assets/../index.html")]
    [InlineData("/index.html")]
    [InlineData("/assets/")]
    public async Task Nothing_else_is_there(string address)
    {
        using var response = await server.GetAsync(address.Replace("..", "%2e%2e", StringComparison.Ordinal));
        Assert.True(response.StatusCode is HttpStatusCode.NotFound, $"{address} {response.StatusCode}");
    }

    [Fact]
    public async Task An_open_server_tells_that_there_is_nobody_to_be_and_nothing_to_frame()
        => Assert.Equal(
            """{"embed":[],"version":"0.1.0","ide":"graphql/","account":{"mode":"OPEN","name":null}}""", await TextAsync("/dashboard.json"));

    [Fact]
    public async Task Where_tokens_are_asked_for_the_page_is_shown_to_all_the_same_and_may_sign_out()
    {
        await using var guarded = new GuardedServer();
        await guarded.InitializeAsync();
        using var page = await guarded.GetAsync("/", accept: "text/html");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(Policy + "'self'; frame-ancestors 'none'", HeaderTests.Of(page, "Content-Security-Policy"));
        using var nobody = await guarded.GetAsync("/dashboard.json");
        Assert.Contains("\"account\":{\"mode\":\"TOKENS\",\"name\":null}", await GuardedServer.TextAsync(nobody), StringComparison.Ordinal);
        using var somebody = await guarded.GetAsync("/dashboard.json", guarded.Reader);
        Assert.Equal("no-store", somebody.Headers.CacheControl!.ToString());
        Assert.Contains($"\"name\":\"{TokenText.Parse(guarded.Reader)!.Value.Id}\"", await GuardedServer.TextAsync(somebody), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?embed=countries", true)]
    [InlineData("/?embed=countries&site=radio&period=2026-10", true)]
    [InlineData("/?embed=players", true)]
    [InlineData("/?embed=mounts", false)]
    [InlineData("/?embed=Countries", false)]
    [InlineData("/?embed=", false)]
    [InlineData("/?embed=mounts&embed=countries", false)]
    [InlineData("/", false)]
    [InlineData("/sign-in?embed=countries", false)]
    [InlineData("/graphql/?embed=countries", false)]
    [InlineData("/assets/nosuch.js?embed=countries", false)]
    public async Task A_card_is_framed_by_the_named_origins_and_nothing_else_by_anybody(string address, bool isFramed)
    {
        await using var framed = new GuardedServer(new ServerOptions { Embed = Embed, Public = true });
        await framed.InitializeAsync();
        using var response = await framed.GetAsync(address, accept: "text/html");
        var ancestors = Ancestors().Match(HeaderTests.Of(response, "Content-Security-Policy")!).Groups[1].Value;
        Assert.Equal(isFramed ? string.Join(' ', Embed.Origins) : "'none'", ancestors);
        Assert.Equal(isFramed ? null : "DENY", HeaderTests.Of(response, "X-Frame-Options"));
    }

    [Fact]
    public async Task All_cards_and_all_origins_are_a_star()
    {
        var all = new EmbedOptions { Cards = ["*"], Origins = ["*"] };
        await using var framed = new RunningServer(new SomeStation(), new ServerOptions { Embed = all });
        await framed.InitializeAsync();
        using var response = await framed.GetAsync("/?embed=mounts");
        Assert.EndsWith("frame-ancestors *", HeaderTests.Of(response, "Content-Security-Policy"), StringComparison.Ordinal);
        using var facts = await framed.GetAsync("/dashboard.json");
        Assert.Equal("*", (await RunningServer.JsonAsync(facts)).GetProperty("embed").GetString());
    }

    [Fact]
    public async Task The_page_is_told_which_of_its_cards_may_be_framed()
    {
        await using var framed = new RunningServer(new SomeStation(), new ServerOptions { Embed = Embed });
        await framed.InitializeAsync();
        using var facts = await framed.GetAsync("/dashboard.json");
        Assert.Equal(Embed.Cards, (await RunningServer.JsonAsync(facts)).GetProperty("embed").Deserialize<string[]>());
    }

    [Fact]
    public async Task Under_a_base_path_the_page_is_at_its_end_with_a_slash()
    {
        await using var based = new RunningServer(new SomeStation(), new ServerOptions { PathBase = "/radio/stats" });
        await based.InitializeAsync();
        using var without = await based.GetAsync("/radio/stats?site=demo");
        Assert.Equal((HttpStatusCode.Redirect, "stats/?site=demo"), (without.StatusCode, without.Headers.Location!.OriginalString));
        using var page = await based.GetAsync("/radio/stats/?site=demo");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var facts = await based.GetAsync("/radio/stats/dashboard.json");
        Assert.Equal(HttpStatusCode.OK, facts.StatusCode);
    }

    private async Task<string> TextAsync(string address)
    {
        using var response = await server.GetAsync(address);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Address();

    [GeneratedRegex("frame-ancestors ([^;]*)")]
    private static partial Regex Ancestors();
}
