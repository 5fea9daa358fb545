using System.Text;
using StatsGraph.Benchmarks.Logs;
using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>
/// Subscribers of a site who mostly hear nothing: what they cost the server, how soon they are told of a commit, and the same number of clients
/// that ask each second instead.
/// </summary>
internal static class Live
{
    private const string Data = "live";
    private const double LimitKilobytes = 32;
    private const double TimesClaimed = 10;
    private const double LimitSeconds = 2;

    /// <summary>Measures the subscribers, and then their rivals on the same server.</summary>
    public static void Run(Workbench bench)
    {
        var settings = bench.Settings;
        var count = settings.Streams + settings.Sockets;
        bench.Ingest(Data, Today(bench, 0, 100));
        using var server = ServedProcess.Ready(
            bench, Data, keepsAnswers: true, ("Server__Live__MaximumPerCaller", Invariant($"{count}")), ("Server__Live__Maximum", Invariant($"{count}")));

        // So that what is compiled and allocated once is there before.
        using (Subscribers.GatherAsync(server.GraphQL, settings.Streams / 20, settings.Sockets / 20).GetAwaiter().GetResult())
        using (Pollers.GatherAsync(server.GraphQL, count / 20).GetAwaiter().GetResult())
            Thread.Sleep(2_000);

        Console.WriteLine(Invariant($"\nlive: {settings.Streams:N0} event streams and {settings.Sockets:N0} WebSockets, subscribed to the day of one site"));
        var subscribed = Subscribe(bench, server);
        var polled = Poll(bench, server, count);
        var times = polled / subscribed;
        Console.WriteLine(Invariant(
            $"  polling costs {times:0} times the CPU time; {TimesClaimed:0} claimed: {(times >= TimesClaimed ? "ok" : "UNDER")}"));
        bench.Forget(Data);
    }

    /// <summary>CPU seconds in a minute in which nothing happens.</summary>
    private static double Subscribe(Workbench bench, ServedProcess server)
    {
        var before = server.ResidentBytes;
        var alone = CpuPerMinute(server, bench.Settings.IdleSeconds);
        using var subscribers = Subscribers.GatherAsync(server.GraphQL, bench.Settings.Streams, bench.Settings.Sockets).GetAwaiter().GetResult();
        Thread.Sleep(2_000);
        var cpu = CpuPerMinute(server, bench.Settings.IdleSeconds);
        var kilobytes = (server.ResidentBytes - before) / 1024.0 / subscribers.Count;
        Console.WriteLine(Invariant(
            $"  memory                         {kilobytes:0.0} KB a subscriber; {LimitKilobytes:0} claimed: {(kilobytes <= LimitKilobytes ? "ok" : "OVER")}"));
        Console.WriteLine(Invariant($"  idle, signs of life included   {cpu:0.00} CPU seconds a minute, {alone:0.00} without subscribers"));

        var seconds = new List<double>();
        for (var version = 1; version <= bench.Settings.Rounds; version++)
        {
            bench.Ingest(Data, Today(bench, version, 10));
            var last = subscribers.ToldAsync(version).GetAwaiter().GetResult();
            var commit = Path.Combine(bench.At(Data), "lake", "_delta_log", Invariant($"{version:D20}.json"));
            seconds.Add((last - File.GetLastWriteTimeUtc(commit)).TotalSeconds);
        }

        var all = new Latencies(seconds);
        Console.WriteLine(Invariant(
            $"  commit until the last is told  {all.Percentile(50):0.00} s, at most {all.Percentile(100):0.00} s; {LimitSeconds:0} s claimed: {(all.Percentile(100) <= LimitSeconds ? "ok" : "OVER")}"));
        return cpu;
    }

    /// <summary>CPU seconds in a minute in which as many clients ask each second.</summary>
    private static double Poll(Workbench bench, ServedProcess server, int count)
    {
        using var pollers = Pollers.GatherAsync(server.GraphQL, count).GetAwaiter().GetResult();
        Thread.Sleep(2_000);
        var before = pollers.Answers;
        var cpu = CpuPerMinute(server, bench.Settings.IdleSeconds);
        Console.WriteLine(Invariant(
            $"  as many that poll each second  {cpu:0.00} CPU seconds a minute, {(pollers.Answers - before) / (double)bench.Settings.IdleSeconds:N0} answers a second"));
        return cpu;
    }

    private static double CpuPerMinute(ServedProcess server, int seconds)
    {
        var before = server.CpuSeconds;
        Thread.Sleep(TimeSpan.FromSeconds(seconds));

        // The kernel counts in hundredths.
        return Math.Max(server.CpuSeconds - before, 0.01) * 60 / seconds;
    }

    /// <summary>A log of sessions that end now, of listeners of its own.</summary>
    private static string Today(Workbench bench, int log, int sessions)
    {
        var now = DateTimeOffset.UtcNow;
        var text = new StringBuilder();
        for (var session = 0; session < sessions; session++)
            LogLine.Append(text, Invariant($"10.{log}.0.{1 + session}"), now, "GET /live.mp3 HTTP/1.1", 200, 1_000_000, "-", "VLC/3.0.20", 1);
        var path = bench.At(Invariant($"today-{log}.log"));
        File.WriteAllText(path, text.ToString());
        return path;
    }
}
