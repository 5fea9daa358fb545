using System.Runtime.CompilerServices;

namespace StatsGraph.Ingest;

/// <summary>
/// How the code is compiled that every line goes through: in full and at its first use. Compiled beforehand, like all else that is
/// published, it would be slower, since it could take in nothing of the framework; and it would be compiled again when it turns out to be busy.
/// </summary>
internal static class PerLine
{
    /// <summary>For <see cref="MethodImplAttribute"/>.</summary>
    public const MethodImplOptions Code = MethodImplOptions.AggressiveOptimization;
}
