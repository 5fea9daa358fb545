using System.Diagnostics.CodeAnalysis;

namespace StatsGraph.Reports.Scans;

/// <summary>
/// Places for scans, which keep all cores busy: one a core, in the order they are asked for. More at once would be no faster, take more memory, and
/// have each other wait.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing that has to be given back.")]
internal sealed class ScanPlaces
{
    private readonly SemaphoreSlim places = new(Environment.ProcessorCount);

    /// <summary>Runs something in a place, off the caller's thread.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, also while it waited.</exception>
    public async Task<T> RunAsync<T>(Func<T> run, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            return await Task.Run(run, cancellation);
        }
        finally
        {
            places.Release();
        }
    }
}
