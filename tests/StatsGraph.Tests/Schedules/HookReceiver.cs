using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace StatsGraph.Tests.Schedules;

/// <summary>A receiver of webhooks on a free loopback port that checks signatures as the Standard Webhooks have it, and keeps what it takes.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    /// <summary>32 bytes.</summary>
    public const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private readonly WebApplication app;
    private readonly ConcurrentQueue<int> answers = [];

    private HookReceiver(WebApplication app) => this.app = app;

    /// <summary>Where it is; the path is as good as a password.</summary>
    public Uri Address => new($"{app.Urls.Single()}/hooks/T0P-S3CRET?key=abcdef");

    /// <summary>Requests with a right signature that it has taken, in order: id and body.</summary>
    public ConcurrentQueue<(string Id, string Timestamp, JsonElement Body)> Taken { get; } = [];

    /// <summary>Requests whose signature was wrong.</summary>
    public int Forged { get; private set; }

    public static async Task<HookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new HookReceiver(app);
        app.MapPost("/hooks/T0P-S3CRET", receiver.TakeAsync);
        app.MapPost("/elsewhere", () => receiver.Forged = 1_000);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Has it answer the next requests so, before it takes any.</summary>
    public void AnswerNext(params int[] statuses)
    {
        foreach (var status in statuses)
            answers.Enqueue(status);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var (id, timestamp) = (request.Headers["webhook-id"].ToString(), request.Headers["webhook-timestamp"].ToString());
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body.ToArray()];
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes("0123456789abcdef0123456789abcdef"), signed));
        if (request.Headers["webhook-signature"] != expected || request.Query["key"] != "abcdef")
        {
            Forged++;
            return Results.Unauthorized();
        }

        if (answers.TryDequeue(out var status))
            return status == StatusCodes.Status307TemporaryRedirect ? Results.Redirect("/elsewhere", preserveMethod: true) : Results.StatusCode(status);
        Taken.Enqueue((id, timestamp, JsonSerializer.Deserialize<JsonElement>(body.ToArray())));
        return Results.NoContent();
    }
}
