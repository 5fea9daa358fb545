using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

/// <summary>A real server on a free loopback port, with the figures of <see cref="SomeStation"/>.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly SomeStation station;
    private readonly LogUploads uploads;
    private readonly WebApplication app;

    public RunningServer()
        : this(new SomeStation(), new ServerOptions())
    {
    }

    /// <summary>Takes the station over.</summary>
    internal RunningServer(SomeStation station, ServerOptions options)
    {
        this.station = station;
        uploads = new LogUploads(station.Lake, site => new IngestOptions { DataFolder = station.Folder, Site = site }, UploadLimits.Default);
        app = StatsGraphServer.Build(options with { Urls = "http://127.0.0.1:0", LogLevel = LogLevel.Critical }, station.Store, uploads);
    }

    /// <summary>Talks to the server and follows no redirect, nor keeps cookies.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>What the server is made of.</summary>
    internal IServiceProvider Services => app.Services;

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        uploads.Dispose();
        station.Dispose();
    }

    /// <summary>Stops the server as the end of the process does.</summary>
    public Task StopAsync() => app.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Posts a body as it is.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, string contentType = "application/json", params string[] accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return SendAsync(request, accept);
    }

    public Task<HttpResponseMessage> GetAsync(string address, params string[] accept)
        => SendAsync(new HttpRequestMessage(HttpMethod.Get, address), accept);

    /// <summary>Posts a document and reads the whole response.</summary>
    public async Task<JsonElement> QueryAsync(string query, object? variables = null)
    {
        using var response = await PostAsync(JsonSerializer.Serialize(new { query, variables }));
        return await JsonAsync(response);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
        => JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string[] accept)
    {
        foreach (var value in accept)
        {
            request.Headers.TryAddWithoutValidation("Accept", value);
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

/// <summary>The tests that share one running server.</summary>
[CollectionDefinition(Name)]
public sealed class SharedServer : ICollectionFixture<RunningServer>
{
    public const string Name = "server";
}
