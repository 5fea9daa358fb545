using System.Text.Json;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;
using StatsGraph.Server.Live;

namespace StatsGraph.Tests.Server.Live;

/// <summary>Who shares what is computed.</summary>
public sealed class LiveFeedsTests : IDisposable
{
    private readonly SomeStation station = new();
    private readonly List<string> computed = [];
    private readonly LiveFeeds feeds;

    public LiveFeedsTests() => feeds = new LiveFeeds(station.Store, ComputeAsync, TimeSpan.FromSeconds(1));

    public void Dispose() => station.Dispose();

    [Fact]
    public async Task Those_who_may_read_a_site_share_its_events_which_have_no_other_site_in_them()
    {
        using var one = Operation(SiteSet.Of(["demo"]));
        using var two = Operation(SiteSet.Of(["demo", "other"]));
        await JoinAsync(one, "demo");
        await JoinAsync(two, "demo");
        Assert.Equal(1, feeds.Count);
        Assert.Equal(["demo"], computed);
    }

    [Fact]
    public async Task Those_who_may_read_all_sites_and_other_sites_have_feeds_of_their_own()
    {
        using var one = Operation(SiteSet.Of(["demo"]));
        using var all = Operation(SiteSet.All);
        using var same = Operation(SiteSet.All);
        await JoinAsync(one, "demo");
        await JoinAsync(all, "demo");
        await JoinAsync(same, "demo");
        Assert.Equal((2, "demo,*"), (feeds.Count, string.Join(',', computed)));
        one.Dispose();
        all.Dispose();
        Assert.Equal(1, feeds.Count);
        same.Dispose();
        Assert.Equal(0, feeds.Count);
    }

    private static LiveOperation Operation(SiteSet reads)
        => new("a", _ => { }) { Standing = new Standing(Caller.Anonymous(reads), null) };

    private Task<Answer> JoinAsync(LiveOperation operation, string site)
        => feeds.Join(new GraphQLRequest("subscription", null, default(JsonElement)), site, operation)
            .NowAsync(CostBudget.Unlimited, TestContext.Current.CancellationToken);

    private Task<Answer> ComputeAsync(GraphQLRequest request, Caller caller, CancellationToken cancellation)
    {
        computed.Add(caller.Reads.Text);
        return Task.FromResult(new Answer(GraphQLOutcome.Executed, false, []) { Version = station.Store.Version });
    }
}
