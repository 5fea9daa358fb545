using System.Net;
using System.Net.Sockets;

namespace StatsGraph.Tests.Ingest.Remote;

/// <summary>Stands between a sender and a server, counts what goes to and fro, and breaks the connection after so many bytes, once.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri server;
    private readonly CancellationTokenSource stop = new();
    private long sent;
    private long received;
    private long cutSent = long.MaxValue;
    private long cutReceived = long.MaxValue;

    public CuttingProxy(Uri server)
    {
        this.server = server;
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Bytes that went to the server.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Bytes that came from the server.</summary>
    public long Received => Interlocked.Read(ref received);

    /// <summary>Breaks the connection once so many bytes more went to the server.</summary>
    public void CutAfterSent(long bytes) => Interlocked.Exchange(ref cutSent, Sent + bytes);

    /// <summary>Breaks the connection once so many bytes more came from the server.</summary>
    public void CutAfterReceived(long bytes) => Interlocked.Exchange(ref cutReceived, Received + bytes);

    /// <summary>Breaks no connection any more.</summary>
    public void Mend()
    {
        Interlocked.Exchange(ref cutSent, long.MaxValue);
        Interlocked.Exchange(ref cutReceived, long.MaxValue);
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _ = PassAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(TcpClient sender)
    {
        using var near = sender;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(server.Host, server.Port, stop.Token);
            var up = PumpAsync(near, far, bytes => Pass(ref sent, ref cutSent, bytes));
            var down = PumpAsync(far, near, bytes => Pass(ref received, ref cutReceived, bytes));
            await await Task.WhenAny(up, down);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A reset, so that neither side takes what it has for all.
            near.LingerState = far.LingerState = new LingerOption(enable: true, seconds: 0);
        }
    }

    /// <summary>How many of the bytes may pass; fewer where the connection is to be broken behind them.</summary>
    private static int Pass(ref long passed, ref long cut, int bytes)
    {
        var most = (int)Math.Clamp(Interlocked.Read(ref cut) - Interlocked.Read(ref passed), 0, bytes);
        Interlocked.Add(ref passed, most);
        return most;
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Func<int, int> pass)
    {
        var buffer = new byte[16 << 10];
        while (await from.GetStream().ReadAsync(buffer, stop.Token) is var read and > 0)
        {
            var passed = pass(read);
            await to.GetStream().WriteAsync(buffer.AsMemory(0, passed), stop.Token);
            if (passed < read)
                throw new IOException("cut");
        }
    }
}
