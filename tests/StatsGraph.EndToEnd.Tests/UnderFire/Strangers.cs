using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests.UnderFire;

/// <summary>Those who are up to no good: wrong tokens, hostile documents with a right one, bombs, and connections that are opened and left.</summary>
public static class Strangers
{
    /// <summary>Connections that stand half open at once.</summary>
    private const int HalfOpen = 200;

    private static readonly string[] Hostile =
    [
        "{ " + string.Concat(Enumerable.Repeat("a { ", 3_000)) + string.Concat(Enumerable.Repeat("} ", 3_000)) + "}",
        "{ " + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"a{i}: __typename ")) + "}",
        "{ ...a } fragment a on Query { ...b ...b } fragment b on Query { ...c ...c } fragment c on Query { ...a __typename }",
        "{ sites(first: 1000) { nodes { report(period: { days: { from: \"2021-01-01\", to: \"2026-01-01\" } }) { groups(by: [MOUNT, CITY, NETWORK], first: 1000) { nodes { metrics { sessions listeners } } } } } } }",
        "{ site(key: \"default\") { report(period: { days: { from: \"2017-01-01\", to: \"2026-01-01\" } }) { "
            + string.Concat(Enumerable.Range(0, 19).Select(i => $"t{i}: timeSeries(interval: HOUR) {{ buckets {{ metrics {{ sessions listeners }} }} }} ")) + "} } }",
        "{ site(key: \"" + new string('x', 60_000) + "\") { key } }",
        "query(" + string.Concat(Enumerable.Range(0, 500).Select(i => $"$v{i}: Int ")) + ") { __typename }",
        "{ site(key: \"default\") { report(period: { month: \"2026-10\" }, where: { " + string.Concat(Enumerable.Repeat("and: [{ ", 300)) + " } } } ",
        "\0\u0001\uFEFF{{{{",
    ];

    private static readonly string[] Halves =
    [
        "", "G", "GET /graphql", "GET /graphql?query={__typename} HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"query\":",
        "POST /ingest/default HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n81.2.0.1 - - [",
        "GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
    ];

    public static IEnumerable<Task> Begin(Battle battle) =>
    [
        battle.RepeatAsync("wrong tokens", turn => GuessAsync(battle, turn)),
        battle.RepeatAsync("hostile documents", turn => HostileAsync(battle, turn)),
        battle.RepeatAsync("bombs", _ => BombAsync(battle)),
        LeaveOpenAsync(battle),
    ];

    private static async Task GuessAsync(Battle battle, int turn)
    {
        var path = (turn % 4) switch { 0 => "graphql?query={__typename}", 1 => "reports/countries.csv?site=default&month=2026-10", 2 => "metrics", _ => "ingest/default" };
        using var request = new HttpRequestMessage(turn % 4 == 3 ? HttpMethod.Post : HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"sg_{turn % 1_000_000:000000}aaaaaa_{new string('a', 64)}");
        using var response = await battle.Stranger.SendAsync(request, battle.End);
        await battle.ExpectAsync(response, $"wrong token at {path}", HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests);
        await Task.Delay(5, battle.End);
    }

    private static async Task HostileAsync(Battle battle, int turn)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { query = Hostile[turn % Hostile.Length] }), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = content };
        request.Headers.Accept.ParseAdd("application/graphql-response+json");
        using var response = await battle.Friend.SendAsync(request, battle.End);
        await battle.ExpectAsync(response, $"hostile document {turn % Hostile.Length}", HttpStatusCode.BadRequest, HttpStatusCode.OK);
        await Task.Delay(10, battle.End);
    }

    /// <summary>A gigabyte of nothing, packed.</summary>
    private static async Task BombAsync(Battle battle)
    {
        using var content = new ByteArrayContent(Bomb.Value);
        content.Headers.ContentType = new("application/octet-stream");
        using var response = await battle.Friend.PostAsync("ingest/bombed", content, battle.End);
        await battle.ExpectAsync(
            response, "bomb", HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity, HttpStatusCode.ServiceUnavailable);
        await Task.Delay(1_000, battle.End);
    }

    private static readonly Lazy<byte[]> Bomb = new(() =>
    {
        using var packed = new MemoryStream();
        using (var zstd = new ZstdSharp.CompressionStream(packed, level: 19, leaveOpen: true))
        {
            var nothing = new byte[1 << 20];
            for (var i = 0; i < 1_024; i++)
                zstd.Write(nothing);
        }

        return packed.ToArray();
    });

    /// <summary>Opens connections, says half of something, and leaves them until there are too many.</summary>
    private static async Task LeaveOpenAsync(Battle battle)
    {
        var open = new Queue<Socket>();
        await battle.RepeatAsync("half-open connections", async turn =>
        {
            var socket = await Battle.ConnectAsync(Battle.Strangers, battle.Address.Port, battle.End);
            open.Enqueue(socket);
            await socket.SendAsync(Encoding.Latin1.GetBytes(Halves[turn % Halves.Length]), battle.End);
            if (open.Count > HalfOpen)
                open.Dequeue().Dispose();
            await Task.Delay(10, battle.End);
        });
        foreach (var socket in open)
            socket.Dispose();
    }
}
