using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using StatsGraph.Reports;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server.Telemetry;

/// <summary>
/// A real server of which the test sees what it tells: its metrics, the lines that it writes to standard error, and the spans of this process. Its
/// tests run alone, for standard error is the process's.
/// </summary>
internal sealed class WatchedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly StringWriter written = new();
    private readonly TextWriter error;
    private readonly ConcurrentQueue<Activity> spans = new();
    private readonly ActivityListener listener;

    private WatchedServer(ReportStore store, ServerOptions options, Action<WebApplication>? change, bool traces)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => traces && source.Name is Activities.SourceName or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        error = TextWriter.Synchronized(written);
        var before = Console.Error;
        Console.SetError(error);
        app = StatsGraphServer.Build(options with { Urls = "http://127.0.0.1:0" }, store);
        Console.SetError(before);
        change?.Invoke(app);
    }

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Lines that were written so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            // The writer locks itself.
            lock (error)
                return written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>Spans that have ended so far.</summary>
    public IReadOnlyList<Activity> Spans => [.. spans];

    /// <param name="store">What it answers from.</param>
    /// <param name="options">Where it listens is chosen here.</param>
    /// <param name="change">Changes it before it starts.</param>
    /// <param name="traces">Whether anybody listens to spans.</param>
    /// <param name="token">What the test shows where it shows nothing else; null for nothing.</param>
    public static async Task<WatchedServer> StartAsync(
        ReportStore store, ServerOptions options, Action<WebApplication>? change = null, bool traces = false, string? token = null)
    {
        var server = new WatchedServer(store, options, change, traces);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        server.Client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(server.app.Urls.Single()) };
        server.Client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return server;
    }

    /// <summary>The metrics; those of a scrape are given to all who scrape within 300 ms of it.</summary>
    public async Task<PrometheusText> MetricsAsync()
    {
        await Task.Delay(310, TestContext.Current.CancellationToken);
        return PrometheusText.Parse(await Client.GetStringAsync("metrics", TestContext.Current.CancellationToken));
    }

    /// <summary>Posts a document.</summary>
    public async Task<(JsonElement Json, string RequestId)> AskAsync(string query, object? variables = null, string? id = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query, variables }) };
        if (id is not null)
            request.Headers.Add("X-Request-Id", id);
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken), response.Headers.GetValues("X-Request-Id").Single());
    }

    /// <summary>Waits until metrics say something; fails with them when they do not.</summary>
    public Task<PrometheusText> UntilAsync(Func<PrometheusText, bool> says) => UntilAsync(MetricsAsync, says);

    /// <summary>Waits until enough lines are written.</summary>
    public Task<IReadOnlyList<string>> LinesAsync(Func<IReadOnlyList<string>, bool> enough) => UntilAsync(() => Task.FromResult(Lines), enough);

    /// <summary>Waits until enough spans have ended.</summary>
    public Task<IReadOnlyList<Activity>> SpansAsync(Func<IReadOnlyList<Activity>, bool> enough) => UntilAsync(() => Task.FromResult(Spans), enough);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        listener.Dispose();
        await error.DisposeAsync();
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> enough)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var seen = await look(); ; seen = await look())
        {
            if (enough(seen))
                return seen;
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(30), $"it does not come: {seen}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}

/// <summary>The tests that watch a server, one after the other and beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WatchedServers
{
    public const string Name = "watched servers";
}
