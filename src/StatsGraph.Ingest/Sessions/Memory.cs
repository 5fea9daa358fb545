using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Hints on memory.</summary>
internal static class Memory
{
    /// <summary>
    /// Has the processor fetch what is looked at a little later, where it can be asked to. The garbage collector may move the place meanwhile;
    /// then the hint is of no use, and does no harm.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref T place)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }
}
