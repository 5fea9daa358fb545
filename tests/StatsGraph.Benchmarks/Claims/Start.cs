using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>How soon a server answers that finds what it derived from the lake before, and one that has to derive it anew.</summary>
internal static class Start
{
    private const double FirstAnswerClaimed = 3;
    private const double SessionsClaimed = 300_000;

    /// <summary>Starts the server over and over.</summary>
    public static void Run(Workbench bench)
    {
        var lake = bench.Year;
        var totals = new Question("totals");
        // Derives what is to be current, if nothing did before.
        using (ServedProcess.Ready(bench, lake.Data, keepsAnswers: false))
        {
        }

        var current = new List<double>();
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            using var server = ServedProcess.Begin(bench, lake.Data, keepsAnswers: false);
            using var asker = new Asker(server.GraphQL);
            while (!asker.Ask(totals.Text, Periods.Month(round)).TryRead(out _, out _))
                Thread.Sleep(5);
            current.Add(server.Age);
        }

        var first = new Latencies(current).Percentile(50);
        Console.WriteLine("\nstart: seconds from the start of the process");
        Console.WriteLine(Invariant(
            $"  first answer, all derived        {first:0.00} s; under {FirstAnswerClaimed:0} s claimed: {(first < FirstAnswerClaimed ? "ok" : "OVER")}"));
        Build(bench, lake);
    }

    private static void Build(Workbench bench, YearLake lake)
    {
        var derived = Path.Combine(bench.At(lake.Data), "columns");
        if (!Directory.Exists(derived))
        {
            Console.WriteLine("  ready, nothing derived           skipped: the server keeps no folder 'columns' beside the lake");
            return;
        }

        Directory.Delete(derived, recursive: true);
        using var server = ServedProcess.Ready(bench, lake.Data, keepsAnswers: false);
        var seconds = server.Age;
        var rate = lake.Sessions / seconds;
        Console.WriteLine(Invariant(
            $"  ready, nothing derived           {seconds:0.00} s: {rate:N0} sessions a second; {SessionsClaimed:N0} claimed: {(rate >= SessionsClaimed ? "ok" : "UNDER")}"));
        Console.WriteLine(server.Excuses.Count == 0 ? "    it was ready at once"
            : Invariant($"    /health/ready said {server.Excuses.Count} different things meanwhile, such as: {server.Excuses[server.Excuses.Count / 2]}"));
        Console.WriteLine(Invariant($"    memory of the server: {server.PeakBytes / 1e6:0} MB at most"));
    }
}
