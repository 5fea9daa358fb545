using System.Collections.Concurrent;

namespace StatsGraph.Reports.Columns;

/// <summary>Reads what comes next on a thread of its own while the caller works on what came before.</summary>
internal static class ReadAhead
{
    /// <summary>The items of a source, in its order. Reading begins with the enumeration, and is over when that is.</summary>
    /// <param name="source">Gives the items; to end when its token is cancelled. Its exceptions come out where the next item would.</param>
    /// <param name="most">Most items that wait; the source may hold one more in its hands.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The items, each the caller's to dispose of.</returns>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static IEnumerable<T> Of<T>(Func<CancellationToken, IEnumerable<T>> source, int most, CancellationToken cancellation)
        where T : IDisposable
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var waiting = new BlockingCollection<T>(most);
        var reading = Task.Factory.StartNew(
            () => Read(source(stop.Token), waiting, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var item in waiting.GetConsumingEnumerable(cancellation))
                yield return item;
            reading.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            // Waits whatever becomes of it, where waiting for the task alone would throw.
            Task.WaitAny([reading], CancellationToken.None);
            foreach (var item in waiting)
                item.Dispose();
        }
    }

    private static void Read<T>(IEnumerable<T> source, BlockingCollection<T> waiting, CancellationToken stop)
        where T : IDisposable
    {
        try
        {
            foreach (var item in source)
                Hand(item, waiting, stop);
        }
        finally
        {
            waiting.CompleteAdding();
        }
    }

    private static void Hand<T>(T item, BlockingCollection<T> waiting, CancellationToken stop)
        where T : IDisposable
    {
        try
        {
            waiting.Add(item, stop);
        }
        catch (OperationCanceledException)
        {
            item.Dispose();
            throw;
        }
    }
}
