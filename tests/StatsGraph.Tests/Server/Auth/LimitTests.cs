using System.Net;
using StatsGraph.Server;
using StatsGraph.Server.Auth;

namespace StatsGraph.Tests.Server.Auth;

/// <summary>Guessing is slowed down, and callers are held to their limits.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly SomeTokens some = new();

    public void Dispose() => some.Dispose();

    [Fact]
    public void After_some_wrong_tokens_an_address_has_to_wait_and_no_other()
    {
        var failures = new FailedAttempts(some.Clock);
        for (var i = 1; i <= FailedAttempts.Allowed; i++)
        {
            Assert.False(failures.HasToWait("192.0.2.1", out _));
            Assert.Equal(i == FailedAttempts.Allowed, failures.Add("192.0.2.1"));
        }

        some.Clock.Pass(TimeSpan.FromSeconds(20));
        Assert.True(failures.HasToWait("192.0.2.1", out var wait));
        Assert.Equal(TimeSpan.FromSeconds(40), wait);
        Assert.False(failures.HasToWait("192.0.2.2", out _));
        some.Clock.Pass(wait);
        Assert.False(failures.HasToWait("192.0.2.1", out _));
        Assert.False(failures.Add("192.0.2.1"));
    }

    [Fact]
    public void Failures_of_many_addresses_take_bounded_memory_and_old_ones_are_forgotten()
    {
        var failures = new FailedAttempts(some.Clock, capacity: 100);
        for (var i = 0; i < 1_000; i++)
            failures.Add($"address {i}");
        Assert.Equal(100, failures.Addresses);
        some.Clock.Pass(FailedAttempts.Window);
        failures.Add("the last");
        Assert.Equal(1, failures.Addresses);
        some.Clock.Pass(-TimeSpan.FromDays(1));
        Assert.False(failures.HasToWait("the last", out _));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void Addresses_are_told_apart_by_what_one_client_has(string one, string other, bool same)
        => Assert.Equal(same, ClientAddress.Of(IPAddress.Parse(one)) == ClientAddress.Of(IPAddress.Parse(other)));

    [Fact]
    public void Requests_at_once_are_bounded_for_each_caller()
    {
        using var limiter = new CallerLimiter(new CallerLimits { RequestsAtOnce = 2 });
        using var first = limiter.TryEnter("a", out _);
        var second = limiter.TryEnter("a", out _);
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(limiter.TryEnter("a", out var wait));
        Assert.True(wait > TimeSpan.Zero);
        using (var other = limiter.TryEnter("b", out _))
            Assert.NotNull(other);
        second.Dispose();
        using var again = limiter.TryEnter("a", out _);
        Assert.NotNull(again);
    }

    [Fact]
    public void Requests_of_a_minute_are_bounded_for_each_caller()
    {
        using var limiter = new CallerLimiter(new CallerLimits { RequestsPerMinute = 3 });
        for (var i = 0; i < 3; i++)
            limiter.TryEnter("a", out _)!.Dispose();
        Assert.Null(limiter.TryEnter("a", out var wait));
        Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        Assert.NotNull(limiter.TryEnter("b", out _));
    }

    [Fact]
    public void Those_without_a_token_count_by_their_address_in_bounded_places()
    {
        var holder = Caller.Holder(some.Folder.Add(TokenScope.Read, [], null, null).Record, SiteSet.None);
        var (one, other) = (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("198.51.100.7"));
        Assert.Equal(CallerLimiter.Owner(holder, one), CallerLimiter.Owner(holder, other));
        Assert.Equal(CallerLimiter.Owner(Caller.Nobody, one), CallerLimiter.Owner(Caller.Nobody, one));
        Assert.NotEqual(CallerLimiter.Owner(Caller.Nobody, one), CallerLimiter.Owner(holder, one));
        Assert.DoesNotContain("192.0.2.1", CallerLimiter.Owner(Caller.Nobody, one), StringComparison.Ordinal);
        var owners = Enumerable.Range(0, 100_000).Select(i => CallerLimiter.Owner(Caller.Nobody, new IPAddress((long)i))).Distinct().Count();
        Assert.InRange(owners, 10_000, 16_384);
    }

    [Fact]
    public void A_budget_is_one_for_all_requests_of_its_owner_and_says_how_long_to_wait()
    {
        using (var limiter = new CallerLimiter(new CallerLimits { CostPerMinute = 600 }))
        {
            Assert.True(limiter.BudgetOf("a").TryTake(400, out var none));
            Assert.Equal(TimeSpan.Zero, none);
            Assert.True(limiter.BudgetOf("a").TryTake(200, out _));
            Assert.False(limiter.BudgetOf("a").TryTake(100, out var wait));
            Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(11));
            Assert.True(limiter.BudgetOf("b").TryTake(0, out _));
            Assert.True(limiter.BudgetOf("b").TryTake(5_000, out _));
            Assert.False(limiter.BudgetOf("b").TryTake(5_000, out var minute));
            Assert.InRange(minute, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(61));
        }

        Assert.True(CostBudget.Unlimited.TryTake(int.MaxValue, out _));
        Assert.Same(CostBudget.Unlimited, Caller.Operator.Budget);
    }
}
