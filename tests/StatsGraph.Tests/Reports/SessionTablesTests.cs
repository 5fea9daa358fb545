using StatsGraph.Reports;
using StatsGraph.Reports.Sessions;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Reports;

/// <summary>Who makes a session table, and for whom.</summary>
public sealed class SessionTablesTests
{
    private static readonly Dictionary<string, string> NoAliases = [];

    [Fact]
    public async Task What_all_have_given_up_is_made_no_longer_and_the_next_one_begins_anew()
    {
        using var station = new SlowStation(aliases: 3_000, new ReportOptions());
        var lines = Lines(station);
        using var leaving = new CancellationTokenSource();
        var places = 2 * Environment.ProcessorCount;
        var making = Enumerable.Range(0, 2 * places)
            .Select(asker => UseAsync(station, lines, SlowStation.Aliases(3_000), minDuration: asker % places, leaving.Token)).ToList();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        foreach (var use in making)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => use);
        await station.AssertIdleAsync();
        using var table = await UseAsync(station, lines, NoAliases, minDuration: 0, TestContext.Current.CancellationToken);
        Assert.Equal(3_000, await SessionTables.CountAsync(station.Store.Engine, table.Name, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_who_gives_up_takes_the_table_from_nobody()
    {
        using var station = new SlowStation(aliases: 100, new ReportOptions());
        using var leaving = new CancellationTokenSource();
        var first = UseAsync(station, Lines(station), SlowStation.Aliases(100), minDuration: 0, leaving.Token);
        var second = UseAsync(station, Lines(station), NoAliases, minDuration: 0, TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        using var table = await second;
        Assert.Equal(300_000, await SessionTables.CountAsync(station.Store.Engine, table.Name, TestContext.Current.CancellationToken));
    }

    private static SiteLines Lines(SlowStation station) => SiteLines.Of(station.Lake, station.Lake.Snapshot(), SomeLake.Site);

    private static Task<SessionTable> UseAsync(
        SlowStation station, SiteLines lines, IReadOnlyDictionary<string, string> aliases, int minDuration, CancellationToken cancellation) =>
        station.Store.Tables.UseAsync(lines, aliases, minDuration, cancellation);
}
