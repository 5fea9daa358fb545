using System.Text;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Engine;

namespace StatsGraph.Tests.Some;

/// <summary>
/// A station whose session tables take long to make: it has some thousands of sessions on a mount that has as many aliases of one name, and
/// so millions of them. Each minimum duration has a table of its own.
/// </summary>
internal sealed class SlowStation : IDisposable
{
    private const int Sessions = 3_000;
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly SomeLake lake = new("UTC", Now);

    /// <param name="aliases">Aliases of the one mount: so many times the sessions there are.</param>
    /// <param name="options">Limits.</param>
    public SlowStation(int aliases, ReportOptions options)
    {
        var log = string.Concat(Enumerable.Range(0, Sessions).Select(
            second => new LogLine { EndedAt = Now.ToUnixTimeSeconds() - 100_000 + second } + "\n"));
        lake.Ingest([lake.Write("access.log", Encoding.ASCII.GetBytes(log))]);
        Lake = LakeTable.Open(lake.Data);
        Store = new ReportStore(
            Lake,
            [new SiteProfile { Key = SomeLake.Site, MountAliases = Aliases(aliases) }],
            new StoppedClock(Now),
            options with { MemoryLimit = "256MB" });
    }

    /// <summary>The lake.</summary>
    public LakeTable Lake { get; }

    /// <summary>Its reports.</summary>
    public ReportStore Store { get; }

    /// <summary>As many names of one mount, which is more than a configuration could have.</summary>
    public static IReadOnlyDictionary<string, string> Aliases(int count) => Enumerable.Range(0, count).ToDictionary(
        _ => new string("/live.mp3"), number => $"/{number}", (IEqualityComparer<string>)ReferenceEqualityComparer.Instance);

    /// <summary>A document that needs a table that was never asked for.</summary>
    public static string Query(int minDuration) => $$"""
        { site(key: "{{SomeLake.Site}}") { report(period: { month: "2026-11" }, minDuration: {{minDuration}}) { totals { sessions } } } }
        """;

    /// <summary>Fails unless there is a place for a statement soon, which there is when nothing runs for nobody.</summary>
    public async Task AssertIdleAsync() => Assert.Equal([42], await Store.Engine.QueryAsync(
        new Statement("select 42"), record => record.GetInt32(0), TestContext.Current.CancellationToken)
        .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));

    public void Dispose()
    {
        Store.Dispose();
        lake.Dispose();
    }
}
