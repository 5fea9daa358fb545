using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>How soon the dashboard shows figures of a large lake, in a browser that has never seen it, against the IDE of the same server.</summary>
internal static class Page
{
    private const double SecondsClaimed = 1;

    private static readonly IReadOnlyList<(string Name, string Query)> Pages =
    [
        ("a month", $"?site={YearLake.Site}&period=2025-10"),
        ("a month of those who stay", $"?site={YearLake.Site}&period=2025-09&min=60"),
        ("a year", $"?site={YearLake.Site}&period=2025-01-01..2025-12-31"),
    ];

    /// <summary>Opens the pages in turns.</summary>
    public static void Run(Workbench bench)
    {
        Console.WriteLine("\npage: milliseconds until the figures at a glance are there, and until the IDE has its first button");
        if (!Browser.IsInstalled)
        {
            Console.WriteLine("  skipped: Debian's chromium is not installed");
            return;
        }

        using var server = ServedProcess.Ready(bench, bench.Year.Data, keepsAnswers: false);
        using var browser = new Browser();
        // The first page of a browser takes longer, whichever it is.
        browser.Until(server.Home, "[data-figure][data-value]");
        var times = Pages.ToDictionary(page => page.Name, _ => new List<double>(), StringComparer.Ordinal);
        var ide = new List<double>();
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            foreach (var (name, query) in Pages)
                times[name].Add(browser.Until(new Uri(server.Home, query), "[data-figure][data-value]"));
            ide.Add(browser.Until(new Uri(server.Home, "graphql/"), "button"));
        }

        var rival = new Latencies(ide).Percentile(50);
        foreach (var (name, all) in times)
        {
            var median = new Latencies(all).Percentile(50);
            var verdict = median < SecondsClaimed * 1000 ? "ok" : "OVER";
            Console.WriteLine(Invariant($"  {name,-26} {median,6:0}; the IDE {rival:0}: {rival / median:0.0} times as fast; under {SecondsClaimed:0} s claimed: {verdict}"));
        }
    }
}
