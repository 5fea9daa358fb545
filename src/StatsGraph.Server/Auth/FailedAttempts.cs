namespace StatsGraph.Server.Auth;

/// <summary>
/// Counts wrong tokens by client address. After some within a minute nothing that the address shows is looked at until that minute is over, right
/// tokens included: else one could go on guessing. Others do not notice. In bounded memory: the oldest count is forgotten first. Safe for any
/// number of requests at once.
/// </summary>
/// <param name="clock">Tells when a minute is over.</param>
/// <param name="capacity">Most addresses that are counted at once.</param>
internal sealed class FailedAttempts(TimeProvider clock, int capacity = 10_000)
{
    /// <summary>Wrong tokens that an address may show within <see cref="Window"/>.</summary>
    public const int Allowed = 20;

    /// <summary>How long a count lasts, from the first failure on.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Count> counts = new(StringComparer.Ordinal);
    private readonly Queue<(string Address, DateTimeOffset Since)> order = [];
    private readonly Lock gate = new();

    /// <summary>Addresses that are counted.</summary>
    public int Addresses
    {
        get
        {
            lock (gate)
                return counts.Count;
        }
    }

    /// <summary>Whether an address has to wait.</summary>
    /// <param name="address">The address; see <see cref="ClientAddress"/>.</param>
    /// <param name="wait">How long; zero where it need not.</param>
    public bool HasToWait(string address, out TimeSpan wait)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            wait = Current(address, now) is { Failures: >= Allowed } count ? count.Since + Window - now : TimeSpan.Zero;
            return wait > TimeSpan.Zero;
        }
    }

    /// <summary>Counts a wrong token; true when it is the last that is allowed.</summary>
    public bool Add(string address)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (Current(address, now) is { } count)
            {
                counts[address] = count with { Failures = count.Failures + 1 };
                return count.Failures + 1 == Allowed;
            }

            counts[address] = new Count(now, 1);
            order.Enqueue((address, now));
            Forget(now);
            return false;
        }
    }

    /// <summary>The count of an address; null where there is none, or it is over, or the clock was set back behind it.</summary>
    private Count? Current(string address, DateTimeOffset now)
        => counts.TryGetValue(address, out var count) && now >= count.Since && now < count.Since + Window ? count : null;

    private void Forget(DateTimeOffset now)
    {
        while (order.TryPeek(out var oldest) && (counts.Count > capacity || now >= oldest.Since + Window || !IsCounted(oldest)))
        {
            order.Dequeue();
            if (IsCounted(oldest))
                counts.Remove(oldest.Address);
        }
    }

    /// <summary>Whether a place in the order is that of a count, and not of one that began anew since.</summary>
    private bool IsCounted((string Address, DateTimeOffset Since) place)
        => counts.TryGetValue(place.Address, out var count) && count.Since == place.Since;

    private readonly record struct Count(DateTimeOffset Since, int Failures);
}
