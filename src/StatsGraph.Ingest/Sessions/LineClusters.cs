using System.Runtime.CompilerServices;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Like lines are kept together in the lake, so that reports need not read the others: listeners, the ones that figures are
/// made of; relays and bots; all others.
/// </summary>
internal static class LineClusters
{
    /// <summary>Number of clusters.</summary>
    public const int Count = 3;

    /// <summary>The cluster that rejected lines are in.</summary>
    public static readonly int OfRejected = Of(LineClass.Rejected);

    /// <summary>The cluster of a class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(LineClass lineClass) => lineClass switch
    {
        LineClass.Listener => 0,
        LineClass.Relay or LineClass.Bot => 1,
        _ => 2,
    };
}
