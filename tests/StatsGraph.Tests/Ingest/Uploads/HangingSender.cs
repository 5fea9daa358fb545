using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StatsGraph.Tests.Ingest.Uploads;

/// <summary>Sends the beginning of a log and then nothing more, but for as long as it takes listens to what the server says of that.</summary>
internal sealed class HangingSender : IDisposable
{
    /// <summary>What a server says when it begins to read a body that it is asked whether it wants.</summary>
    private const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";

    private readonly TcpClient connection = new();

    /// <summary>Begins to send, and returns once the server reads.</summary>
    public static async Task<HangingSender> StartAsync(Uri server, byte[] beginning, string? token = null)
    {
        var sender = new HangingSender();
        await sender.connection.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        await sender.WriteAsync(
            $"POST /ingest/main HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n"
            + (token is null ? "" : $"Authorization: Bearer {token}\r\n") + "\r\n");
        var answer = new byte[Continue.Length];
        await sender.connection.GetStream().ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal(Continue, Encoding.ASCII.GetString(answer));
        await sender.WriteAsync($"{beginning.Length:x}\r\n");
        await sender.connection.GetStream().WriteAsync(beginning, TestContext.Current.CancellationToken);
        await sender.WriteAsync("\r\n");
        return sender;
    }

    /// <summary>Says that that was all.</summary>
    public Task EndAsync() => WriteAsync("0\r\n\r\n");

    /// <summary>Waits for the answer.</summary>
    public async Task<HttpResponseMessage> AnswerAsync()
    {
        using var reader = new StreamReader(connection.GetStream(), Encoding.UTF8);
        var status = (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ');
        var response = new HttpResponseMessage((HttpStatusCode)int.Parse(status[1], CultureInfo.InvariantCulture));
        var length = 0;
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } header)
        {
            var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            response.Headers.TryAddWithoutValidation(name, value);
            if (name == "Content-Length")
                length = int.Parse(value, CultureInfo.InvariantCulture);
        }

        var body = new char[length];
        response.Content = new StringContent(new string(body, 0, await reader.ReadBlockAsync(body, TestContext.Current.CancellationToken)));
        return response;
    }

    public void Dispose() => connection.Dispose();

    private Task WriteAsync(string text)
        => connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken).AsTask();
}
