namespace StatsGraph.Server.Live;

/// <summary>Wakes the one who waits, or the next one who comes; many calls before that are one.</summary>
internal sealed class Signal
{
    private readonly Lock gate = new();
    private TaskCompletionSource? waiting;
    private bool isSet;

    /// <summary>Wakes whoever waits, on another thread.</summary>
    public void Set()
    {
        TaskCompletionSource? woken;
        lock (gate)
        {
            (woken, waiting) = (waiting, null);
            isSet = woken is null;
        }

        woken?.SetResult();
    }

    /// <summary>Waits for the next call. For one at a time.</summary>
    public Task WaitAsync()
    {
        lock (gate)
        {
            if (isSet)
            {
                isSet = false;
                return Task.CompletedTask;
            }

            waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiting.Task;
        }
    }
}
