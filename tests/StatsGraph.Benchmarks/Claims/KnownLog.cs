using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>What it costs that no line is counted twice: lines that are known, and lines that are not, into a lake that holds lines.</summary>
internal static class KnownLog
{
    /// <summary>Ingests a log again, again in another cut, and then one of the months after it.</summary>
    public static void Run(Workbench bench)
    {
        var lines = bench.Settings.Lines;
        var (log, later) = (bench.Log(lines), bench.Log(lines, first: lines));
        var cut = WithoutFirstLine(bench, log);
        var (first, again, inAnotherCut, fresh, alone) = (new List<Usage>(), new List<Usage>(), new List<Usage>(), new List<Usage>(), new List<Usage>());
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            bench.Forget("known");
            bench.Forget("alone");
            first.Add(bench.Ingest("known", log));
            again.Add(bench.Ingest("known", log));
            inAnotherCut.Add(bench.Ingest("known", cut));
            fresh.Add(bench.Ingest("known", later));
            alone.Add(bench.Ingest("alone", later));
        }

        Console.WriteLine("\nknown lines: time against that of the first import");
        Print("the same log again", again, first);
        Print("the same lines in another cut", inAnotherCut, first);
        Console.WriteLine("  a log that overlaps nothing, against its import into an empty lake");
        Print("", fresh, alone);
    }

    private static void Print(string name, List<Usage> usage, List<Usage> against)
        => Console.WriteLine(Invariant(
            $"  {name,-30} {Usage.Median(usage).WallSeconds:0.00} s: {Usage.Median(usage).WallSeconds / Usage.Median(against).WallSeconds:0.00} times"));

    /// <summary>A log is known again by its first line: without that it has to be compared line by line.</summary>
    private static string WithoutFirstLine(Workbench bench, string log)
    {
        var path = bench.At("cut.log");
        using var source = File.OpenRead(log);
        while (source.ReadByte() is var value and not '\n' and not -1)
        {
        }

        using (var target = File.Create(path))
            source.CopyTo(target);
        Workbench.Warm(path);
        return path;
    }
}
