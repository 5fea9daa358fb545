using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>Tokens of the command, and what a running server makes of them.</summary>
public sealed class AccessTests
{
    private const string Sites = "graphql?query={sites{totalCount nodes{key}}}";

    private static readonly string[] Addresses =
    [
        Sites, "graphql/persisted/countries?site=radio&month=2026-10", "reports/countries.csv?site=radio&month=2026-10", "graphql/schema.graphql", "graphql?sdl",
    ];

    [Fact]
    public async Task Tokens_that_are_made_and_revoked_hold_from_the_next_request_on_and_show_their_sites_alone()
    {
        using var folder = new TemporaryFolder();
        await IngestAsync(folder);
        var radio = await AddAsync(folder, "--scope", "read", "--site", "radio");
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };

        foreach (var address in Addresses)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, address, null));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, address, radio[..^1] + (radio[^1] == '0' ? '1' : '0')));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, address, radio));
        }

        Assert.Equal("""{"data":{"sites":{"totalCount":1,"nodes":[{"key":"radio"}]}}}""", await TextAsync(client, Sites, radio));
        var jazz = await AddAsync(folder, "--scope", "read", "--site", "jazz");
        Assert.Equal("""{"data":{"sites":{"totalCount":1,"nodes":[{"key":"jazz"}]}}}""", await TextAsync(client, Sites, jazz));
        foreach (var address in Addresses.Where(address => address.Contains("site=", StringComparison.Ordinal)))
        {
            Assert.Equal(await TextAsync(client, address.Replace("site=radio", "site=nosuch", StringComparison.Ordinal), jazz), await TextAsync(client, address, jazz));
        }

        var all = await AddAsync(folder, "--scope", "admin");
        Assert.Contains("\"totalCount\":2", await TextAsync(client, Sites, all), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, Sites, await AddAsync(folder, "--scope", "ingest")));

        var revoked = await StatsGraphProcess.RunAsync(folder, ["token", "revoke", radio.Split('_')[1]]);
        Assert.Equal((0, ""), (revoked.ExitStatus, revoked.Output));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, Sites, radio));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, Sites, jazz));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "health/ready", null));

        var list = JsonSerializer.Deserialize<JsonElement>((await StatsGraphProcess.RunAsync(folder, ["token", "list", "--json"])).Output);
        Assert.Equal((4, 1), (list.GetArrayLength(), list.EnumerateArray().Count(token => token.GetProperty("revoked").ValueKind == JsonValueKind.String)));
        var end = await server.TerminateAsync();
        Assert.Equal((0, ""), (end.ExitStatus, end.Error));
    }

    [Fact]
    public async Task A_damaged_token_grants_nothing_and_is_named_in_the_log()
    {
        using var folder = new TemporaryFolder();
        await IngestAsync(folder);
        var token = await AddAsync(folder, "--scope", "admin");
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, Sites, token));
        var file = Assert.Single(Directory.GetFiles(folder["data/tokens"]));
        File.WriteAllText(file, File.ReadAllText(file)[..^40]);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, Sites, token));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, Sites, token));
        var line = Assert.Single((await server.TerminateAsync()).Error.TrimEnd('\n').Split('\n'));
        Assert.Contains(file, line, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('_')[2], line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_an_address_of_others_a_token_is_enough_to_start_and_without_it_public_sites_are_all_there_is()
    {
        using var folder = new TemporaryFolder();
        await IngestAsync(folder);
        var refused = await StatsGraphProcess.RunAsync(folder, ["serve", "--urls", "http://0.0.0.0:0"]);
        Assert.Equal(2, refused.ExitStatus);
        var token = await AddAsync(folder, "--scope", "read");
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://0.0.0.0:0"], ("STATSGRAPH_Sites__jazz__Public", "true"));
        using var client = new HttpClient { BaseAddress = OnLoopback(await ServeTests.AddressAsync(server)) };
        Assert.Equal("""{"data":{"sites":{"totalCount":1,"nodes":[{"key":"jazz"}]}}}""", await TextAsync(client, Sites, null));
        Assert.Contains("\"totalCount\":2", await TextAsync(client, Sites, token), StringComparison.Ordinal);
        await server.TerminateAsync();
    }

    [Fact]
    public async Task Public_lets_everybody_read_and_nobody_guess()
    {
        using var folder = new TemporaryFolder();
        await IngestAsync(folder);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://0.0.0.0:0", "--public"]);
        using var client = new HttpClient { BaseAddress = OnLoopback(await ServeTests.AddressAsync(server)) };
        Assert.Contains("\"totalCount\":2", await TextAsync(client, Sites, null), StringComparison.Ordinal);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 25; i++)
        {
            statuses.Add(await StatusAsync(client, Sites, "sg_abcdefghijkl_" + new string('0', 64)));
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], statuses.Distinct());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, Sites, null));
        await server.TerminateAsync();
    }

    private static Uri OnLoopback(Uri address) => new UriBuilder(address) { Host = "127.0.0.1" }.Uri;

    private static async Task IngestAsync(TemporaryFolder folder)
    {
        folder.Write("radio.log", SomeLog.Sessions(6));
        folder.Write("jazz.log", SomeLog.Sessions(4));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "radio", "radio.log"]);
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "jazz", "jazz.log"]);
    }

    /// <summary>Makes a token by the command.</summary>
    internal static async Task<string> AddAsync(TemporaryFolder folder, params string[] options)
    {
        var made = await StatsGraphProcess.RunAsync(folder, ["token", "add", .. options]);
        Assert.True(made.ExitStatus == 0, made.Error);
        return Assert.Single(made.Output.TrimEnd('\n').Split('\n'));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address, string? token)
    {
        using var response = await GetAsync(client, address, token);
        return response.StatusCode;
    }

    private static async Task<string> TextAsync(HttpClient client, string address, string? token)
    {
        using var response = await GetAsync(client, address, token);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string address, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
