using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace StatsGraph.Benchmarks.Measuring;

/// <summary>Subscribers of one site, over event streams and WebSockets, which note when they are told of a version.</summary>
internal sealed partial class Subscribers : IDisposable
{
    private const string Document =
        "subscription { siteChanged(key: \"bench\") { version dataThrough today { totals { sessions listeners tuningHours } } } }";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource stop = new();
    private readonly List<IDisposable> connections = [];
    private readonly Lock gate = new();
    private readonly Dictionary<long, (int Told, DateTime Last)> versions = [];
    private readonly List<Task> following = [];

    /// <summary>How many there are.</summary>
    public int Count => following.Count;

    /// <summary>Subscribes, some at a time, and waits until all have the state.</summary>
    /// <param name="graphQL">Where.</param>
    /// <param name="streams">How many over event streams.</param>
    /// <param name="sockets">How many over WebSockets.</param>
    public static async Task<Subscribers> GatherAsync(Uri graphQL, int streams, int sockets)
    {
        var subscribers = new Subscribers();
        foreach (var some in Enumerable.Range(0, streams + sockets).Chunk(100))
            await Task.WhenAll(some.Select(number => number < streams ? subscribers.StreamAsync(graphQL) : subscribers.SocketAsync(graphQL)));
        return subscribers;
    }

    /// <summary>When the last of all was told of a version.</summary>
    /// <exception cref="InvalidOperationException">Not all were.</exception>
    public async Task<DateTime> ToldAsync(long version)
    {
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until; await Task.Delay(20))
        {
            lock (gate)
            {
                if (versions.TryGetValue(version, out var told) && told.Told == Count)
                    return told.Last;
            }
        }

        lock (gate)
            throw new InvalidOperationException($"{versions.GetValueOrDefault(version).Told} of {Count} subscribers were told of version {version} in {Patience}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        connections.ForEach(connection => connection.Dispose());
        stop.Dispose();
    }

    private async Task StreamAsync(Uri graphQL)
    {
        var client = new TcpClient();
        await client.ConnectAsync(graphQL.Host, graphQL.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {graphQL.AbsolutePath}?query={Uri.EscapeDataString(Document)} HTTP/1.1\r\nHost: {graphQL.Authority}\r\nAccept: text/event-stream\r\n\r\n"));
        var lines = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 512);
        await FollowAsync(client, async () =>
        {
            while (await lines.ReadLineAsync(stop.Token) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                    return line;
            }

            return null;
        });
    }

    private async Task SocketAsync(Uri graphQL)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new UriBuilder(graphQL) { Scheme = "ws" }.Uri, stop.Token);
        await SendAsync(socket, """{"type":"connection_init"}""");
        await SendAsync(socket, JsonSerializer.Serialize(new { type = "subscribe", id = "1", payload = new { query = Document } }));
        var buffer = new byte[1_024];
        await FollowAsync(socket, async () =>
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), stop.Token);
                var message = Encoding.UTF8.GetString(buffer, 0, received.Count);
                if (received.MessageType == WebSocketMessageType.Close)
                    return null;
                if (message.Contains("\"ping\"", StringComparison.Ordinal))
                    await SendAsync(socket, """{"type":"pong"}""");
                else if (message.Contains("\"next\"", StringComparison.Ordinal))
                    return message;
            }
        });
    }

    private Task SendAsync(ClientWebSocket socket, string message)
        => socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, stop.Token);

    /// <summary>Waits for the state and has the rest followed.</summary>
    private async Task FollowAsync(IDisposable connection, Func<Task<string?>> next)
    {
        Note(await next());
        var rest = FollowAsync(next);
        lock (gate)
        {
            connections.Add(connection);
            following.Add(rest);
        }
    }

    private async Task FollowAsync(Func<Task<string?>> next)
    {
        try
        {
            while (await next() is { } told)
                Note(told);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // They have gone.
        }
    }

    private void Note(string? told)
    {
        var now = DateTime.UtcNow;
        if (told is null || Version().Match(told) is not { Success: true } found)
            throw new InvalidOperationException($"a subscriber was told '{told}'");
        var version = long.Parse(found.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        lock (gate)
            versions[version] = (versions.GetValueOrDefault(version).Told + 1, now);
    }

    [GeneratedRegex("\"version\":(\\d+)")]
    private static partial Regex Version();
}
