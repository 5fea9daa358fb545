using System.Diagnostics;

namespace StatsGraph.Benchmarks.Measuring;

/// <summary>What some work took.</summary>
/// <param name="WallSeconds">Seconds on the clock.</param>
/// <param name="CpuSeconds">Seconds of all cores, in user and kernel mode.</param>
/// <param name="PeakBytes">Most resident memory of the process at any time; 0 where it was not watched.</param>
internal sealed record Usage(double WallSeconds, double CpuSeconds, long PeakBytes)
{
    /// <summary>Measures work in this process.</summary>
    public static Usage Of(Action work)
    {
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        work();
        var wall = Stopwatch.GetElapsedTime(started);
        self.Refresh();
        return new Usage(wall.TotalSeconds, (self.TotalProcessorTime - cpu).TotalSeconds, 0);
    }
}
