using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Server;
using StatsGraph.Server.Auth;

namespace StatsGraph.Tests.Ingest.Uploads;

/// <summary>A real server on a free loopback port that takes logs into a data folder of its own.</summary>
internal sealed class UploadServer : IAsyncDisposable
{
    private readonly DataFolder folder = new();
    private readonly ReportStore store;
    private readonly LogUploads uploads;
    private readonly WebApplication app;

    private UploadServer(UploadLimits limits, int linesPerCommit, DataFolder? keyOf, TimeProvider? clock, AccessMode access)
    {
        if (keyOf is not null)
        {
            Directory.CreateDirectory(folder.Data);
            File.Copy(Path.Combine(keyOf.Data, "lake.key"), Path.Combine(folder.Data, "lake.key"));
        }

        store = new ReportStore(LakeTable.Open(folder.Data), [], TimeProvider.System, new ReportOptions { MemoryLimit = "256MB" });
        IngestOptions Options(string site) => new()
        {
            DataFolder = folder.Data,
            Site = site,
            LinesPerCommit = linesPerCommit,
            Clock = clock ?? TimeProvider.System,
        };
        uploads = new LogUploads(LakeTable.Open(folder.Data), Options, limits);
        Tokens = new TokenFolder(folder.Data, TimeProvider.System);
        app = StatsGraphServer.Build(
            new ServerOptions { Urls = "http://127.0.0.1:0", LogLevel = LogLevel.None, DataFolder = folder.Data, Access = access }, store, uploads);
    }

    /// <summary>What it took.</summary>
    public DataFolder Folder => folder;

    /// <summary>Its tokens, where it asks for them.</summary>
    public TokenFolder Tokens { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Starts a server.</summary>
    /// <param name="limits">What an upload may bring.</param>
    /// <param name="linesPerCommit">Lines of a commit.</param>
    /// <param name="keyOf">Hash lines as the lake of this folder does.</param>
    /// <param name="clock">Tells which stamps are in the future.</param>
    /// <param name="access">Whether it asks for tokens.</param>
    public static async Task<UploadServer> StartAsync(
        UploadLimits? limits = null, int linesPerCommit = 100, DataFolder? keyOf = null, TimeProvider? clock = null,
        AccessMode access = AccessMode.Open)
    {
        var server = new UploadServer(limits ?? UploadLimits.Default, linesPerCommit, keyOf, clock, access);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        server.Address = new Uri(server.app.Urls.Single());
        server.Client = new HttpClient { BaseAddress = server.Address };
        return server;
    }

    /// <summary>Sends a body.</summary>
    public Task<HttpResponseMessage> PostAsync(
        byte[] body, string site = "main", string? type = "application/octet-stream", string? encoding = null, params (string Name, string Value)[] headers)
        => PostAsync(new ByteArrayContent(body), site, type, encoding, headers);

    /// <summary>Sends a body.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        HttpContent body, string site = "main", string? type = "application/octet-stream", string? encoding = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ingest/" + site) { Content = body };
        if (type is not null)
            body.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            body.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task StopAsync() => app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        uploads.Dispose();
        store.Dispose();
        folder.Dispose();
    }
}
