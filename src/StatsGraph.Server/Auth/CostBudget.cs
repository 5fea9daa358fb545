using System.Threading.RateLimiting;

namespace StatsGraph.Server.Auth;

/// <summary>What a caller may still have computed.</summary>
/// <param name="budgets">Holds it; null for one that is never used up.</param>
/// <param name="owner">Whose it is.</param>
internal sealed class CostBudget(CostBudgets? budgets, string owner)
{
    /// <summary>One that is never used up.</summary>
    public static readonly CostBudget Unlimited = new(null, "");

    /// <summary>Takes a cost, if there is enough left. What costs more than a whole minute's budget takes all of that.</summary>
    /// <param name="cost">The cost; 0 or more.</param>
    /// <param name="retryAfter">How long to wait until there is enough; zero when it was taken.</param>
    public bool TryTake(int cost, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        return budgets?.TryTake(owner, cost, out retryAfter) != false;
    }
}

/// <summary>The budgets of all callers. One owner has one, however many of its requests share it. Safe for any number of requests at once.</summary>
/// <param name="perMinute">Cost that an owner may take within a minute: all of it may be used at once, and comes back evenly.</param>
internal sealed class CostBudgets(int perMinute) : IDisposable
{
    private readonly PartitionedRateLimiter<string> left = PartitionedRateLimiter.Create<string, string>(
        owner => RateLimitPartition.GetTokenBucketLimiter(owner, _ => CallerLimiter.Evenly(perMinute)));

    /// <summary>The budget of an owner.</summary>
    public CostBudget Of(string owner) => new(this, owner);

    /// <summary>See <see cref="CostBudget.TryTake"/>.</summary>
    public bool TryTake(string owner, int cost, out TimeSpan retryAfter)
    {
        using var lease = left.AttemptAcquire(owner, Math.Min(cost, perMinute));
        retryAfter = lease.IsAcquired ? TimeSpan.Zero : CallerLimiter.Wait(lease);
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => left.Dispose();
}
