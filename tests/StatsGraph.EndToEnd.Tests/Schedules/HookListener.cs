using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests.Schedules;

/// <summary>A receiver of webhooks on a free port of this machine, by http or https: it takes each request whole, and answers once it is let.</summary>
public sealed class HookListener : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? certificate;
    private readonly TaskCompletionSource answers = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="certificate">Its certificate with the key; null for plain http.</param>
    /// <param name="holds">Whether requests wait for <see cref="Answer"/>.</param>
    public HookListener(X509Certificate2? certificate = null, bool holds = false)
    {
        this.certificate = certificate;
        if (!holds)
            Answer();
        listener.Start();
        _ = ListenAsync();
    }

    /// <summary>Where it is.</summary>
    public string Address => FormattableString.Invariant(
        $"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook");

    /// <summary>Requests that came whole, in order: the id of the delivery and the body.</summary>
    public ConcurrentQueue<(string Id, JsonElement Body)> Requests { get; } = [];

    /// <summary>Answers from now on, also those that wait.</summary>
    public void Answer() => answers.TrySetResult();

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private async Task ListenAsync()
    {
        while (true)
            _ = TakeAsync(await listener.AcceptTcpClientAsync());
    }

    private async Task TakeAsync(TcpClient client)
    {
        using var ended = client;
        try
        {
            await using var stream = certificate is null ? client.GetStream() : (Stream)new SslStream(client.GetStream());
            if (stream is SslStream secured)
                await secured.AuthenticateAsServerAsync(certificate!);
            var head = await HeadAsync(stream);
            var body = new byte[int.Parse(Header(head, "Content-Length"), CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body);
            Requests.Enqueue((Header(head, "webhook-id"), JsonSerializer.Deserialize<JsonElement>(body)));
            await answers.Task;
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
        }
        catch (Exception gone) when (gone is IOException or AuthenticationException)
        {
            // The sender does not trust the certificate, or is no more.
        }
    }

    private static async Task<string> HeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var next = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(next);
            head.Append((char)next[0]);
        }

        return head.ToString();
    }

    private static string Header(string head, string name) => head.Split("\r\n")
        .Single(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();
}
