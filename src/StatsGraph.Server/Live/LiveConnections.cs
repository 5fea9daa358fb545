using System.Collections.Concurrent;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>
/// All connections of subscribers. One timer looks after them: transports have silent ones give a sign of life, those whose readers take nothing are
/// ended, and so are those whose token is worth nothing any more. Safe for any number of threads.
/// </summary>
internal sealed class LiveConnections : IDisposable
{
    /// <summary>For the last words when the server stops.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<LiveConnection, Action> connections = [];
    private readonly CallerPlaces places;
    private readonly Timer timer;

    /// <param name="limits">What they may take.</param>
    public LiveConnections(LiveOptions limits)
    {
        places = new CallerPlaces(limits.Maximum, limits.MaximumPerCaller);
        Subscriptions = new CallerPlaces(limits.Maximum, limits.MaximumPerCaller);
        var shortest = new[] { limits.KeepAlive, limits.InitTimeout, limits.StallTimeout }.Min() / 4;
        var pause = shortest < LongestPause ? shortest : LongestPause;
        timer = new Timer(_ => LookAfter(), null, pause, pause);
    }

    /// <summary>Places for the subscriptions on them.</summary>
    public CallerPlaces Subscriptions { get; }

    /// <summary>How many there are.</summary>
    public int Count => places.Count;

    /// <summary>Whether the server stops, and takes no more.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Takes a connection in, until the result is disposed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="look">Looks after it as its transport does; called every second or more often.</param>
    /// <param name="fault">Why it is not taken in.</param>
    /// <returns>Takes it out again; null where there is no place, or the server stops.</returns>
    public IDisposable? TryAdd(LiveConnection connection, Action look, out RequestFault? fault)
    {
        fault = IsStopping ? LiveRefusals.Stopping : null;
        if (fault is not null)
            return null;
        if (places.TryTake(connection.Standing.Owner, out var limit) is not { } place)
        {
            fault = LiveRefusals.TooMany(limit);
            return null;
        }

        connections[connection] = look;


        // The server may have been told to stop since, and closed those that it saw.
        if (IsStopping)
            connection.Close();
        return new Entry(this, connection, place);
    }

    /// <summary>
    /// Has all connections say farewell, for the server stops. Those that have not ended soon are ended, so that the server does not wait for
    /// a reader.
    /// </summary>
    public void Stop()
    {
        IsStopping = true;
        foreach (var connection in connections.Keys)
            connection.Close();
        _ = AbortAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private async Task AbortAsync()
    {
        await Task.Delay(Farewell);
        foreach (var connection in connections.Keys)
            connection.Abort();
    }

    private void LookAfter()
    {
        var standings = new StandingLook();
        foreach (var (connection, look) in connections)
        {
            look();
            if (!standings.Holds(connection.Standing))
                _ = BarAsync(connection);
            if (connection.IsStalled)
                connection.Abort();
        }
    }

    private static async Task BarAsync(LiveConnection connection) => connection.Bar(await LiveRefusals.NoLongerAsync());

    private sealed class Entry(LiveConnections all, LiveConnection connection, IDisposable place) : IDisposable
    {
        public void Dispose()
        {
            all.connections.TryRemove(connection, out _);
            place.Dispose();
            connection.Dispose();
        }
    }
}
