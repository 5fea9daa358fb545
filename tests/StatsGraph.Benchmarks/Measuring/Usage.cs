namespace StatsGraph.Benchmarks.Measuring;

/// <summary>What a process took.</summary>
/// <param name="WallSeconds">Seconds on the clock.</param>
/// <param name="CpuSeconds">Seconds of all cores, in user and kernel mode.</param>
/// <param name="PeakBytes">Most resident memory at any time; 0 where it was not watched.</param>
internal sealed record Usage(double WallSeconds, double CpuSeconds, long PeakBytes)
{
    /// <summary>Each figure's median over several runs.</summary>
    public static Usage Median(IReadOnlyList<Usage> runs) => new(
        Middle(runs.Select(run => run.WallSeconds)), Middle(runs.Select(run => run.CpuSeconds)), (long)Middle(runs.Select(run => (double)run.PeakBytes)));

    private static double Middle(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }
}
