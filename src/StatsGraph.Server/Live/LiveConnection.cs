using StatsGraph.Server.Auth;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>
/// A connection that is written to for long, and its operations. What they have to tell is written by one loop, <see cref="RunAsync"/>; all else
/// is safe for any number of threads.
/// </summary>
/// <param name="standing">Who opened it.</param>
/// <param name="limits">What it may take.</param>
/// <param name="clock">Measures silence.</param>
internal sealed class LiveConnection(Standing standing, LiveOptions limits, TimeProvider clock) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LiveOperation> operations = new(StringComparer.Ordinal);
    private readonly Queue<LiveOperation> ready = [];
    private readonly Signal signal = new();
    private readonly long began = clock.GetTimestamp();
    private ILiveWriter? writer;
    private long written = clock.GetTimestamp();
    private bool isWriting;
    private volatile bool isOver;
    private bool isClosing;

    /// <summary>Who is at the other end; a WebSocket may say so once it is open.</summary>
    public Standing Standing { get; set; } = standing;

    /// <summary>Whether it ends because whoever opened it may read nothing any more.</summary>
    public bool IsBarred { get; private set; }

    /// <summary>Ends the connection without a word; set by the transport.</summary>
    public Action Abort { get; set; } = () => { };

    /// <summary>Whether the connection ends with its operation.</summary>
    public bool IsForOne { get; init; }

    /// <summary>Whether the transport says by itself that it closes, so that operations need not say that they have told all.</summary>
    public bool ClosesByItself { get; init; }

    /// <summary>Time since it was made.</summary>
    public TimeSpan Age => clock.GetElapsedTime(began);

    /// <summary>Whether it is, or was, being written to.</summary>
    public bool IsOpen => writer is not null;

    /// <summary>Whether its reader takes nothing for too long.</summary>
    public bool IsStalled => Volatile.Read(ref isWriting) && Silence >= limits.StallTimeout;

    private bool IsSilent => !Volatile.Read(ref isWriting) && Silence >= limits.KeepAlive;

    private TimeSpan Silence => clock.GetElapsedTime(Volatile.Read(ref written));

    /// <summary>Begins an operation.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="operation">The operation; null where the connection has too many or is over.</param>
    /// <returns>False when there is one of that name.</returns>
    public bool TryBegin(string id, out LiveOperation? operation)
    {
        lock (gate)
        {
            operation = null;
            if (operations.ContainsKey(id))
                return false;
            if (!isOver && !isClosing && !IsBarred && operations.Count < limits.MaximumPerConnection)
                operations[id] = operation = new LiveOperation(id, Enqueue) { Standing = Standing };
            return true;
        }
    }

    /// <summary>Ends an operation at the client's wish; nothing more is told of it.</summary>
    public void End(string id)
    {
        LiveOperation? ended;
        lock (gate)
            operations.Remove(id, out ended);
        ended?.Dispose();
        if (IsForOne)
            signal.Set();
    }

    /// <summary>Ends all operations: each tells that it has told all, unless the transport does, and the loop comes to its end.</summary>
    public void Close()
    {
        List<LiveOperation> all;
        lock (gate)
        {
            isClosing = true;
            all = ClosesByItself ? [] : [.. operations.Values];
        }

        all.ForEach(operation => operation.Complete());
        signal.Set();
    }

    /// <summary>Ends all operations, each of which tells why, and then the connection.</summary>
    public void Bar(Answer why)
    {
        List<LiveOperation> all;
        lock (gate)
        {
            IsBarred = true;
            all = [.. operations.Values];
        }

        // The loop comes to its end only when all have something to tell.
        all.ForEach(operation => operation.Refuse(why));
        Close();
    }

    /// <summary>Has the transport write what it has to say by itself.</summary>
    public void WriteControl() => signal.Set();

    /// <summary>Has the transport write a sign of life, if it has been silent for too long.</summary>
    public void KeepAlive()
    {
        if (!IsSilent)
            return;
        writer?.KeepAlive();
        signal.Set();
    }

    /// <summary>Writes what there is to tell until the connection is closed, or is over.</summary>
    /// <exception cref="IOException">The client is gone.</exception>
    /// <exception cref="OperationCanceledException">The connection was aborted.</exception>
    public async Task RunAsync(ILiveWriter to)
    {
        writer = to;
        while (true)
        {
            await signal.WaitAsync();
            if (isOver)
                return;
            await WriteAsync(to.ControlAsync());
            while (Next() is { } operation)
                await TellAsync(to, operation);
            lock (gate)
            {
                if (isClosing ? ClosesByItself || operations.Count == 0 : IsForOne && operations.Count == 0)
                    return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        List<LiveOperation> all;
        lock (gate)
        {
            isOver = true;
            all = [.. operations.Values];
            operations.Clear();
            ready.Clear();
        }

        all.ForEach(operation => operation.Dispose());
        signal.Set();
    }

    /// <summary>Takes an operation that has something to tell. A client that asks more than it reads has its connection ended.</summary>
    private void Enqueue(LiveOperation operation)
    {
        lock (gate)
        {
            if (isOver || !operations.ContainsValue(operation) || ready.Contains(operation))
                return;
            ready.Enqueue(operation);
        }

        signal.Set();
    }

    private LiveOperation? Next()
    {
        lock (gate)
            return ready.TryDequeue(out var operation) ? operation : null;
    }

    private async Task TellAsync(ILiveWriter to, LiveOperation operation)
    {
        if (!operation.TryTake(out var answer, out var end))
            return;
        if (answer is not null)
            await WriteAsync(end == LiveEnd.Refused ? to.RefuseAsync(operation.Id, answer) : to.NextAsync(operation.Id, answer));
        if (end == LiveEnd.None)
            return;
        lock (gate)
        {
            // The client may use the name again as soon as it reads this.
            if (operations.GetValueOrDefault(operation.Id) == operation)
                operations.Remove(operation.Id);
        }

        operation.Dispose();
        if (end == LiveEnd.Complete)
            await WriteAsync(to.CompleteAsync(operation.Id));
    }

    private async ValueTask WriteAsync(ValueTask writing)
    {
        Volatile.Write(ref written, clock.GetTimestamp());
        Volatile.Write(ref isWriting, true);
        try
        {
            await writing;
        }
        finally
        {
            Volatile.Write(ref isWriting, false);
            Volatile.Write(ref written, clock.GetTimestamp());
        }
    }
}
