using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StatsGraph.EndToEnd.Tests.Icecast;

/// <summary>Sources, listeners and others that talk to an Icecast as the real ones do.</summary>
public static class Client
{
    private const int BytesPerSecond = 16_000;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <summary>Feeds a mount at a steady rate until it is told to stop.</summary>
    /// <returns>The running feed; the mount is up once this method returns.</returns>
    public static async Task<Task> FeedAsync(IcecastServer server, string mount, CancellationToken stop)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, stop);
        var stream = client.GetStream();
        var login = Convert.ToBase64String(Encoding.ASCII.GetBytes("source:" + IcecastServer.Password));
        await SendAsync(stream, $"PUT {mount} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {login}\r\nUser-Agent: TestEncoder/1.0\r\nContent-Type: audio/mpeg\r\n\r\n", stop);
        Assert.Contains(" 200 ", await FirstLineAsync(stream, stop), StringComparison.Ordinal);
        return PumpAsync(client, stop);
    }

    /// <summary>Listens for a time and hangs up.</summary>
    /// <param name="server">The server.</param>
    /// <param name="address">Address to connect to, which is also the one that the log shows.</param>
    /// <param name="target">Mount, with a query string or not.</param>
    /// <param name="agent">User agent.</param>
    /// <param name="time">How long.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task ListenAsync(
        IcecastServer server, IPAddress address, string target, string agent, TimeSpan time, CancellationToken cancellation)
    {
        using var client = new TcpClient(address.AddressFamily);
        await client.ConnectAsync(address, server.Port, cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(time);
        var stream = client.GetStream();
        await SendAsync(stream, $"GET {target} HTTP/1.1\r\nHost: localhost\r\nReferer: https://www.radio.example/player?id=7\r\nUser-Agent: {agent}\r\n\r\n", cancellation);
        var buffer = new byte[8_192];
        try
        {
            while (await stream.ReadAsync(buffer, end.Token) > 0)
            {
            }

            throw new InvalidOperationException($"Icecast hung up on {agent} before {time}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            client.Client.LingerState = new LingerOption(true, 0);
        }
    }

    /// <summary>Sends one request and returns the status line of the answer.</summary>
    public static async Task<string> RequestAsync(IcecastServer server, string method, string target, bool asAdministrator, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, cancellation);
        var stream = client.GetStream();
        var login = Convert.ToBase64String(Encoding.ASCII.GetBytes("admin:" + IcecastServer.Password));
        await SendAsync(
            stream,
            $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: TestVisitor/1.0\r\nConnection: close\r\n"
            + (asAdministrator ? $"Authorization: Basic {login}\r\n\r\n" : "\r\n"),
            cancellation);
        var line = await FirstLineAsync(stream, cancellation);
        await stream.CopyToAsync(Stream.Null, cancellation);
        return line;
    }

    /// <summary>Announces a title as encoders do.</summary>
    public static async Task AnnounceAsync(IcecastServer server, string mount, string title, CancellationToken cancellation)
        => Assert.Contains(" 200 ", await RequestAsync(
            server, "GET", $"/admin/metadata?mode=updinfo&mount={Uri.EscapeDataString(mount)}&charset=UTF-8&song={Uri.EscapeDataString(title)}", asAdministrator: true, cancellation),
            StringComparison.Ordinal);

    private static async Task PumpAsync(TcpClient client, CancellationToken stop)
    {
        using (client)
        {
            var bytes = new byte[(int)(BytesPerSecond * Beat.TotalSeconds)];
            new Random(1).NextBytes(bytes);
            using var timer = new PeriodicTimer(Beat);
            while (!stop.IsCancellationRequested)
            {
                await client.GetStream().WriteAsync(bytes, CancellationToken.None);
                await timer.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }

    private static ValueTask SendAsync(NetworkStream stream, string text, CancellationToken cancellation)
        => stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellation);

    private static async Task<string> FirstLineAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancellation) == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString();
    }
}
