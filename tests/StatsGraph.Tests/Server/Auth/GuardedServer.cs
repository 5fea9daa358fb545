using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Auth;

/// <summary>
/// A real server that asks for tokens, with the sites <c>demo</c> and <c>other</c> and a token of each kind. Its clock for tokens is moved by the
/// test.
/// </summary>
public sealed class GuardedServer : IAsyncLifetime
{
    private readonly SomeStation station = new();
    private readonly RunningServer server;

    public GuardedServer()
        : this(new ServerOptions())
    {
    }

    /// <param name="options">What is special of it.</param>
    internal GuardedServer(ServerOptions options)
    {
        station.Lake.Append(OtherSite, [SomeLines.Every(7).Batch()], [], CancellationToken.None);
        Folder = new TokenFolder(station.Folder, Clock);
        Reader = Add(TokenScope.Read, SomeStation.Key);
        OtherReader = Add(TokenScope.Read, OtherSite);
        Sender = Add(TokenScope.Ingest, SomeStation.Key);
        Admin = Add(TokenScope.Admin);
        Revoked = Add(TokenScope.Admin);
        Folder.Revoke(Revoked.Split('_')[1]);
        Expired = Folder.Add(TokenScope.Admin, [], null, Clock.GetUtcNow().AddDays(1)).Text;
        Clock.Pass(TimeSpan.FromDays(1));
        server = new RunningServer(station, options with { DataFolder = station.Folder, Clock = Clock });
    }

    public const string OtherSite = "other";

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public TokenFolder Folder { get; }

    public string Reader { get; }

    public string OtherReader { get; }

    public string Sender { get; }

    public string Admin { get; }

    public string Revoked { get; }

    public string Expired { get; }

    /// <summary>A token that was never made.</summary>
    public static string Wrong => "sg_abcdefghijkl_" + new string('0', 64);

    internal RunningServer Server => server;

    /// <summary>Starts it, with a compliance report that was issued.</summary>
    public async ValueTask InitializeAsync()
    {
        await new SomeIssues(station).IssueAsync("2026-10");
        await server.InitializeAsync();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>Makes a token.</summary>
    public string Add(TokenScope scope, params string[] sites) => Folder.Add(scope, sites, null, null).Text;

    /// <summary>Asks for an address with a token, or without.</summary>
    public Task<HttpResponseMessage> GetAsync(string address, string? token = null, string accept = "*/*")
        => SendAsync(HttpMethod.Get, address, token, accept);

    /// <summary>Asks, by a client of one's own or that of all.</summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string address, string? token = null, string accept = "*/*", HttpContent? content = null, HttpClient? client = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (client ?? server.Client).SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
        => server.Client.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>Posts a document and returns the whole response as text.</summary>
    public async Task<string> QueryAsync(string query, string? token, object? extensions = null)
    {
        using var response = await SendAsync(
            HttpMethod.Post, "/graphql", token,
            content: new StringContent(JsonSerializer.Serialize(new { query, extensions }), Encoding.UTF8, "application/json"));
        return await TextAsync(response);
    }

    public static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
