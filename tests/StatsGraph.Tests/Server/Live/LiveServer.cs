using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using StatsGraph.Reports;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Live;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Live;

/// <summary>
/// A real server for the figures of <see cref="SomeStation"/>, to which sites' lines come while it runs, and whose clock moves when it is told to.
/// </summary>
internal sealed class LiveServer : IAsyncDisposable
{
    /// <summary>All that moves: the version, how far the data reaches, and the figures of the day.</summary>
    public const string Document =
        """subscription { siteChanged(key: "demo") { version dataThrough today { period { from } totals { sessions } } } }""";

    private readonly SomeStation station;
    private readonly RunningServer server;
    private readonly TokenFolder tokens;
    private int lines;

    private LiveServer(ServerOptions options)
    {
        station = new SomeStation(new ReportOptions(), Clock);
        tokens = new TokenFolder(station.Folder, Clock);
        server = new RunningServer(station, options with { DataFolder = station.Folder, Clock = Clock });
    }

    public ManualClock Clock { get; } = new(SomeLines.Noon);

    public HttpClient Client => server.Client;

    public RunningServer Running => server;

    /// <summary>Connections and subscriptions that there are.</summary>
    public (int Connections, int Subscriptions) Counts
        => server.Services.GetRequiredService<LiveConnections>() is var all ? (all.Count, all.Subscriptions.Count) : default;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public static async Task<LiveServer> StartAsync(LiveOptions? live = null, ServerOptions? options = null)
    {
        var server = new LiveServer((options ?? new ServerOptions()) with { Live = live ?? new LiveOptions { Interval = TimeSpan.FromMilliseconds(1) } });
        await server.server.InitializeAsync();
        return server;
    }

    /// <summary>Commits one session of today to a site; it ends at noon.</summary>
    public void Commit(string site = SomeStation.Key)
        => station.Lake.Append(site, [new[] { new SomeLine(1_000 + lines++, SomeLines.Noon) }.Batch()], [], Ended);

    /// <summary>Makes a token for a site, or for all.</summary>
    public string Add(TokenScope scope, string? site = null, TimeSpan? age = null)
        => tokens.Add(scope, site is null ? [] : [site], null, Clock.GetUtcNow() + age).Text;

    /// <summary>Makes a token worthless.</summary>
    public void Revoke(string token) => tokens.Revoke(token.Split('_')[1]);

    /// <summary>Asks for events by a POST.</summary>
    public async Task<EventReader> SubscribeAsync(string document = Document, object? variables = null, string? token = null)
        => await ReadAsync(Post(new { query = document, variables }, token: token));

    /// <summary>Asks for events by a GET.</summary>
    public Task<EventReader> GetAsync(string address, string? token = null)
        => ReadAsync(Bearing(token, new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Accept = { new("text/event-stream") } } }));

    /// <summary>Reserves an event stream for many operations.</summary>
    public async Task<string> ReserveAsync(string? token = null)
    {
        using var request = Bearing(token, new HttpRequestMessage(HttpMethod.Put, "/graphql"));
        using var response = await Client.SendAsync(request, Ended);
        Assert.Equal((HttpStatusCode.Created, "text/plain"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return await response.Content.ReadAsStringAsync(Ended);
    }

    /// <summary>Begins an operation on an event stream.</summary>
    public async Task<HttpStatusCode> BeginAsync(string stream, string id, string query, string? token = null)
    {
        using var request = Post(new { query, extensions = new { operationId = id } }, "application/graphql-response+json", token);
        request.Headers.Add("X-GraphQL-Event-Stream-Token", stream);
        using var response = await Client.SendAsync(request, Ended);
        return response.StatusCode;
    }

    /// <summary>A POST that accepts events alone, or what it is said to.</summary>
    public static HttpRequestMessage Post(object body, string accept = "text/event-stream", string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(JsonSerializer.Serialize(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return Bearing(token, request);
    }

    private static HttpRequestMessage Bearing(string? token, HttpRequestMessage request)
    {
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    public async Task<EventReader> ReadAsync(HttpRequestMessage request)
        => new(await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ended));

    /// <summary>Opens a WebSocket.</summary>
    public Task<SocketClient> ConnectAsync(string protocol = SocketClient.Current, string? origin = null)
        => SocketClient.ConnectAsync(Client.BaseAddress!, protocol, origin is null ? [] : [("Origin", origin)]);

    /// <summary>Waits until nobody is connected, or so many are.</summary>
    public async Task AssertDesertedAsync(int connections = 0, int subscriptions = 0)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (Counts != (connections, subscriptions))
            await Task.Delay(20, patience.Token);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>Reads events of a response. Comments are no events.</summary>
internal sealed class EventReader(HttpResponseMessage response) : IDisposable
{
    private StreamReader? lines;

    public HttpResponseMessage Response => response;

    /// <summary>The next event, its name and its data; the names are empty at the end of the stream.</summary>
    public async Task<(string Name, string Data)> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        lines ??= new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token), Encoding.UTF8);
        var (name, data) = ("", "");
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line["data: ".Length..];
            else if (line.Length == 0 && name.Length > 0)
                return (name, data);
        }

        return ("", "");
    }

    /// <summary>The state that the next event tells.</summary>
    public async Task<JsonElement> StateAsync()
    {
        var (name, data) = await NextAsync();
        Assert.Equal("next", name);
        return JsonSerializer.Deserialize<JsonElement>(data).GetProperty("data").GetProperty("siteChanged");
    }

    /// <summary>The code of the error that the next and last event tells.</summary>
    public async Task<string> FaultAsync()
    {
        var (name, data) = await NextAsync();
        Assert.Equal("next", name);
        Assert.Equal(("complete", ""), await NextAsync());
        Assert.Equal(("", ""), await NextAsync());
        return JsonSerializer.Deserialize<JsonElement>(data).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString()!;
    }

    public void Dispose()
    {
        lines?.Dispose();
        response.Dispose();
    }
}

/// <summary>Says and hears what graphql-transport-ws has, word by word.</summary>
internal sealed class SocketClient(ClientWebSocket socket) : IDisposable
{
    /// <summary>The protocol that there is.</summary>
    public const string Current = "graphql-transport-ws";

    public string? Protocol => socket.SubProtocol;

    /// <summary>Opens a WebSocket; a refusal is an exception with its status.</summary>
    public static async Task<SocketClient> ConnectAsync(Uri server, string protocol, params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        if (protocol.Length > 0)
            socket.Options.AddSubProtocol(protocol);
        foreach (var (name, value) in headers)
            socket.Options.SetRequestHeader(name, value);
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(
                new UriBuilder(new Uri(server, "/graphql")) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
            return new SocketClient(socket);
        }
        catch (WebSocketException refused)
        {
            throw new HttpRequestException(refused.Message, refused, socket.HttpStatusCode);
        }
    }

    public Task SayAsync(string message) => SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text);

    public Task SendAsync(byte[] message, WebSocketMessageType type)
        => socket.SendAsync(message, type, endOfMessage: true, TestContext.Current.CancellationToken);

    public async Task BeginAsync(string? token = null)
    {
        await SayAsync(JsonSerializer.Serialize(new { type = "connection_init", payload = new { token } }));
        Assert.Equal("""{"type":"connection_ack"}""", await HearAsync());
    }

    public Task SubscribeAsync(string id, string document)
        => SayAsync(JsonSerializer.Serialize(new { type = "subscribe", id, payload = new { query = document } }));

    /// <summary>The next message, or the code and the reason for which the server closes.</summary>
    public async Task<string> HearAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (received.MessageType == WebSocketMessageType.Close)
                return FormattableString.Invariant($"{(int?)socket.CloseStatus} {socket.CloseStatusDescription}");
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
                return Encoding.UTF8.GetString(message.ToArray());
        }
    }

    public void Dispose() => socket.Dispose();
}
