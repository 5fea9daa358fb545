using System.Diagnostics;
using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>
/// What it costs to watch a server: one that counts and is scraped every second beside one that does neither, asked in turns. Each is of its own copy
/// of a lake, for two on one folder do not keep their columns alike, and one rests while the other is asked.
/// </summary>
internal static class Observed
{
    private const double Claimed = 0.95;
    private const string Copy = "year-alone";

    /// <summary>Measures answers that are kept, answers that are computed, and the scrape itself.</summary>
    public static void Run(Workbench bench)
    {
        Console.WriteLine("\nobserved: requests a second with metrics, scraped every second, against those without; medians of all rounds");
        bench.Copy(bench.Year.Data, Copy);
        Compare(bench, "kept answers, GET", keepsAnswers: true, server => Wrk.Run(Seconds(bench), Same.Address(server)));
        Compare(bench, "computed answers, POST", keepsAnswers: false, server => Wrk.Run(Seconds(bench), server.GraphQL, Same.Script(bench)));
        bench.Forget(Copy);
    }

    private static int Seconds(Workbench bench) => bench.Settings.IsTest ? 1 : 5;

    private static void Compare(Workbench bench, string what, bool keepsAnswers, Func<ServedProcess, double> rate)
    {
        using var watched = ServedProcess.Ready(bench, bench.Year.Data, keepsAnswers);
        using var alone = ServedProcess.Ready(bench, Copy, keepsAnswers, ("Server__Telemetry__Metrics", "false"), ("Server__SlowQuery", "off"));
        using var scraper = new Scraper(watched);
        if (!Wrk.IsInstalled)
        {
            Console.WriteLine($"  {what,-24} skipped: /usr/bin/wrk is not there");
            return;
        }

        Same.AskOnce(watched);
        Same.AskOnce(alone);
        Asked Ask(ServedProcess server) => Asked.Of(server, rate, Seconds(bench));
        _ = (Ask(watched), Ask(alone));
        var rounds = new List<(Asked With, Asked Without)>();
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            // Whoever comes first may have a cooler machine.
            var (with, without) = (Ask(watched), Ask(alone));
            rounds.Add((with, without));
            (without, with) = (Ask(alone), Ask(watched));
            rounds.Add((with, without));
        }

        Tell(what, rounds);
        Console.WriteLine(Invariant(
            $"    memory {watched.ResidentBytes / 1e6:0} MB against {alone.ResidentBytes / 1e6:0} MB; {scraper.Times.Count} scrapes under that load, p50 {scraper.Times.Percentile(50):0.0} ms"));
        Console.WriteLine(Invariant($"    scrapes of the server at rest: p50 {AtRest(watched).Percentile(50):0.0} ms"));
    }

    /// <summary>The ratios are of the two in a round, one right after the other: what else the machine does differs more from round to round.</summary>
    private static void Tell(string what, List<(Asked With, Asked Without)> rounds)
    {
        double Median(Func<(Asked With, Asked Without), double> value) => new Latencies(rounds.ConvertAll(value.Invoke)).Percentile(50);
        var ratio = Median(round => round.With.Rate / round.Without.Rate);
        Console.WriteLine(Invariant(
            $"  {what,-24} {Median(round => round.With.Rate),8:N0} against {Median(round => round.Without.Rate),8:N0}: {ratio:0.000}, {Claimed} claimed: {(ratio >= Claimed ? "ok" : "UNDER")}"));
        Console.WriteLine(Invariant(
            $"    CPU time of the server {Median(round => round.With.Cpu):0.0} us a request against {Median(round => round.Without.Cpu):0.0}: {Median(round => round.With.Cpu / round.Without.Cpu):0.000} times"));
    }

    private static Latencies AtRest(ServedProcess server)
    {
        using var http = new HttpClient();
        return new Latencies(Enumerable.Range(0, 10).Select(_ =>
        {
            // What one was told is told to all within 300 ms.
            Thread.Sleep(400);
            return Scraper.Scrape(http, server);
        }).ToList());
    }

    /// <summary>What came of asking a server for a while.</summary>
    /// <param name="Rate">Requests a second.</param>
    /// <param name="Cpu">Microseconds of CPU that it took for each.</param>
    private sealed record Asked(double Rate, double Cpu)
    {
        public static Asked Of(ServedProcess server, Func<ServedProcess, double> ask, int seconds)
        {
            var before = server.CpuSeconds;
            var rate = ask(server);
            return new Asked(rate, 1e6 * (server.CpuSeconds - before) / (rate * seconds));
        }
    }

    /// <summary>Scrapes a server every second, as a Prometheus in a hurry would.</summary>
    private sealed class Scraper : IDisposable
    {
        private readonly HttpClient http = new();
        private readonly CancellationTokenSource stop = new();
        private readonly List<double> times = [];
        private readonly Thread thread;

        public Scraper(ServedProcess server)
        {
            thread = new Thread(() =>
            {
                do
                {
                    var time = Scrape(http, server);
                    lock (times)
                        times.Add(time);
                }
                while (!stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(1)));
            })
            { IsBackground = true };
            thread.Start();
        }

        /// <summary>What the scrapes so far took, in milliseconds.</summary>
        public Latencies Times
        {
            get
            {
                lock (times)
                    return new Latencies([.. times]);
            }
        }

        /// <summary>Milliseconds of one scrape.</summary>
        public static double Scrape(HttpClient http, ServedProcess server)
        {
            var begun = Stopwatch.GetTimestamp();
            using var response = http.Send(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Home, "metrics")));
            using var body = response.EnsureSuccessStatusCode().Content.ReadAsStream();
            body.CopyTo(Stream.Null);
            return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }

        public void Dispose()
        {
            stop.Cancel();
            thread.Join();
            stop.Dispose();
            http.Dispose();
        }
    }
}
