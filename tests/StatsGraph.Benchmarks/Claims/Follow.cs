using System.Diagnostics;
using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>
/// How soon new sessions are in the answers of a server that runs: from the end of the ingest, in a large lake and in one of a tenth of its sessions.
/// Its sessions stay in the lake, so this comes last.
/// </summary>
internal static class Follow
{
    private const double LimitSeconds = 2;
    private const int SmallerTimes = 10;

    private static readonly QuestionVariables LastDays = new(YearLake.Until.AddDays(-31), YearLake.Until.AddDays(10));
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Follows both lakes.</summary>
    public static void Run(Workbench bench)
    {
        var settings = bench.Settings;
        var smaller = YearLake.Make(bench, "smaller", settings.Sessions / SmallerTimes, settings.Addresses / SmallerTimes);
        var (large, small) = (Seconds(bench, bench.Year), Seconds(bench, smaller));
        bench.Forget(smaller.Data);
        Console.WriteLine(Invariant($"\nfollow: seconds from the end of an ingest of {settings.RushSessions:N0} sessions until they are in the answers, asked every 20 ms"));
        Print(bench.Year, large);
        Print(smaller, small);
    }

    private static void Print(YearLake lake, List<double> seconds)
    {
        var all = new Latencies(seconds);
        Console.WriteLine(Invariant(
            $"  in {lake.Sessions,10:N0} sessions  {all.Percentile(50):0.00} s, at most {all.Percentile(100):0.00} s; within {LimitSeconds:0} s claimed: {(all.Percentile(100) <= LimitSeconds ? "ok" : "OVER")}"));
    }

    private static List<double> Seconds(Workbench bench, YearLake lake)
    {
        using var server = ServedProcess.Ready(bench, lake.Data, keepsAnswers: false);
        using var asker = new Asker(server.GraphQL);
        var all = new List<double>();
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            var expected = Sessions(asker) + bench.Settings.RushSessions;
            lake.IngestRush(bench.Settings.RushSessions);
            all.Add(SecondsUntil(asker, expected));
        }

        return all;
    }

    private static double SecondsUntil(Asker asker, long expected)
    {
        var began = Stopwatch.GetTimestamp();
        for (var found = Sessions(asker); found != expected; found = Sessions(asker))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException(Invariant($"the server still answers with {found:N0} sessions, not {expected:N0}, {Patience} after the ingest"));
            Thread.Sleep(20);
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static long Sessions(Asker asker)
        => Question.Report(asker.Ask(new Question("totals").Text, LastDays)).GetProperty("totals").GetProperty("sessions").GetInt64();
}
