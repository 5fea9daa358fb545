using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace StatsGraph.EndToEnd.Tests.Proxy;

/// <summary>A server behind a real nginx: what works there, and who is believed to be whom.</summary>
public sealed partial class NginxTests(ProxiedStation station) : IClassFixture<ProxiedStation>
{
    private const string Html = "text/html,application/xhtml+xml,*/*;q=0.8";
    private const string Sites = "graphql?query={sites{nodes{key}}}";
    private const string Answer = """{"data":{"sites":{"nodes":[{"key":"radio"}]}}}""";
    private const string Subscription = """subscription { siteChanged(key: "radio") { today { totals { sessions } } } }""";
    private const string Told = """{"data":{"siteChanged":{"today":{"totals":{"sessions":0}}}}}""";
    private const string Wrong = "sg_abcdefghijkl_0000000000000000000000000000000000000000000000000000000000000000";

    [Theory]
    [InlineData("/")]
    [InlineData("/stats/")]
    [InlineData("/radio/")]
    public async Task Everything_is_there_at_the_root_and_under_a_path(string path)
    {
        NeedNginx();
        using var client = station.Client(path, "127.0.0.10");
        Assert.Equal(Answer, await TextAsync(client, Request(Sites, station.Token)));
        var post = Request("graphql", station.Token, HttpMethod.Post);
        post.Content = new StringContent("""{"query":"{sites{nodes{key}}}"}""", Encoding.UTF8, "application/json");
        Assert.Equal(Answer, await TextAsync(client, post));
        var csv = await TextAsync(client, Request("reports/entry-mounts.csv?site=radio&month=2026-10", station.Token));
        Assert.Contains("/live.mp3", csv, StringComparison.Ordinal);
        Assert.Equal("live\n", await TextAsync(client, Request("health/live", null)));
        Assert.Equal("ready\n", await TextAsync(client, Request("health/ready", null)));

        foreach (var page in new[] { "", "graphql/" })
        {
            var text = await TextAsync(client, Request(page, station.Token, accept: Html));
            var links = Link().Matches(text).Select(link => link.Groups[1].Value).Where(link => !link.StartsWith("data:", StringComparison.Ordinal)).ToList();
            Assert.True(links.Count >= 3, text);
            foreach (var link in links)
            {
                var address = new Uri(new Uri(station.Home(path), page), link);
                Assert.StartsWith(station.Home(path).ToString(), address.ToString(), StringComparison.Ordinal);
                using var found = await client.SendAsync(Request(address.ToString(), station.Token, accept: Html), TestContext.Current.CancellationToken);
                Assert.True(found.StatusCode == HttpStatusCode.OK, $"{link} {found.StatusCode}");
            }
        }

        using var missing = await client.SendAsync(Request("nosuch", station.Token), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("max-age=2592000", Assert.Single(missing.Headers.GetValues("Strict-Transport-Security")));
        Assert.Equal("nosniff", Assert.Single(missing.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/stats/", "/stats")]
    [InlineData("/radio/", "/radio")]
    public async Task A_browser_signs_in_by_a_cookie_of_https_and_of_the_path(string path, string cookiePath)
    {
        NeedNginx();
        using var client = station.Client(path, "127.0.0.11");
        var ide = new Uri(station.Home(path), "graphql/");
        using var sent = await client.SendAsync(Request("graphql/", null, accept: Html), TestContext.Current.CancellationToken);
        var page = new Uri(ide, sent.Headers.Location!);
        Assert.Equal(new Uri(station.Home(path), "sign-in?to=graphql%2F"), page);
        Assert.Contains("<form", await TextAsync(client, Request(page.ToString(), null, accept: Html)), StringComparison.Ordinal);

        // What a client says of where it is changes nothing.
        var form = Request(page.ToString(), null, HttpMethod.Post);
        form.Content = new FormUrlEncodedContent([new("token", station.Token), new("to", "graphql/")]);
        form.Headers.Add("Origin", station.Home(path).GetLeftPart(UriPartial.Authority));
        form.Headers.Add("X-Forwarded-Prefix", "/evil");
        form.Headers.Add("X-Forwarded-Proto", "http");
        form.Headers.Add("X-Forwarded-Host", "evil.example");
        using var entered = await client.SendAsync(form, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.SeeOther, ide), (entered.StatusCode, new Uri(page, entered.Headers.Location!)));
        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"));
        Assert.Equal($"statsgraph-token={station.Token}; path={cookiePath}; secure; samesite=strict; httponly", cookie);

        var asked = Request(Sites, null);
        asked.Headers.Add("Cookie", cookie.Split(';')[0]);
        Assert.Equal(Answer, await TextAsync(client, asked));
        using var signOut = Request("sign-out", null, HttpMethod.Post);
        using var left = await client.SendAsync(signOut, TestContext.Current.CancellationToken);
        Assert.Equal(station.Home(path), new Uri(new Uri(station.Home(path), "sign-out"), left.Headers.Location!));
        Assert.Contains($"path={cookiePath};", Assert.Single(left.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_tokens_hold_up_the_client_that_shows_them_and_no_other_whatever_they_say_of_themselves()
    {
        NeedNginx();
        using var guesser = station.Client("/", "127.0.0.2");
        using var other = station.Client("/", "127.0.0.3");
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(guesser, Wrong, i % 2 == 0 ? null : $"198.51.100.{i}"));
        }

        foreach (var faked in new[] { null, "127.0.0.3", "198.51.100.99", "127.0.0.1", "127.0.0.3, 127.0.0.1" })
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(guesser, station.Token, faked));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(other, station.Token, faked is null ? null : "127.0.0.2"));
        }

        // Past nginx the header is a stranger's.
        using var direct = StatsGraph.Tests.Some.SomeClient.From("127.0.0.4", station.Direct);
        using var framed = station.Client("/", "127.0.0.5");
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(direct, Wrong, "127.0.0.5"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(direct, station.Token, "127.0.0.6"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(framed, station.Token, null));
    }

    [Fact]
    public async Task A_long_body_reaches_the_server_which_refuses_it_itself()
    {
        NeedNginx();
        using var client = station.Client("/", "127.0.0.12");
        var post = Request("graphql", station.Token, HttpMethod.Post);
        post.Content = new StringContent(new string(' ', 3 << 20), Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(post, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("errors")[0];
        Assert.Equal("HC0010", error.GetProperty("extensions").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/stats/")]
    [InlineData("/radio/")]
    public async Task Subscribers_are_told_at_once_by_events_and_by_WebSocket(string path)
    {
        NeedNginx();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var client = station.Client(path, "127.0.0.13");
        using var request = Request("graphql?query=" + Uri.EscapeDataString(Subscription), station.Token, accept: "text/event-stream");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        string? line;
        do
        {
            line = await reader.ReadLineAsync(patience.Token);
        }
        while (line?.StartsWith("data: {", StringComparison.Ordinal) == false);
        Assert.Equal($"data: {Told}", line);

        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Origin", station.Home(path).GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(new Uri(station.Home(path), "graphql")) { Scheme = "wss" }.Uri, client, patience.Token);
        await SayAsync(new { type = "connection_init", payload = new { Authorization = $"Bearer {station.Token}" } });
        Assert.Equal("""{"type":"connection_ack"}""", await HearAsync());
        await SayAsync(new { type = "subscribe", id = "1", payload = new { query = Subscription } });
        Assert.Equal("{\"id\":\"1\",\"type\":\"next\",\"payload\":" + Told + "}", await HearAsync());

        Task SayAsync(object message)
            => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, patience.Token);

        async Task<string> HearAsync()
        {
            var buffer = new byte[16 << 10];
            var received = await socket.ReceiveAsync(buffer, patience.Token);
            return Encoding.UTF8.GetString(buffer, 0, received.Count);
        }
    }

    /// <summary>Skips the test where there is no nginx, and fails it where there has to be one.</summary>
    internal static void NeedNginx()
    {
        if (Nginx.Missing is { } reason)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", reason);
            Assert.Fail(reason);
        }
    }

    private static HttpRequestMessage Request(string address, string? token, HttpMethod? method = null, string accept = "*/*")
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, address.Length == 0 ? "./" : address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static async Task<string> TextAsync(HttpClient client, HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{request.RequestUri} {response.StatusCode} {text}");
        return text;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string token, string? forwardedFor)
    {
        using var request = Request(Sites, token);
        if (forwardedFor is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Link();
}
