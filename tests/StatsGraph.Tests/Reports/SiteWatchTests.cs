using System.Collections.Concurrent;
using NodaTime;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Tests.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Reports;

/// <summary>Who watches a site is told when its answers may have changed, and not otherwise.</summary>
public sealed class SiteWatchTests : LakeTest
{
    private readonly ConcurrentQueue<(string Site, long Version)> told = [];
    private readonly ManualClock clock = new(SomeLines.Noon);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lines_of_a_site_are_told_to_those_who_watch_it_with_columns_and_without(bool hasColumns)
    {
        Append(SomeLines.Every(10));
        using var columns = hasColumns ? new ColumnStore(LakeTable.Open(Data), Data, [], _ => { }) : null;
        columns?.Start();
        using var store = Open(columns);
        while (store.Building is not null)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        using var radio = Watch(store, "radio");
        using var other = Watch(store, "other");
        Append(SomeLines.Every(10, firstHash: 100));
        Assert.Equal(("radio", 1), await ToldAsync());
        Assert.True(store.Version >= 1);
        AppendTo("third", 200);
        AppendTo("other", 300);
        Assert.Equal(("other", 3), await ToldAsync());
        await AssertQuietAsync();
    }

    [Fact]
    public async Task A_compaction_is_no_change_and_lines_that_go_are_one()
    {
        for (var file = 0; file < 12; file++)
            Append(SomeLines.Every(10, firstHash: 100 * file));
        using var store = Open();
        using var watcher = Watch(store, "radio");
        var before = store.Version;
        Lake.Compact(new CompactionOptions(), TestContext.Current.CancellationToken);
        Assert.True(store.Version > before);
        await AssertQuietAsync();
        Lake.Prune("radio", SomeLines.Noon.AddDays(1), dryRun: false, TestContext.Current.CancellationToken);
        Assert.Equal("radio", (await ToldAsync()).Site);
    }

    [Fact]
    public async Task The_clock_tells_once_when_an_answer_ends()
    {
        using var store = Open();
        using var watcher = Watch(store, "radio");
        watcher.ExpireAt(store.Now + Duration.FromHours(1));
        await AssertQuietAsync();
        clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal(("radio", long.MaxValue), await ToldAsync());
        await AssertQuietAsync();
    }

    [Fact]
    public async Task Nothing_is_told_any_more_to_one_who_has_gone_and_watching_begins_anew()
    {
        using var store = Open();
        Watch(store, "radio").Dispose();
        Append(SomeLines.Every(10));
        await AssertQuietAsync();
        using var watcher = Watch(store, "radio");
        await AssertQuietAsync();
        Append(SomeLines.Every(10, firstHash: 100));
        Assert.Equal(("radio", 1), await ToldAsync());
    }

    [Fact]
    public async Task A_lake_that_cannot_be_read_for_a_while_costs_no_change()
    {
        Append(SomeLines.Every(10));
        using var store = Open();
        using var watcher = Watch(store, "radio");
        var commit = Path.Combine(Log, $"{1:D20}.json");
        File.WriteAllText(commit, "{");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        File.Delete(commit);
        Append(SomeLines.Every(10, firstHash: 100));
        Assert.Equal(("radio", 1), await ToldAsync());
    }

    private ReportStore Open(ColumnStore? columns = null)
        => new(LakeTable.Open(Data), [], clock, new ReportOptions { MemoryLimit = "256MB" }, columns);

    private SiteWatcher Watch(ReportStore store, string site) => store.Watch.Begin(site, version => told.Enqueue((site, version)));

    private void AppendTo(string site, int hash) => Lake.Append(site, [SomeLines.Every(10, hash).Batch()], [], CancellationToken.None);

    private async Task<(string Site, long Version)> ToldAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (told.TryDequeue(out var next))
                return next;
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task AssertQuietAsync()
    {
        await Task.Delay(700, TestContext.Current.CancellationToken);
        Assert.Empty(told);
    }
}
