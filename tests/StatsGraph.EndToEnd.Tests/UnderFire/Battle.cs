using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace StatsGraph.EndToEnd.Tests.UnderFire;

/// <summary>What all who fire at a server share: where it is, when to stop, what was seen. Safe for any number of them at once.</summary>
/// <param name="address">The server.</param>
/// <param name="token">An admin token.</param>
/// <param name="end">Ends the fire.</param>
public sealed class Battle(Uri address, string token, CancellationToken end) : IDisposable
{
    /// <summary>Where those come from who are up to no good: what they do is to cost nobody else anything.</summary>
    public static readonly IPAddress Strangers = IPAddress.Parse("127.0.0.2");

    private const int MostFailures = 20;

    private readonly ConcurrentDictionary<string, int> counts = new();
    private readonly ConcurrentQueue<string> failures = new();

    /// <summary>Clients that show the token, and that show none and come from elsewhere.</summary>
    public HttpClient Friend { get; } = Client(address, IPAddress.Loopback, token);

    public HttpClient Stranger { get; } = Client(address, Strangers, null);

    public Uri Address => address;

    public string Token => token;

    /// <summary>Cancelled when the fire ends.</summary>
    public CancellationToken End => end;

    /// <summary>Whether the server was told to stop: what it then does not take is no failure.</summary>
    public bool IsStopping { get; set; }

    /// <summary>What happened, and how often.</summary>
    public IReadOnlyDictionary<string, int> Counts => counts;

    /// <summary>What must not happen, the first ones.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    public void Count(string what) => counts.AddOrUpdate(what, 1, (_, known) => known + 1);

    public void Fail(string what)
    {
        Count("failures");
        if (failures.Count < MostFailures)
            failures.Enqueue(what);
    }

    /// <summary>
    /// Does something again and again until the end. That a connection fails is the client's business when it broke it off itself, or the server
    /// was told to stop; all else is a failure.
    /// </summary>
    public async Task RepeatAsync(string name, Func<int, Task> shoot)
    {
        for (var turn = 0; !end.IsCancellationRequested; turn++)
        {
            try
            {
                await shoot(turn);
                Count(name);
            }
            catch (Exception) when (end.IsCancellationRequested || IsStopping)
            {
                return;
            }
            catch (Exception failure)
            {
                Fail($"{name}: {failure}");
            }
        }
    }

    /// <summary>Checks a status: what is the server's fault is a failure, and so is what was not expected.</summary>
    public async Task ExpectAsync(HttpResponseMessage response, string name, params HttpStatusCode[] expected)
    {
        var text = await response.Content.ReadAsStringAsync(end);
        if (!expected.Contains(response.StatusCode) || text.Contains("\"INTERNAL\"", StringComparison.Ordinal)
            || text.Contains("LAKE_UNREADABLE", StringComparison.Ordinal))
        {
            Fail($"{name}: {(int)response.StatusCode} {text[..Math.Min(text.Length, 300)]}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Friend.Dispose();
        Stranger.Dispose();
    }

    /// <summary>A client that comes from an address of this machine.</summary>
    private static HttpClient Client(Uri address, IPAddress from, string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, stop) => new NetworkStream(await ConnectAsync(from, context.DnsEndPoint.Port, stop), ownsSocket: true),
            AutomaticDecompression = DecompressionMethods.All,
        })
        {
            BaseAddress = address,
        };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A connection to the server, from an address of this machine.</summary>
    public static async Task<Socket> ConnectAsync(IPAddress from, int port, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
