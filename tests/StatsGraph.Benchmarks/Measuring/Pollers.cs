using System.Net.Sockets;
using System.Text;

namespace StatsGraph.Benchmarks.Measuring;

/// <summary>What one has without subscriptions: clients that ask the same query each second, each over a connection that it keeps.</summary>
internal sealed class Pollers : IDisposable
{
    private const string Document =
        "{ site(key: \"bench\") { dataThrough report(period: { preset: TODAY }) { totals { sessions listeners tuningHours } } } }";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stop = new();
    private readonly List<TcpClient> connections = [];
    private long answers;

    /// <summary>Answers so far.</summary>
    public long Answers => Interlocked.Read(ref answers);

    /// <summary>Connects so many, some at a time; each begins at an instant of its own within the second.</summary>
    public static async Task<Pollers> GatherAsync(Uri graphQL, int count)
    {
        var pollers = new Pollers();
        var request = Encoding.ASCII.GetBytes(
            $"GET {graphQL.AbsolutePath}?query={Uri.EscapeDataString(Document)} HTTP/1.1\r\nHost: {graphQL.Authority}\r\nAccept: application/json\r\n\r\n");
        foreach (var some in Enumerable.Range(0, count).Chunk(100))
        {
            foreach (var number in some)
            {
                var client = new TcpClient();
                await client.ConnectAsync(graphQL.Host, graphQL.Port);
                pollers.connections.Add(client);
                _ = pollers.PollAsync(client.GetStream(), request, Pause * number / count);
            }
        }

        return pollers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        connections.ForEach(connection => connection.Dispose());
        stop.Dispose();
    }

    private async Task PollAsync(NetworkStream stream, byte[] request, TimeSpan first)
    {
        try
        {
            var buffer = new byte[4_096];
            await Task.Delay(first, stop.Token);
            using var timer = new PeriodicTimer(Pause);
            do
            {
                await stream.WriteAsync(request, stop.Token);

                // An answer is less than a packet, and its end is that of the JSON.
                var length = 0;
                while (length == 0 || buffer[length - 1] != '}')
                    length += await stream.ReadAsync(buffer.AsMemory(length), stop.Token) is > 0 and var read ? read
                        : throw new InvalidOperationException("the server closed the connection of a client that polls");
                Interlocked.Increment(ref answers);
            }
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The clients have gone.
        }
    }
}
