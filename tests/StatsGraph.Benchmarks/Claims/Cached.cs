using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>The server that keeps answers: how often it can give one, and what many do who ask at once for one that is not there yet.</summary>
internal static class Cached
{
    private const int Askers = 64;
    private const double RequestsClaimed = 10_000;

    /// <summary>A question that is dear however it is answered, in one period after the other.</summary>
    private static readonly Question Dear = new("three-dimensions");

    /// <summary>Measures both.</summary>
    public static void Run(Workbench bench)
    {
        using var server = ServedProcess.Ready(bench, bench.Year.Data, keepsAnswers: true);
        using var asker = new Asker(server.GraphQL);
        Console.WriteLine("\ncached: the server keeps answers");
        if (Wrk.IsInstalled)
        {
            Print("GET", Wrk.Run(Seconds(bench), Same.Address(server)));
            Print("POST", Wrk.Run(Seconds(bench), server.GraphQL, Same.Script(bench)));
        }
        else
        {
            Console.WriteLine("  identical requests             skipped: /usr/bin/wrk is not there");
        }

        Stampede(bench, asker);
    }

    private static int Seconds(Workbench bench) => bench.Settings.IsTest ? 1 : 10;

    private static void Print(string method, double rate)
        => Console.WriteLine(Invariant(
            $"  identical requests, {method,-4}      {rate,8:N0} a second, {Askers} connections; {RequestsClaimed:N0} claimed: {(rate >= RequestsClaimed ? "ok" : "UNDER")}"));

    private static void Stampede(Workbench bench, Asker asker)
    {
        var (alone, together) = (new List<double>(), new List<double>());
        _ = (Slowest(asker, 1, Periods.Month(0)), Slowest(asker, Askers, Periods.Month(1)));
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            alone.Add(Slowest(asker, 1, Periods.Year(2 * round)));
            together.Add(Slowest(asker, Askers, Periods.Year((2 * round) + 1)));
        }

        var (one, many) = (new Latencies(alone).Percentile(50), new Latencies(together).Percentile(50));
        Console.WriteLine(Invariant(
            $"  stampede: {Askers} at once             {many:0.0} ms until the last has the answer, {one:0.0} ms for one alone: {many / one:0.00} times"));
    }

    /// <summary>Milliseconds until each of many who ask the same at once has its answer.</summary>
    private static double Slowest(Asker asker, int askers, QuestionVariables variables)
    {
        var replies = Task.WhenAll(Enumerable.Range(0, askers).Select(_ => asker.AskAsync(Dear.Text, variables))).GetAwaiter().GetResult();
        foreach (var reply in replies)
            reply.Data();
        return replies.Max(reply => reply.Milliseconds);
    }
}
