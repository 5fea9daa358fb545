using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests.UnderFire;

/// <summary>Those who want to be told: some stay as long as they can, by events and by WebSocket, and others come and go.</summary>
public static class Subscribers
{
    private const int Staying = 20;

    private const string Subscription =
        """subscription { siteChanged(key: "default") { dataThrough today { totals { sessions tuningHours } } } }""";

    public static IEnumerable<Task> Begin(Battle battle) =>
    [
        .. Enumerable.Range(0, Staying).Select(_ => battle.RepeatAsync("event streams", _ => EventsAsync(battle, int.MaxValue))),
        .. Enumerable.Range(0, Staying).Select(_ => battle.RepeatAsync("sockets", _ => SocketAsync(battle, int.MaxValue))),
        battle.RepeatAsync("event streams that go", _ => EventsAsync(battle, 1)),
        battle.RepeatAsync("sockets that go", _ => SocketAsync(battle, 1)),
    ];

    private static async Task EventsAsync(Battle battle, int most)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"graphql?query={Uri.EscapeDataString(Subscription)}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await battle.Friend.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, battle.End);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(battle.End));
        for (var events = 0; events < most && await reader.ReadLineAsync(battle.End) is { } line;)
        {
            if (!line.StartsWith("data:", StringComparison.Ordinal) || line.Length < 10)
                continue;
            Check(battle, line);
            events++;
        }

        await Task.Delay(20, battle.End);
    }

    private static async Task SocketAsync(Battle battle, int most)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new UriBuilder(battle.Address) { Scheme = "ws", Path = "/graphql" }.Uri, battle.End);
        await SendAsync(new { type = "connection_init", payload = new { Authorization = $"Bearer {battle.Token}" } });
        await SendAsync(new { type = "subscribe", id = "1", payload = new { query = Subscription } });
        var buffer = new byte[64 << 10];
        for (var events = 0; events < most;)
        {
            var received = await socket.ReceiveAsync(buffer, battle.End);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                if (!battle.IsStopping)
                    battle.Fail($"a WebSocket was closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
                return;
            }

            var message = Encoding.UTF8.GetString(buffer, 0, received.Count);
            if (message.Contains("\"type\":\"ping\"", StringComparison.Ordinal))
                await SendAsync(new { type = "pong" });
            if (!message.Contains("\"type\":\"next\"", StringComparison.Ordinal))
                continue;
            Check(battle, message);
            events++;
        }

        await Task.Delay(20, battle.End);

        Task SendAsync(object message)
            => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, battle.End);
    }

    private static void Check(Battle battle, string text)
    {
        battle.Count("events");
        if (text.Contains("\"errors\"", StringComparison.Ordinal))
            battle.Fail($"an event has errors: {text}");
    }
}
