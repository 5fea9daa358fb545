using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>
/// The events of all subscriptions that ask the same of a site: computed once, told to all. It computes nothing while nothing changes. Safe for
/// any number of threads.
/// </summary>
internal sealed class LiveFeed : IDisposable
{
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromMinutes(1);

    /// <summary>Longest time until it is tried again whether somebody may have an event computed, or has had it computed.</summary>
    private static readonly TimeSpan BetweenPayers = TimeSpan.FromSeconds(1);

    /// <summary>How many of those who may have something computed are asked for an event, before it has to wait.</summary>
    private const int Payers = 8;

    private readonly Func<CostBudget, CancellationToken, Task<Answer>> compute;
    private readonly ReportStore store;
    private readonly TimeSpan interval;
    private readonly SiteWatcher watcher;
    private readonly CancellationTokenSource stop = new();
    private readonly Signal changed = new();
    private readonly Lock gate = new();
    private readonly HashSet<LiveOperation> subscribers = [];
    private Answer? newest;
    private long wanted = long.MinValue;

    /// <param name="site">The site.</param>
    /// <param name="compute">Computes the newest event, at the cost of somebody; has to share and keep what many ask for.</param>
    /// <param name="store">Tells of changes.</param>
    /// <param name="interval">Least time between two events.</param>
    public LiveFeed(string site, Func<CostBudget, CancellationToken, Task<Answer>> compute, ReportStore store, TimeSpan interval)
    {
        (this.compute, this.store, this.interval) = (compute, store, interval);
        watcher = store.Watch.Begin(site, OnChanged);
        _ = FollowAsync(stop.Token);
    }

    /// <summary>Whether nobody is subscribed.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate)
                return subscribers.Count == 0;
        }
    }

    /// <summary>Tells a subscription of all events from now on.</summary>
    public void Add(LiveOperation subscriber)
    {
        lock (gate)
            subscribers.Add(subscriber);
    }

    /// <summary>Tells a subscription of no more events.</summary>
    public void Remove(LiveOperation subscriber)
    {
        lock (gate)
            subscribers.Remove(subscriber);
    }

    /// <summary>The state of the site: what was told last where it still holds, else computed.</summary>
    /// <param name="budget">Of the one who wants to know. What it is too small for is answered with how long to wait.</param>
    /// <param name="cancellation">Nobody wants to know any more.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<Answer> NowAsync(CostBudget budget, CancellationToken cancellation)
    {
        if (newest is { IsWhole: true } known && Holds(known))
            return known;
        var answer = await compute(budget, cancellation);
        if (answer.RetryAfter is null)
            Learn(answer);
        return answer;
    }

    /// <summary>Computes nothing more.</summary>
    public void Dispose()
    {
        watcher.Dispose();
        stop.Cancel();
        stop.Dispose();
    }

    private bool Holds(Answer known)
    {
        try
        {
            return known.Version == store.Version && store.Now >= known.From && store.Now < known.Until;
        }
        catch (LakeException)
        {
            // Computing tells what is wrong with it.
            return false;
        }
    }

    private void OnChanged(long version)
    {
        lock (gate)
            wanted = Math.Max(wanted, version);
        changed.Set();
    }

    /// <summary>Computes an event for each change, at most one in an interval. What changes while one is computed makes another.</summary>
    private async Task FollowAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await changed.WaitAsync().WaitAsync(cancellation);
                if (!TakeWanted())
                    continue;
                var answer = await ComputeAsync(cancellation);
                Learn(answer);
                await TellAsync(answer);
                await Task.Delay(interval, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The last subscriber has gone.
        }
    }

    /// <summary>Computes an event at the cost of a subscriber who may still have that much computed. While none may, it waits.</summary>
    private async Task<Answer> ComputeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            foreach (var budget in Budgets())
            {
                var answer = await compute(budget, cancellation);
                if (answer.RetryAfter is null)
                    return answer;
            }

            await Task.Delay(BetweenPayers, cancellation);
        }
    }

    private List<CostBudget> Budgets()
    {
        lock (gate)
            return [.. subscribers.Select(subscriber => subscriber.Standing).DistinctBy(standing => standing.Owner).Take(Payers).Select(standing => standing.Caller.Budget)];
    }

    /// <summary>Whether what changed is not in the newest answer already.</summary>
    private bool TakeWanted()
    {
        lock (gate)
        {
            var isNew = wanted > (newest?.Version ?? long.MinValue);
            wanted = long.MinValue;
            return isNew;
        }
    }

    /// <summary>Keeps an answer, and has the clock end it. What failed is tried again after a while.</summary>
    private void Learn(Answer answer)
    {
        lock (gate)
        {
            if (answer.IsFailed)
            {
                watcher.ExpireAt(store.Now + NodaTime.Duration.FromTimeSpan(BeforeRetry));
                return;
            }

            if (newest is not null && answer.Version < newest.Version)
                return;
            newest = answer;
            watcher.ExpireAt(answer.Until);
        }
    }

    /// <summary>Tells all who still may know; those who may not are told that.</summary>
    private async Task TellAsync(Answer answer)
    {
        LiveOperation[] all;
        lock (gate)
            all = [.. subscribers];
        var look = new StandingLook();
        foreach (var subscriber in all)
        {
            if (!look.Holds(subscriber.Standing))
                subscriber.Refuse(await LiveRefusals.NoLongerAsync());
            else if (answer.IsOfNoSite)
                subscriber.Refuse(answer);
            else
                subscriber.Tell(answer);
        }
    }
}
