using System.Diagnostics.CodeAnalysis;
using StatsGraph.Benchmarks.Measuring;
using StatsGraph.Benchmarks.Rivals;
using StatsGraph.Ingest;
using StatsGraph.Lake;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>The whole ingest of a log beside GoAccess, a DuckDB script, and the bare writing of the same rows.</summary>
internal static class SideBySide
{
    /// <summary>Runs all rivals in each round, so that they share whatever else the machine does.</summary>
    public static void Run(Workbench bench)
    {
        var log = bench.Log(bench.Settings.Lines);
        var megabytes = new FileInfo(log).Length / 1e6;
        Console.WriteLine(Invariant($"\nside by side: {bench.Settings.Lines:N0} lines, {megabytes:N0} MB, medians of {bench.Settings.Rounds}"));
        var (ours, goAccess, script, copy) = (new List<Usage>(), new List<Usage>(), new List<Usage>(), new List<Usage>());
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            bench.Forget("lake");
            ours.Add(bench.Ingest("lake", log));
            script.Add(DuckDbRival.Script(log, bench.At("script.parquet")));
            copy.Add(DuckDbRival.BareCopy(bench.At("lake/lake/site=bench/*.parquet"), bench.At("copy.parquet")));
            if (GoAccess.IsInstalled)
                goAccess.Add(GoAccess.Run(log, bench.At("report.json")));
        }

        var own = Usage.Median(ours);
        Console.WriteLine(Invariant($"  statsgraph ingest    {own.WallSeconds,6:0.00} s  {own.CpuSeconds,6:0.00} CPU s  {own.PeakBytes / 1e6:0} MB peak  {megabytes / own.WallSeconds:0} MB/s"));
        if (goAccess.Count > 0)
            Print("GoAccess", Usage.Median(goAccess), own, Invariant($"{Usage.Median(goAccess).WallSeconds / own.WallSeconds:0.0} times the time"));
        else
            Console.WriteLine("  GoAccess             skipped: /usr/bin/goaccess is not there");
        Print("DuckDB script", Usage.Median(script), own, Invariant($"{Usage.Median(script).WallSeconds / own.WallSeconds:0.00} times the time"));
        Print("DuckDB bare COPY", Usage.Median(copy), own, Invariant($"statsgraph takes {own.CpuSeconds / Usage.Median(copy).CpuSeconds:0.00} times its CPU time"));
        Console.WriteLine(Invariant($"  allocations          {AllocationsPerLine(bench, log):0} bytes a line"));
    }

    private static void Print(string name, Usage usage, Usage own, string ratio)
        => Console.WriteLine(Invariant($"  {name,-20} {usage.WallSeconds,6:0.00} s  {usage.CpuSeconds,6:0.00} CPU s  {ratio}"));

    /// <summary>Managed memory that an ingest in this process asks for, which is not what it keeps.</summary>
    private static double AllocationsPerLine(Workbench bench, string log)
    {
        bench.Forget("allocations");
        var options = new IngestOptions { DataFolder = bench.At("allocations"), Site = "bench" };
        using var ingest = new LogIngest(LakeTable.Open(options.DataFolder), options);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        ingest.Run([log], NoInput, progress: null, CancellationToken.None);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)bench.Settings.Lines;
    }

    [ExcludeFromCodeCoverage]
    private static Stream NoInput() => throw new InvalidOperationException("no log is read from standard input");
}
