using NodaTime;
using StatsGraph.Lake;

namespace StatsGraph.Reports;

/// <summary>
/// Tells whoever watches a site that what was answered of it may be no longer so: commits brought lines to it or took some away, or the clock
/// has got to where an answer ends. One look at the lake and the clock is for all who watch, and there is none while nobody does. Safe for any
/// number of threads.
/// </summary>
public sealed class SiteWatch : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly ReportStore store;
    private readonly Timer timer;
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<SiteWatcher>> watchers = new(StringComparer.Ordinal);
    private LakeSnapshot? known;
    private bool isDisposed;

    internal SiteWatch(ReportStore store)
    {
        this.store = store;
        timer = new Timer(_ => Look(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Begins to watch a site, which need not be there yet. What is answered from then on is of a version that is not missed.</summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="changed">
    /// Is told the version at which the site is known to have changed, or <see cref="long.MaxValue"/> when the clock is the reason. It may be one
    /// that was answered already. Called on a thread of the watch, so it has to be quick.
    /// </param>
    /// <returns>Ends the watching when it is disposed.</returns>
    public SiteWatcher Begin(string site, Action<long> changed)
    {
        var watcher = new SiteWatcher(this, site, changed);
        lock (gate)
        {
            if (watchers.Count == 0 && !isDisposed)
            {
                known = TryNewest();
                Arm();
            }

            if (!watchers.TryGetValue(site, out var ofSite))
                watchers[site] = ofSite = [];
            ofSite.Add(watcher);
        }

        return watcher;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            timer.Dispose();
        }
    }

    internal void End(SiteWatcher watcher)
    {
        lock (gate)
        {
            if (watchers.TryGetValue(watcher.Site, out var ofSite) && ofSite.Remove(watcher) && ofSite.Count == 0)
                watchers.Remove(watcher.Site);
        }
    }

    private void Look()
    {
        var newest = TryNewest();
        var changed = newest is null || newest.Version == known?.Version ? [] : Changed(newest);
        List<(SiteWatcher Watcher, long Version)> told = [];
        lock (gate)
        {
            var now = store.Now;
            foreach (var watcher in watchers.Values.SelectMany(ofSite => ofSite))
            {
                if (watcher.TryExpire(now))
                    told.Add((watcher, long.MaxValue));
                else if (changed is null || changed.Contains(watcher.Site))
                    told.Add((watcher, newest!.Version));
            }

            known = newest ?? known;
            if (watchers.Count > 0 && !isDisposed)
                Arm();
        }

        foreach (var (watcher, version) in told)
            watcher.Tell(version);
    }

    /// <summary>Sites whose lines are others than at the last look; null for all, where the log does not tell.</summary>
    private HashSet<string>? Changed(LakeSnapshot newest)
    {
        try
        {
            return known is null ? null : store.Lake.ChangesSince(known.Version, newest)?.Sites.Select(change => change.Site).ToHashSet(StringComparer.Ordinal);
        }
        catch (LakeException)
        {
            // Whoever asks is told what is wrong with it.
            return null;
        }
    }

    /// <summary>The newest snapshot that answers are of; null while the lake cannot be read, until a later look finds it mended.</summary>
    private LakeSnapshot? TryNewest()
    {
        try
        {
            return store.NewestSnapshot;
        }
        catch (LakeException)
        {
            return null;
        }
    }

    private void Arm() => timer.Change(BetweenLooks, Timeout.InfiniteTimeSpan);
}

/// <summary>One who watches a site.</summary>
public sealed class SiteWatcher : IDisposable
{
    private readonly SiteWatch watch;
    private readonly Action<long> changed;
    private readonly Lock gate = new();
    private Instant until = Instant.MaxValue;

    internal SiteWatcher(SiteWatch watch, string site, Action<long> changed) => (this.watch, Site, this.changed) = (watch, site, changed);

    /// <summary>Key of the site.</summary>
    public string Site { get; }

    /// <summary>Has the watcher told once, when the clock gets there: that is how long what was answered holds if nobody commits anything.</summary>
    public void ExpireAt(Instant instant)
    {
        lock (gate)
            until = instant;
    }

    /// <inheritdoc/>
    public void Dispose() => watch.End(this);

    internal bool TryExpire(Instant now)
    {
        lock (gate)
        {
            if (now < until)
                return false;
            until = Instant.MaxValue;
            return true;
        }
    }

    internal void Tell(long version) => changed(version);
}
