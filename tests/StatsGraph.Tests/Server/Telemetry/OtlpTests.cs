using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using StatsGraph.Server;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Tests.Server.Telemetry;

/// <summary>What a collector gets.</summary>
[Collection(WatchedServers.Name)]
public sealed class OtlpTests
{
    [Fact]
    public async Task Traces_and_metrics_go_to_the_collector_and_nowhere_without_one()
    {
        using var collector = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/";
        collector.Prefixes.Add(address);
        collector.Start();
        var received = new ConcurrentBag<(string Path, string Body)>();
        var receiving = ReceiveAsync(collector, received);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        Environment.SetEnvironmentVariable("OTEL_SERVICE_NAME", "radio-figures");
        try
        {
            using var station = new SomeStation();
            await using (var without = await WatchedServer.StartAsync(station.Store, new ServerOptions { LogLevel = LogLevel.None }))
                await without.AskAsync("""{ site(key: "demo") { name } }""");
            Assert.Empty(received);

            var telemetry = new TelemetryOptions { Metrics = false, Otlp = new Uri(address) };
            await using (var server = await WatchedServer.StartAsync(station.Store, new ServerOptions { LogLevel = LogLevel.None, Telemetry = telemetry }))
                await server.AskAsync("""query Mine { site(key: "demo") { report(period: { month: "2026-10" }) { totals { sessions } } } }""");
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);
            Environment.SetEnvironmentVariable("OTEL_SERVICE_NAME", null);
            collector.Stop();
        }

        await receiving;
        var traces = string.Concat(received.Where(sent => sent.Path == "/v1/traces").Select(sent => sent.Body));
        var metrics = string.Concat(received.Where(sent => sent.Path == "/v1/metrics").Select(sent => sent.Body));
        Assert.All(["POST /graphql", "query", "figure totals", "statsgraph.rows_read", "radio-figures"], text => Assert.Contains(text, traces, StringComparison.Ordinal));
        Assert.All(
            ["statsgraph.graphql.request.duration", "http.server.request.duration", "dotnet.process.cpu.time", "statsgraph.lake.version"],
            text => Assert.Contains(text, metrics, StringComparison.Ordinal));
        Assert.DoesNotContain("Mine", traces, StringComparison.Ordinal);
    }

    private static async Task ReceiveAsync(HttpListener collector, ConcurrentBag<(string Path, string Body)> received)
    {
        while (collector.IsListening)
        {
            try
            {
                var context = await collector.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                received.Add((context.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
                context.Response.StatusCode = 200;
                context.Response.Close();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
