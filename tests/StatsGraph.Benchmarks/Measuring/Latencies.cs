namespace StatsGraph.Benchmarks.Measuring;

/// <summary>How long many of the same took, in milliseconds.</summary>
internal sealed class Latencies(IEnumerable<double> milliseconds)
{
    private readonly List<double> ordered = [.. milliseconds.Order()];

    /// <summary>How many.</summary>
    public int Count => ordered.Count;

    /// <summary>What so many of 100 did not exceed: the nearest rank.</summary>
    /// <param name="percent">Above 0, up to 100.</param>
    public double Percentile(double percent) => ordered[Math.Max(0, (int)Math.Ceiling(percent / 100 * ordered.Count) - 1)];
}
