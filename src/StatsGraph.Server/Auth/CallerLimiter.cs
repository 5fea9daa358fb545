using System.Net;
using System.Threading.RateLimiting;

namespace StatsGraph.Server.Auth;

/// <summary>
/// Holds callers to their <see cref="CallerLimits"/>: each token for itself, and those without one by their address. In bounded memory: addresses
/// share so many places, each by a hash that differs from process to process. Safe for any number of requests at once.
/// </summary>
internal sealed class CallerLimiter : IDisposable
{
    /// <summary>Places for the addresses of those without a token.</summary>
    private const int Places = 16_384;

    private const int SecondsOfMinute = 60;

    private readonly PartitionedRateLimiter<string> perMinute;
    private readonly PartitionedRateLimiter<string> atOnce;
    private readonly CostBudgets costs;

    public CallerLimiter(CallerLimits limits)
    {
        perMinute = PartitionedRateLimiter.Create<string, string>(
            owner => RateLimitPartition.GetTokenBucketLimiter(owner, _ => Evenly(limits.RequestsPerMinute)));
        atOnce = PartitionedRateLimiter.Create<string, string>(owner => RateLimitPartition.GetConcurrencyLimiter(
            owner, _ => new ConcurrencyLimiterOptions { PermitLimit = limits.RequestsAtOnce, QueueLimit = 0 }));
        costs = new CostBudgets(limits.CostPerMinute);
    }

    /// <summary>Whom a request counts for.</summary>
    public static string Owner(Caller caller, IPAddress? address)
        => caller.IsKnown ? caller.Name
            : FormattableString.Invariant($"anonymous {(uint)ClientAddress.Of(address).GetHashCode(StringComparison.Ordinal) % Places}");

    /// <summary>So many within a minute, all of which may come at once, and which come back evenly.</summary>
    public static TokenBucketRateLimiterOptions Evenly(int number) => new()
    {
        TokenLimit = number,
        TokensPerPeriod = Math.Max(1, number / SecondsOfMinute),
        ReplenishmentPeriod = TimeSpan.FromMinutes(1) * Math.Max(1, number / SecondsOfMinute) / number,
        QueueLimit = 0,
        AutoReplenishment = true,
    };

    /// <summary>How long one who was not let in has to wait.</summary>
    public static TimeSpan Wait(RateLimitLease lease)
        => lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);

    /// <summary>What an owner may still have computed.</summary>
    public CostBudget BudgetOf(string owner) => costs.Of(owner);

    /// <summary>Lets a request in, until the result is disposed; null when it is one too many.</summary>
    /// <param name="owner">Whom it counts for.</param>
    /// <param name="retryAfter">How long to wait where it is not let in.</param>
    public IDisposable? TryEnter(string owner, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        var running = atOnce.AttemptAcquire(owner);
        if (running.IsAcquired)
        {
            using var counted = perMinute.AttemptAcquire(owner);
            if (counted.IsAcquired)
            {
                return running;
            }

            retryAfter = Wait(counted);
        }
        else
        {
            retryAfter = Wait(running);
        }

        running.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        perMinute.Dispose();
        atOnce.Dispose();
        costs.Dispose();
    }
}
