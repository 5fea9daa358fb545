using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>What a line costs in logs of one to twenty million lines, and the memory that takes.</summary>
internal static class Growth
{
    private static readonly int[] Millions = [1, 5, 20];

    /// <summary>Ingests ever larger logs, each into a lake of its own.</summary>
    public static void Run(Workbench bench)
    {
        Console.WriteLine("\ngrowth: one log, CPU time of a line against that of the smallest log");
        var unit = bench.Settings.Lines;
        double first = 0;
        foreach (var times in Millions)
        {
            var lines = checked(unit * times);
            var log = bench.Log(lines);
            bench.Forget("growth");
            var usage = bench.Ingest("growth", log);
            first = first > 0 ? first : usage.CpuSeconds / lines;
            Console.WriteLine(Invariant(
                $"  {lines,12:N0} lines  {usage.WallSeconds,6:0.0} s  {usage.CpuSeconds / lines / first:0.00} times the CPU time a line  {usage.PeakBytes / 1e6:0} MB peak"));
            if (times > 1)
                File.Delete(log);
        }

        bench.Forget("growth");
    }
}
