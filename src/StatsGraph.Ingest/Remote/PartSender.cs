using StatsGraph.Ingest.Logs;

namespace StatsGraph.Ingest.Remote;

/// <summary>Sends the parts of a log in order, one at a time, while the next one is compressed and a further one is read.</summary>
internal sealed class PartSender(RemoteRun run, LogFile log)
{
    /// <summary>Parts that are sent or wait for it at most.</summary>
    private const int MostFlying = 2;

    private readonly Queue<Task> flying = new();
    private Task last = Task.CompletedTask;

    /// <summary>Begins to send a part, once those before are sent.</summary>
    /// <param name="name">Names the log.</param>
    /// <param name="part">The part, which then belongs to the sender.</param>
    /// <exception cref="RemoteRefusal">A part before was refused; none after it is sent.</exception>
    /// <exception cref="IngestException">A part before could not be sent; none after it is sent.</exception>
    public void Send(string name, LogPart part)
    {
        if (flying.Count == MostFlying)
            flying.Dequeue().GetAwaiter().GetResult();
        last = SendAfterAsync(last, Task.Run(part.Compress), name, part);
        flying.Enqueue(last);
    }

    /// <summary>Waits until all parts are sent.</summary>
    /// <exception cref="RemoteRefusal">As from <see cref="Send"/>.</exception>
    /// <exception cref="IngestException">As from <see cref="Send"/>.</exception>
    public void Finish()
    {
        while (flying.Count > 0)
            flying.Dequeue().GetAwaiter().GetResult();
    }

    /// <summary>Waits for the parts that are under way, whatever becomes of them.</summary>
    public void Abandon()
    {
        foreach (var sending in flying)
            sending.ContinueWith(static _ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        flying.Clear();
    }

    /// <summary>What the server knows of a log tells of all lines before too: where those were not taken, this part must not be sent.</summary>
    private async Task SendAfterAsync(Task before, Task<byte[]> compressing, string name, LogPart part)
    {
        using var sent = part;
        var body = await compressing.ConfigureAwait(false);
        await before.ConfigureAwait(false);
        using var answer = await run.Server
            .SendAsync(name, part, body, summary => run.Take(summary, log, part, isFailure: true), run.Cancellation).ConfigureAwait(false);
        run.Take(answer.RootElement, log, part, isFailure: false);
    }
}
