using StatsGraph.Server.Auth;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>
/// One operation of a connection: a subscription, or a query on its way. It holds the newest answer that is yet to be told and no older one, so a
/// reader who is slower than the events misses those in between and never the last. Answers never go back to an earlier version. Safe for any
/// number of threads.
/// </summary>
internal sealed class LiveOperation : IDisposable
{
    private readonly Action<LiveOperation> ready;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly List<IDisposable> held = [];
    private long version = long.MinValue;
    private byte[]? last;
    private Answer? pending;
    private LiveEnd end;
    private bool isOver;

    /// <param name="id">Name that the client gave it; empty where it is alone on its connection.</param>
    /// <param name="ready">Is told that there is something to tell; may be told twice of the same.</param>
    public LiveOperation(string id, Action<LiveOperation> ready) => (Id, this.ready, Stopped) = (id, ready, stop.Token);

    /// <summary>Name that the client gave it.</summary>
    public string Id { get; }

    /// <summary>Who is told.</summary>
    public Standing Standing { get; init; } = Standing.Operator;

    /// <summary>Cancelled once nobody wants anything of it any more.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Has something given back when the operation is over; at once where it is already.</summary>
    public void Hold(IDisposable resource)
    {
        lock (gate)
        {
            if (!isOver)
            {
                held.Add(resource);
                return;
            }
        }

        resource.Dispose();
    }

    /// <summary>Tells an answer, unless it is what was told last or older.</summary>
    public void Tell(Answer answer)
    {
        lock (gate)
        {
            if (isOver || end != LiveEnd.None || !IsNews(answer))
                return;
            version = answer.IsFailed ? version : answer.Version;
            last = answer.Json;
            pending = answer;
        }

        ready(this);
    }

    /// <summary>Tells that this is all, after what is yet to be told.</summary>
    public void Complete() => End(LiveEnd.Complete, why: null);

    /// <summary>Tells why it is not executed, or no longer, in place of what is yet to be told.</summary>
    public void Refuse(Answer answer) => End(LiveEnd.Refused, answer);

    /// <summary>Takes what is to be told next; false while there is nothing.</summary>
    /// <param name="answer">The answer, where there is one.</param>
    /// <param name="ending">Whether that is the end, and how.</param>
    public bool TryTake(out Answer? answer, out LiveEnd ending)
    {
        lock (gate)
        {
            (answer, ending) = (pending, end);
            pending = null;
            return !isOver && (answer is not null || ending != LiveEnd.None);
        }
    }

    /// <summary>Ends it without a word, and gives back what it holds.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isOver)
                return;
            isOver = true;
        }

        stop.Cancel();
        foreach (var resource in held)
            resource.Dispose();
        stop.Dispose();
    }

    private void End(LiveEnd ending, Answer? why)
    {
        lock (gate)
        {
            if (isOver || end != LiveEnd.None)
                return;
            end = ending;
            pending = why ?? pending;
        }

        ready(this);
    }

    /// <summary>The same bytes of a newer version are news, since the site changed; of the same version, or as a failure again, they are not.</summary>
    private bool IsNews(Answer answer)
        => last is null
            || (!answer.IsFailed && answer.Version > version)
            || ((answer.IsFailed || answer.Version == version) && !answer.Json.AsSpan().SequenceEqual(last));
}

/// <summary>Whether an operation is at its end, and how.</summary>
internal enum LiveEnd
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>It has told all.</summary>
    Complete,

    /// <summary>It was refused.</summary>
    Refused,
}
