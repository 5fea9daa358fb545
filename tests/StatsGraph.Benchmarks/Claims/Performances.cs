using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using StatsGraph.Benchmarks.Logs;
using StatsGraph.Benchmarks.Measuring;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Plays;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>
/// A month's sessions and plays: their performances, from the lake's files and from columns, beside the join that one would write in SQL.
/// </summary>
internal static class Performances
{
    private const string Month = "2026-09";

    /// <summary>Plays of a month on the twelve mounts, for a million lines.</summary>
    private const int Plays = 50_000;

    /// <summary>Asks all of them for the same sums, which have to be equal.</summary>
    public static void Run(Workbench bench)
    {
        var plays = bench.Settings.IsTest ? Plays / 100 : Plays;
        Console.WriteLine(Invariant($"\nperformances: a month of {bench.Settings.Lines:N0} lines and {plays:N0} plays"));
        bench.Forget("performances");
        bench.Ingest("performances", bench.Log(bench.Settings.Lines), Playlist(bench, plays));
        var data = bench.At("performances");
        var (lake, table) = (LakeTable.Open(data), LakeTable.OpenPlays(data));
        var (fromLake, lakeSeconds) = FromLake(lake);
        var (fromColumns, columnSeconds) = FromColumns(lake, data, bench.Settings.Rounds);
        var (joined, joinSeconds) = Joined(lake, table);
        Print("from columns", columnSeconds, 1);
        Print("from the lake", lakeSeconds, lakeSeconds / columnSeconds);
        Print("DuckDB join", joinSeconds, joinSeconds / columnSeconds);
        Console.WriteLine(Invariant($"  {fromColumns:N0} performances; the join takes {joinSeconds / lakeSeconds:0.0} times the time of the lake"));
        if (fromLake != joined || fromColumns != joined)
            bench.Complain(Invariant($"performances: {fromLake} from the lake, {fromColumns} from columns, {joined} by the join"));
    }

    private static void Print(string name, double seconds, double times)
        => Console.WriteLine(Invariant($"  {name,-20} {seconds,6:0.00} s  {times:0.0} times the time"));

    private static string Playlist(Workbench bench, int plays)
    {
        var path = bench.At("playlist.log");
        var (mounts, random) = (new Audience(100).Mounts, new StableRandom(815));
        var start = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
        using var file = new StreamWriter(path);
        for (var number = 0; number < plays; number++)
        {
            var at = start.AddSeconds(30 * 86_400.0 * number / plays).ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
            file.Write(Invariant($"{at} +0000|{mounts[number % mounts.Count]}|0|Artist {random.Below(900)} - Title {random.Below(9)}\n"));
        }

        return path;
    }

    private static (long Performances, double Seconds) FromLake(LakeTable lake)
    {
        using var store = new ReportStore(lake, [], TimeProvider.System, new ReportOptions());
        return Ask(store);
    }

    /// <summary>The median of some questions, after one that reads the plays.</summary>
    private static (long Performances, double Seconds) FromColumns(LakeTable lake, string data, int rounds)
    {
        using var columns = new ColumnStore(lake, data, [], Console.WriteLine);
        columns.Start();
        using var store = new ReportStore(lake, [], TimeProvider.System, new ReportOptions(), columns);
        while (store.Building is not null)
            Thread.Sleep(10);
        var answers = Enumerable.Range(0, rounds + 1).Select(_ => Ask(store)).Skip(1).OrderBy(answer => answer.Seconds).ToList();
        return answers[answers.Count / 2];
    }

    private static (long Performances, double Seconds) Ask(ReportStore store)
    {
        var started = Stopwatch.GetTimestamp();
        using var lake = store.Open(isVisible: null);
        var report = lake.Site("bench")!.ReportAsync(new ReportRequest(new PeriodRequest.Month(Month), null, 0, null), CancellationToken.None).GetAwaiter().GetResult();
        var tracks = report.AllPerformancesAsync(TrackGrouping.Track, CancellationToken.None).GetAwaiter().GetResult();
        return (tracks.Sum(track => track.Performances), Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static (long Performances, double Seconds) Joined(LakeTable lake, LakeTable plays)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rivals", "performances.sql"))
            .Replace("{lines}", Files(lake), StringComparison.Ordinal).Replace("{plays}", Files(plays), StringComparison.Ordinal);
        var started = Stopwatch.GetTimestamp();
        var performances = Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        return (performances, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static string Files(LakeTable table) => $"[{string.Join(", ", table.Snapshot().Files.Select(file => $"'{file.Path}'"))}]";
}
