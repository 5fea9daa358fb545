namespace StatsGraph.Demo;

/// <summary>
/// SplitMix64: the same numbers on every machine and in every version, so that the demo's figures never change.
/// Whole numbers only, because the last digit of a logarithm is the platform's own.
/// </summary>
internal sealed class DemoRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number from <paramref name="minimum"/> to <paramref name="maximum"/>, both included.</summary>
    public int Between(int minimum, int maximum) => minimum + Below(maximum - minimum + 1);

    /// <summary>True so many times in a thousand.</summary>
    public bool PerMille(int times) => Below(1_000) < times;

    /// <summary>The index of a weight, as often as the weight's part of their sum.</summary>
    public int Weighted(IReadOnlyList<int> weights)
    {
        var rest = Below(weights.Sum());
        var index = 0;
        while (rest >= weights[index])
        {
            rest -= weights[index++];
        }

        return index;
    }

    /// <summary>A value between quantiles that lie at the given tenths of a percent, linear between them.</summary>
    public int Quantile(IReadOnlyList<(int PerMille, int Value)> quantiles)
    {
        var at = Below(1_000_000);
        var upper = 1;
        while (at >= quantiles[upper].PerMille * 1_000)
        {
            upper++;
        }

        var (left, low) = quantiles[upper - 1];
        var (right, high) = quantiles[upper];
        return low + (int)((long)(high - low) * (at - (left * 1_000)) / ((right - left) * 1_000));
    }

    private ulong Next()
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
