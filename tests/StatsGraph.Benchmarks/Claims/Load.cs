using System.Collections.Concurrent;
using System.Diagnostics;
using StatsGraph.Benchmarks.Logs;
using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>
/// Many people at their dashboards: each client opens all saved queries one after the other for a month, site and filter of its own choice, then
/// those of another one, without a pause. No answer is kept, and the clients are on the server's cores.
/// </summary>
internal static class Load
{
    private const int Clients = 64;
    private const double LimitMilliseconds = 1_000;

    private static readonly string[] Countries = ["US", "DE", "GB", "FR", "JP", "CN", "NL", "IT", "BR", "CA", "AU", "KR"];

    /// <summary>Loads the server.</summary>
    public static void Run(Workbench bench)
    {
        using var server = ServedProcess.Ready(bench, bench.Year.Data, keepsAnswers: false);
        using var asker = new Asker(server.GraphQL);
        var queries = SavedQuery.All();
        foreach (var query in queries)
            asker.Ask(query.Text, query.Variables(YearLake.Site, "2025-06", filter: null)).Data();

        var before = server.ResidentBytes;
        var (answers, faults) = (new ConcurrentBag<(string Query, double Milliseconds)>(), new ConcurrentBag<string>());
        var end = Stopwatch.GetTimestamp() + (bench.Settings.LoadSeconds * Stopwatch.Frequency);
        var clients = Enumerable.Range(0, Clients).Select(number => Task.Run(async () =>
        {
            var random = new StableRandom((ulong)number);
            while (Stopwatch.GetTimestamp() < end)
                await OpenAsync(asker, queries, bench.Year.Mounts, random, answers, faults);
        }));
        Task.WhenAll(clients).GetAwaiter().GetResult();

        var all = new Latencies(answers.Select(answer => answer.Milliseconds));
        var p99 = all.Percentile(99);
        Console.WriteLine(Invariant($"\nload: {Clients} clients, {queries.Count} saved queries each, for {bench.Settings.LoadSeconds} s"));
        Console.WriteLine(Invariant($"  {all.Count:N0} requests, {faults.Count:N0} errors"));
        Console.WriteLine(Invariant(
            $"  p50 {all.Percentile(50):0} ms, p99 {p99:0} ms, below {LimitMilliseconds:N0} claimed: {(p99 < LimitMilliseconds ? "ok" : "OVER")}"));
        foreach (var query in answers.GroupBy(answer => answer.Query, answer => answer.Milliseconds).OrderBy(query => query.Key, StringComparer.Ordinal))
            Console.WriteLine(Invariant($"    {query.Key,-20} p50 {new Latencies(query).Percentile(50),6:0} ms, p99 {new Latencies(query).Percentile(99),6:0} ms"));
        Console.WriteLine(Invariant($"  memory of the server: {before / 1e6:0} MB before, {server.PeakBytes / 1e6:0} MB at most"));
        if (faults.TryPeek(out var fault))
            bench.Complain(Invariant($"{faults.Count:N0} requests failed, one with {fault}"));
    }

    private static async Task OpenAsync(
        Asker asker, IReadOnlyList<SavedQuery> queries, IReadOnlyList<string> mounts, StableRandom random,
        ConcurrentBag<(string Query, double Milliseconds)> answers, ConcurrentBag<string> faults)
    {
        var site = YearLake.Sites[random.Below(YearLake.Sites.Count)];
        var month = Invariant($"{YearLake.FirstDay.Year}-{1 + random.Below(12):00}");
        object? filter = random.Below(3) switch
        {
            0 => null,
            1 => new { mount = new { eq = mounts[random.Below(mounts.Count)] } },
            _ => new { country = new { eq = Countries[random.Below(Countries.Length)] } },
        };
        foreach (var query in queries)
        {
            var reply = await asker.AskAsync(query.Text, query.Variables(site, month, filter));
            answers.Add((query.Name, reply.Milliseconds));
            if (!reply.TryRead(out _, out var fault))
                faults.Add(fault);
        }
    }
}
