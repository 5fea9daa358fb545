using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests.UnderFire;

/// <summary>
/// Those who send logs, each log packed in another way, some by two at once, some with connections that break in the middle. A log that was answered
/// is counted; one that was not is sent again, after the server was started again if need be.
/// </summary>
public sealed class Senders
{
    private const int LinesOfLog = 200;
    private const int AtOnce = 2;

    /// <summary>Stamps must not come near the present.</summary>
    private const int MostLogs = 40 * 24 * 3_600 / LinesOfLog;

    private readonly ConcurrentBag<int> unanswered = [];
    private int logs;
    private int answered;

    /// <summary>Sessions of all logs that were begun: no two are the same.</summary>
    public long Sessions => (long)logs * LinesOfLog;

    /// <summary>Logs that were taken to their end, as the server said.</summary>
    public int Answered => answered;

    /// <summary>Logs that were begun, and not answered before the fire ended.</summary>
    public int Unanswered => unanswered.Count;

    /// <summary>Sends the first log, so that there is something to ask for.</summary>
    public async Task BeginAsync(Uri address, string token)
    {
        using var peace = new Battle(address, token, TestContext.Current.CancellationToken);
        await SendAsync(peace);
        Assert.Empty(peace.Failures);
        await ServeTests.UntilAsync(async () =>
            (await Answers.AskAsync(peace.Friend, "{ site(key: \"default\") { key } }")).GetProperty("data").GetProperty("site").ValueKind == JsonValueKind.Object);
    }

    public IEnumerable<Task> Begin(Battle battle) => Enumerable.Range(0, AtOnce).Select(_ => battle.RepeatAsync("logs", _ => SendAsync(battle)));

    /// <summary>Sends what was not answered.</summary>
    public async Task FinishAsync(Battle battle)
    {
        while (unanswered.TryTake(out var log))
            await UntilTakenAsync(battle, log);
    }

    private async Task SendAsync(Battle battle)
    {
        var log = Interlocked.Increment(ref logs) - 1;
        if (log >= MostLogs)
            throw new InvalidOperationException("There are no more stamps before the present.");
        var isTaken = false;
        try
        {
            if (log % 5 == 1)
                await BreakAsync(battle, log);
            await (log % 5 == 2 ? Task.WhenAll(UntilTakenAsync(battle, log), UntilTakenAsync(battle, log)) : UntilTakenAsync(battle, log));
            isTaken = true;
        }
        finally
        {
            if (!isTaken)
                unanswered.Add(log);
        }
    }

    /// <summary>Sends a log until the server says that it has all of it.</summary>
    private async Task UntilTakenAsync(Battle battle, int log)
    {
        while (true)
        {
            using var content = new ByteArrayContent(Packed(log));
            content.Headers.ContentType = new("application/octet-stream");
            using var response = await battle.Friend.PostAsync("ingest/default", content, battle.End);
            var text = await response.Content.ReadAsStringAsync(battle.End);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var lines = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("lines").GetInt32();
                if (lines != LinesOfLog)
                    battle.Fail($"log {log}: {lines} lines in {text}");
                Interlocked.Increment(ref answered);
                return;
            }

            // It may have enough to do, and it may be stopping.
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || response.Headers.RetryAfter is null)
                battle.Fail($"log {log}: {(int)response.StatusCode} {text}");
            battle.Count("logs told to come again");
            await Task.Delay(100, battle.End);
        }
    }

    /// <summary>Sends a part of a log and breaks the connection.</summary>
    private static async Task BreakAsync(Battle battle, int log)
    {
        var body = Packed(log);
        using var socket = await Battle.ConnectAsync(IPAddress.Loopback, battle.Address.Port, battle.End);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                $"POST /ingest/default HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {battle.Token}\r\nContent-Type: application/octet-stream\r\n"
                + $"Content-Length: {body.Length}\r\n\r\n"),
            battle.End);
        await socket.SendAsync(body.AsMemory(0, log * 37 % body.Length), battle.End);
        if (log % 2 == 0)
            socket.LingerState = new(enable: true, seconds: 0);
        battle.Count("broken uploads");
    }

    private static byte[] Packed(int log)
    {
        var text = new StringBuilder();
        for (var line = 0; line < LinesOfLog; line++)
            text.Append(SomeLog.Session((log * LinesOfLog) + line, secondsApart: 1));
        var plain = Encoding.ASCII.GetBytes(text.ToString());
        switch (log % 3)
        {
            case 0:
                return plain;
            case 1:
                using (var zstd = new ZstdSharp.Compressor())
                    return zstd.Wrap(plain).ToArray();
            default:
                using (var packed = new MemoryStream())
                {
                    using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                        gzip.Write(plain);
                    return packed.ToArray();
                }
        }
    }
}
