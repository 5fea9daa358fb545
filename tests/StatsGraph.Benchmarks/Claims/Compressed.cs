using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>The ingest of a gzip archive against that of the same log unpacked, with the unpacking itself on top.</summary>
internal static class Compressed
{
    /// <summary>Ingests the log and its archive.</summary>
    public static void Run(Workbench bench)
    {
        var log = bench.Log(bench.Settings.Lines);
        MeasuredProcess.Run("gzip", "--keep", "--force", log);
        var archive = log + ".gz";
        Workbench.Warm(archive);
        var (plain, packed, unpacking) = (new List<Usage>(), new List<Usage>(), new List<Usage>());
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            bench.Forget("plain");
            bench.Forget("packed");
            plain.Add(bench.Ingest("plain", log));
            packed.Add(bench.Ingest("packed", archive));
            unpacking.Add(MeasuredProcess.Run("gzip", "--test", archive));
        }

        var floor = Usage.Median(plain).WallSeconds + Usage.Median(unpacking).WallSeconds;
        Console.WriteLine("\ncompressed: a .gz archive against the plain log and the unpacking by gzip");
        Console.WriteLine(Invariant(
            $"  {Usage.Median(packed).WallSeconds:0.00} s against {floor:0.00} s: {Usage.Median(packed).WallSeconds / floor:0.00} times the time"));
    }
}
