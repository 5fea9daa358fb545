using System.Runtime.InteropServices;

namespace StatsGraph;

/// <summary>
/// Memory of native libraries. DuckDB and Arrow take theirs from glibc's heaps, of which there are many, and what a thread gives back to its heap stays
/// there for a thread that may never ask for it: a server under mixed load comes to hold several times what it uses. Here it is given back to the
/// system now and then.
/// </summary>
internal static partial class NativeHeaps
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>Gives unused memory back every half minute, until the cancellation. Returns at once where the C library is none that keeps it.</summary>
    public static async Task TrimUntilStoppedAsync(CancellationToken cancellation)
    {
        while (TryTrim() && !cancellation.IsCancellationRequested)
            await Task.Delay(Pause, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static bool TryTrim()
    {
        try
        {
            _ = Trim(0);
            return true;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
