namespace StatsGraph.Tests.Fuzz;

/// <summary>A short run; <c>tests/StatsGraph.Fuzz</c> runs as long as one likes.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Logs = 6;

    [Fact]
    public void Fifteen_thousand_cases_break_nothing() => Run(seed: 1);

    [Fact]
    public void Nor_do_fifteen_thousand_that_nobody_saw_before() => Run(Random.Shared.Next());

    [Fact]
    public void The_same_seed_gives_the_same_logs()
    {
        static byte[] Log(int seed) => [.. FuzzLog.Lines(seed, Some.FuzzLine.Many(seed, 500)).SelectMany(line => line)];
        Assert.Equal(Log(5), Log(5));
        Assert.NotEqual(Log(5), Log(6));
        Assert.Equal(FuzzLog.Pack(Log(5), new FuzzPacking(4, 77)), FuzzLog.Pack(Log(5), new FuzzPacking(4, 77)));
    }

    private void Run(int seed)
    {
        output.WriteLine($"seed {seed}");
        using var run = new FuzzRun(seed);
        for (var log = 0; log < Logs; log++)
        {
            if (run.Next() is { } failure)
            {
                var bytes = Convert.ToHexString(failure.Content.AsSpan(0, Math.Min(4_000, failure.Content.Length)));
                Assert.Fail($"--seed {seed}, log {failure.Seed}, {failure.Packing}: {failure.What}\n{bytes}");
            }
        }
    }
}
