using System.Diagnostics;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Tests.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Reports.Columns;

/// <summary>Columns that follow the lake by themselves, and what is answered from them.</summary>
public sealed class ColumnStoreTests : LakeTest
{
    private readonly List<string> told = [];

    [Fact]
    public async Task A_commit_of_ten_thousand_sessions_is_published_within_two_seconds()
    {
        Append(SomeLines.Every(200));
        using var columns = Start();
        await UntilAsync(() => columns.Published is not null);
        var batch = SomeLines.Every(10_000, firstHash: 1_000).Batch();
        // Whatever has to be compiled, is.
        Append(SomeLines.Every(10, firstHash: 900));
        await UntilAsync(() => columns.Published!.Snapshot.Version == 1);
        Lake.Append("radio", [batch], [], CancellationToken.None);
        var since = Stopwatch.StartNew();
        await UntilAsync(() => columns.Published!.Snapshot.Version == 2);
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(10_210, columns.Published!.Sites["radio"].Chunks.Sum(chunk => chunk.Rows));
        Assert.Empty(told);
    }

    [Fact]
    public async Task What_it_knows_when_it_is_disposed_of_is_on_disk()
    {
        Append(SomeLines.Every(200));
        using (var columns = Start())
        {
            await UntilAsync(() => columns.Published is not null);
            Append(SomeLines.Every(10, firstHash: 900));
            await UntilAsync(() => columns.Published!.Snapshot.Version == 1);
        }

        var fresh = SomeFollower.Fresh(Data);
        foreach (var file in Lake.Snapshot().Files)
            File.Delete(file.Path);
        using var next = new SomeFollower(Data);
        Assert.Equal(fresh, SomeFollower.Text(next.Look()));
        Assert.Empty(told);
    }

    [Fact]
    public async Task Answers_are_of_the_newest_version_until_there_are_columns_and_then_of_theirs()
    {
        Append(SomeLines.Every(200));
        using var columns = Store();
        using var store = new ReportStore(Lake, [], TimeProvider.System, new ReportOptions { MemoryLimit = "256MB" }, columns);
        Assert.Equal((0, new ColumnProgress(0, 0, 0)), (store.Version, store.Building));
        using (var reports = store.Open(isVisible: null))
            Assert.Null(reports.Site("radio")!.Columns);

        columns.Start();
        await UntilAsync(() => store.Building is null);
        using (var reports = store.Open(isVisible: null))
        {
            Assert.Same(columns.Published!.Sites["radio"], reports.Site("radio")!.Columns);
            Assert.Equal((columns.Published.Snapshot.Version, columns.Published.Snapshot.Version), (store.Version, reports.Version));
        }
    }

    [Fact]
    public void One_that_was_never_started_can_be_disposed_of() => Store().Dispose();

    private ColumnStore Store() => new(LakeTable.Open(Data), Data, [], told.Add);

    private ColumnStore Start()
    {
        var columns = Store();
        columns.Start();
        return columns;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!isSo())
            await Task.Delay(10, deadline.Token);
    }
}
