using System.Threading.RateLimiting;

namespace StatsGraph.Server.Auth;

/// <summary>What a caller may still have computed. The budget of one token is one budget, however many requests share it.</summary>
internal sealed class CostBudget
{
    /// <summary>One that is never used up.</summary>
    public static readonly CostBudget Unlimited = new(null, "", 0);

    private readonly PartitionedRateLimiter<string>? budgets;
    private readonly string owner;
    private readonly int perMinute;

    private CostBudget(PartitionedRateLimiter<string>? budgets, string owner, int perMinute)
        => (this.budgets, this.owner, this.perMinute) = (budgets, owner, perMinute);

    /// <summary>Makes budgets, one an owner, of so much a minute: all of it may be used at once, and comes back evenly.</summary>
    /// <param name="perMinute">Cost that an owner may take within a minute.</param>
    /// <returns>The budget of an owner, by name, and what holds them all, which the caller disposes.</returns>
    public static (Func<string, CostBudget> Of, IDisposable Held) Make(int perMinute)
    {
        var budgets = PartitionedRateLimiter.Create<string, string>(
            owner => RateLimitPartition.GetTokenBucketLimiter(owner, _ => CallerLimiter.Evenly(perMinute)));
        return (owner => new CostBudget(budgets, owner, perMinute), budgets);
    }

    /// <summary>Takes a cost, if there is enough left. What costs more than a whole minute's budget takes all of that.</summary>
    /// <param name="cost">The cost; 0 or more.</param>
    /// <param name="retryAfter">How long to wait until there is enough; zero when it was taken.</param>
    public bool TryTake(int cost, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        if (budgets is null)
        {
            return true;
        }

        using var lease = budgets.AttemptAcquire(owner, Math.Min(cost, perMinute));
        if (!lease.IsAcquired)
        {
            retryAfter = CallerLimiter.Wait(lease);
        }

        return lease.IsAcquired;
    }
}
