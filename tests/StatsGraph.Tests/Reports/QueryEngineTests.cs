using StatsGraph.Reports;
using StatsGraph.Reports.Engine;

namespace StatsGraph.Tests.Reports;

/// <summary>How statements end.</summary>
public sealed class QueryEngineTests : IDisposable
{
    /// <summary>Would take hours.</summary>
    private const string Endless = "select sum(a.range * b.range) from range($rows) a, range(10000000) b";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly QueryEngine engine = new("256MB");

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task A_cancel_at_any_moment_ends_the_statement()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            using var stop = new CancellationTokenSource();
            var running = RunAsync(stop.Token);
            await SpinAsync(TimeSpan.FromMicroseconds(random.Next(3_000)));
            await stop.CancelAsync();

            var told = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience, TestContext.Current.CancellationToken));
            Assert.Equal(stop.Token, told.CancellationToken);
        }

        Assert.Equal([42], await engine.QueryAsync(new Statement("select 42"), record => record.GetInt32(0), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_cancel_before_the_statement_begins_is_not_lost()
    {
        // Reading and planning this takes a while, of which the engine lets the first milliseconds pass without notice.
        var planned = string.Join(" union all ", Enumerable.Range(0, 2_000).Select(number => $"select {number} as range"));
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            using var stop = new CancellationTokenSource();
            var running = engine.QueryAsync(
                new Statement($"with a as ({planned}) select sum(a.range * b.range * c.range) from a, range(10000000) b, range(10000000) c"),
                record => record.GetValue(0),
                stop.Token);
            await SpinAsync(TimeSpan.FromMicroseconds(random.Next(10_000)));
            await stop.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_cancel_ends_one_statement_and_leaves_the_others_alone()
    {
        using var stop = new CancellationTokenSource();
        var counted = engine.QueryAsync(
            new Statement("select sum(range % 7)::bigint from range(30000000)"), record => record.GetInt64(0), TestContext.Current.CancellationToken);
        var running = RunAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal([89_999_995L], await counted);
    }

    [Fact]
    public async Task One_who_waits_for_a_place_can_leave()
    {
        using var all = new CancellationTokenSource();
        using var one = new CancellationTokenSource();
        var running = Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => RunAsync(all.Token)).ToList();
        var waiting = RunAsync(one.Token);
        await one.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(running, statement => statement.IsCompleted);

        await all.CancelAsync();
        foreach (var statement in running)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => statement.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_table_whose_making_is_cancelled_is_not_there()
    {
        using var stop = new CancellationTokenSource();
        var making = engine.ExecuteAsync(new Statement("create table made as " + Endless).Bind("rows", 1_000_000L), stop.Token);
        await SpinAsync(TimeSpan.FromMilliseconds(50));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making.WaitAsync(Patience, TestContext.Current.CancellationToken));
        var missing = await Assert.ThrowsAsync<QueryException>(() => engine.QueryAsync(
            new Statement("select count(*) from made"), record => record.GetInt64(0), TestContext.Current.CancellationToken));
        Assert.Contains("made does not exist", missing.Message, StringComparison.Ordinal);
    }

    private Task<List<object>> RunAsync(CancellationToken cancellation) =>
        engine.QueryAsync(new Statement(Endless).Bind("rows", 1_000_000L), record => record.GetValue(0), cancellation);

    /// <summary>Waits more exactly than a timer does, off this thread.</summary>
    private static Task SpinAsync(TimeSpan time) => Task.Run(() =>
    {
        var since = TimeProvider.System.GetTimestamp();
        SpinWait.SpinUntil(() => TimeProvider.System.GetElapsedTime(since) >= time);
    });
}
