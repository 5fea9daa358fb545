using System.Runtime.InteropServices;

namespace StatsGraph;

/// <summary>
/// Memory of native libraries. glibc gives up to eight heaps to each core, and what one thread gave back to its heap is of no use to the next on
/// another: under mixed load DuckDB and Arrow then hold three times what they use. With one heap to a core they hold little more.
/// </summary>
internal static partial class NativeHeaps
{
    /// <summary><c>M_ARENA_MAX</c> of glibc's malloc.h.</summary>
    private const int MostHeaps = -8;

    /// <summary>Limits the heaps, where the C library is glibc and nobody has set another number by <c>MALLOC_ARENA_MAX</c>.</summary>
    public static void Limit()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") is not null)
            return;
        try
        {
            _ = SetOption(MostHeaps, Environment.ProcessorCount);
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library, which has no such heaps.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
