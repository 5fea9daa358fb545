using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StatsGraph.EndToEnd.Tests.Browser;

/// <summary>A real Chromium without a window that reaches this machine and nothing else, led over its DevTools protocol.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";

    private readonly Process process;
    private readonly ClientWebSocket socket = new();
    private readonly List<JsonNode> events = [];
    private int lastCall;

    private Chromium(Process process) => this.process = process;

    /// <summary>Why there is no Chromium to start; null where there is one.</summary>
    public static string? Missing => File.Exists(Executable) ? null : $"{Executable} is not installed (Debian package chromium)";

    /// <summary>
    /// Requests that were answered with an error or not at all, exceptions that no script caught, and what the policy of a page forbade.
    /// </summary>
    public IReadOnlyList<string> Failures => [.. events.Select(Failure).OfType<string>()];

    /// <summary>Addresses of all that was loaded.</summary>
    public IReadOnlyList<string> Loaded
        => [.. Responses().Where(response => (int)response["status"]! < 400).Select(response => (string)response["url"]!)];

    /// <summary>Starts it with an empty page; its profile lies in the folder.</summary>
    public static async Task<Chromium> StartAsync(TemporaryFolder folder, CancellationToken cancellation)
    {
        // Root may not use the sandbox. The rule for names keeps the browser's own errands from leaving the machine.
        var start = new ProcessStartInfo(Executable,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-port=0",
                "--user-data-dir=" + folder.Path, "about:blank",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var chromium = new Chromium(Process.Start(start)!);
        try
        {
            await chromium.ConnectAsync(cancellation);
            return chromium;
        }
        catch
        {
            await chromium.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a page and waits, no more than half a minute, until a text is on it.</summary>
    public async Task OpenAsync(Uri page, string text, CancellationToken cancellation)
    {
        await CallAsync("Page.navigate", new JsonObject { ["url"] = page.ToString() }, cancellation);
        await UntilShownAsync(text, cancellation);
    }

    /// <summary>Runs a script on the page and returns its value as text; empty where it has none.</summary>
    public async Task<string> RunAsync(string script, CancellationToken cancellation)
        => (await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = script, ["awaitPromise"] = true }, cancellation))["result"]!["value"]?.ToString()
            ?? "";

    /// <summary>Clicks the first button that has a text on it.</summary>
    public Task ClickAsync(string text, CancellationToken cancellation) => RunAsync(
        $"[...document.querySelectorAll('button')].find(button => button.innerText.includes('{text}')).click()", cancellation);

    /// <summary>Waits, no more than half a minute, until a text is on the page.</summary>
    public async Task UntilShownAsync(string text, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var shown = "";
        while (!(shown = await TextAsync(cancellation)).Contains(text, StringComparison.Ordinal))
        {
            Assert.True(
                Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30),
                $"'{text}' is not on the page, which shows '{shown}'; {string.Join(", ", Failures)}");
            await Task.Delay(100, cancellation);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        const string Beginning = "DevTools listening on ";
        string? line;
        do
        {
            line = await process.StandardError.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("chromium ended at once");
        }
        while (!line.StartsWith(Beginning, StringComparison.Ordinal));

        // What else it says is of no use, but has to be read lest it wait for a reader.
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        using var client = new HttpClient();
        var targets = await client.GetStringAsync(new Uri($"http://{new Uri(line[Beginning.Length..]).Authority}/json/list"), cancellation);
        var page = JsonNode.Parse(targets)!.AsArray().First(target => (string)target!["type"]! == "page")!;
        await socket.ConnectAsync(new Uri((string)page["webSocketDebuggerUrl"]!), cancellation);
        foreach (var domain in new[] { "Page", "Network", "Runtime", "Log" })
        {
            await CallAsync(domain + ".enable", [], cancellation);
        }
    }

    private Task<string> TextAsync(CancellationToken cancellation) => RunAsync("document.body ? document.body.innerText : ''", cancellation);

    /// <summary>Calls a method and keeps the events that come before its answer.</summary>
    private async Task<JsonNode> CallAsync(string method, JsonObject parameters, CancellationToken cancellation)
    {
        var id = ++lastCall;
        var call = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters });
        await socket.SendAsync(call, WebSocketMessageType.Text, endOfMessage: true, cancellation);
        while (true)
        {
            var message = await ReceiveAsync(cancellation);
            if ((int?)message["id"] == id)
            {
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message["error"]}");
            }

            events.Add(message);
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            message.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }

    private IEnumerable<JsonNode> Responses()
        => events.Where(e => (string?)e["method"] == "Network.responseReceived").Select(e => e["params"]!["response"]!);

    private string? Failure(JsonNode message) => (string?)message["method"] switch
    {
        "Network.responseReceived" when message["params"]!["response"] is { } response && (int)response["status"]! >= 400
            => $"{response["status"]} {response["url"]}",
        "Network.loadingFailed" => $"{message["params"]!["errorText"]} {Address((string)message["params"]!["requestId"]!)}",
        "Runtime.exceptionThrown" => (string?)message["params"]!["exceptionDetails"]!["exception"]?["description"] ?? "an exception",
        "Log.entryAdded" when (string?)message["params"]!["entry"]!["source"] == "security" => (string?)message["params"]!["entry"]!["text"],
        _ => null,
    };

    private string? Address(string request)
        => events.Where(e => (string?)e["method"] == "Network.requestWillBeSent" && (string?)e["params"]!["requestId"] == request)
            .Select(e => (string?)e["params"]!["request"]!["url"]).FirstOrDefault();
}
