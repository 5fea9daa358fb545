namespace StatsGraph.Lake.Disk;

/// <summary>Work that others go before.</summary>
internal static class PoliteThread
{
    /// <summary>Does work on a thread of the lowest priority that this system gives, and waits for it.</summary>
    public static T Run<T>(Func<T> work)
    {
        var result = default(T);
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            // .NET knows no priorities on Linux, which has them for each thread.
            if (OperatingSystem.IsLinux())
                Posix.LowerPriority();
            try
            {
                result = work();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        })
        { Priority = ThreadPriority.Lowest, IsBackground = true };
        thread.Start();
        thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return result!;
    }
}
