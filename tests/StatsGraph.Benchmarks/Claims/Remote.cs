using System.Globalization;
using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>What it costs to send a log to a server on the same machine, against reading it into a lake beside it.</summary>
internal static class Remote
{
    /// <summary>Sends a log to a running server, again, and with a few lines more, and each time ingests the same by the command.</summary>
    public static void Run(Workbench bench)
    {
        var log = bench.Log(bench.Settings.Lines);
        var longer = Longer(bench, log);
        var (local, sent, again, grown) = (new List<Usage>(), new List<Usage>(), new List<Usage>(), new List<Usage>());
        bench.Forget("served");
        using var server = ServedProcess.Ready(bench, "served", keepsAnswers: false);
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            bench.Forget("local");
            local.Add(bench.Ingest("local", log));
            var site = string.Create(CultureInfo.InvariantCulture, $"round{round}");
            sent.Add(Send(bench, server, site, log, bench.Settings.Lines));
            again.Add(Send(bench, server, site, log, 0));
            grown.Add(Send(bench, server, site, longer, 1));
        }

        Console.WriteLine(Invariant($"\nremote: a log of {bench.Settings.Lines:N0} lines is sent on loopback, time against a local ingest of the same"));
        Print("local ingest", local, local);
        Print("sent", sent, local);
        Print("sent again", again, local);
        Print("sent with a line more", grown, local);
        Console.WriteLine(Invariant($"  the server took {server.PeakBytes / 1e6:0} MB at its peak, its columns included"));
    }

    private static Usage Send(Workbench bench, ServedProcess server, string site, string log, long expected)
    {
        var usage = MeasuredProcess.Run(
            bench.Command, ["ingest", "--json", "--url", server.Home.ToString(), "--site", site, log], out var summary);
        using var json = System.Text.Json.JsonDocument.Parse(summary);
        var lines = json.RootElement.GetProperty("lines").GetInt64() - json.RootElement.GetProperty("alreadyIngested").GetInt64();
        if (lines != expected)
            bench.Complain(Invariant($"{lines} new lines of {expected} were sent to {site}"));
        return usage;
    }

    private static void Print(string name, List<Usage> usage, List<Usage> against)
    {
        var median = Usage.Median(usage);
        Console.WriteLine(Invariant(
            $"  {name,-24} {median.WallSeconds,6:0.00} s  {median.WallSeconds / Usage.Median(against).WallSeconds:0.00} times  {median.PeakBytes / 1e6:0} MB peak"));
    }

    private static string Longer(Workbench bench, string log)
    {
        var path = bench.At("longer.log");
        File.Copy(log, path, overwrite: true);
        File.AppendAllText(path, "81.2.69.160 - - [22/Nov/2030:17:00:33 +0000] \"GET /live.mp3 HTTP/1.1\" 200 306829 \"-\" \"VLC/3.0.20\" 15\n");
        Workbench.Warm(path);
        return path;
    }
}
