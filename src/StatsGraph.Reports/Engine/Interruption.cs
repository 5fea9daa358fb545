namespace StatsGraph.Reports.Engine;

/// <summary>
/// Stops a running statement from the moment a token is cancelled. DuckDB forgets an interrupt that comes before the statement begins, so it is
/// interrupted again and again until it has ended, which is when this is disposed.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Lock gate = new();
    private readonly Action interrupt;
    private readonly Timer timer;
    private readonly CancellationTokenRegistration registration;
    private bool isOver;

    /// <param name="interrupt">Interrupts what runs, if anything does; never called once this is disposed.</param>
    /// <param name="cancellation">Says when.</param>
    public Interruption(Action interrupt, CancellationToken cancellation)
    {
        this.interrupt = interrupt;
        timer = new Timer(_ => Interrupt());
        registration = cancellation.Register(() =>
        {
            Interrupt();
            timer.Change(Pause, Pause);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        registration.Dispose();
        lock (gate)
            isOver = true;
        timer.Dispose();
    }

    private void Interrupt()
    {
        lock (gate)
        {
            if (!isOver)
                interrupt();
        }
    }
}
