using System.Diagnostics;
using StatsGraph.Lake;
using StatsGraph.Reports.Columns.Disk;

namespace StatsGraph.Reports.Columns.Following;

/// <summary>
/// Brings the columns of all sites from one version of the lake to the next. For one thread; what it publishes is for all. A version is published
/// in whole: while one site is made again, all stay at the version before.
/// </summary>
internal sealed class ColumnFollower : IDisposable
{
    private const string Folder = "folder";
    private const string Lake = "lake";

    /// <summary>So often does it look again before it publishes the first columns: answers were of the newest version up to then.</summary>
    private const int MostFirstLooks = 10;

    /// <summary>About 100 MB on their way into the columns.</summary>
    private const int DefaultBatchRows = 1_250_000;

    private readonly LakeTable lake;
    private readonly Dictionary<string, SiteProfile> profiles;
    private readonly Dictionary<string, FollowedSite> sites = new(StringComparer.Ordinal);
    private readonly ColumnFolder folder;
    private readonly Remarks remarks;
    private readonly int batchRows;
    private volatile ColumnSet? published;
    private volatile ColumnProgress progress = new(0, 0, 0);
    private long behindSince;
    private long lastDelay;

    /// <param name="lake">The lake.</param>
    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="profiles">Profiles of the configured sites.</param>
    /// <param name="tell">Takes a line about what is wrong.</param>
    /// <param name="batchRows">Sessions that go into the columns at once.</param>
    public ColumnFollower(
        LakeTable lake, string dataFolder, IReadOnlyList<SiteProfile> profiles, Action<string> tell, int batchRows = DefaultBatchRows)
    {
        (this.lake, folder, remarks, this.batchRows) = (lake, new ColumnFolder(dataFolder), new Remarks(tell), batchRows);
        this.profiles = profiles.ToDictionary(profile => profile.Key, StringComparer.Ordinal);
    }

    /// <summary>The newest version that is complete; null before the first. Of any thread.</summary>
    public ColumnSet? Published => published;

    /// <summary>
    /// Since when a newer version than the published one is known; where there is none, how long the last one took from being known until it was
    /// published. Of any thread.
    /// </summary>
    public TimeSpan Delay => Interlocked.Read(ref behindSince) is var since and > 0
        ? TimeProvider.System.GetElapsedTime(since) : new TimeSpan(Interlocked.Read(ref lastDelay));

    /// <summary>How far the version is that is being made. Of any thread.</summary>
    public ColumnProgress Progress => progress;

    /// <summary>Publishes the newest version of the lake if it is another than the published one. Never fails: what goes wrong is told.</summary>
    public void TryLook(CancellationToken cancellation)
    {
        try
        {
            Look(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was not finished is caught up with by the next process.
        }
        catch (LakeException exception)
        {
            remarks.Tell(Lake, $"the columns cannot follow the lake for now: {exception.Message}");
        }
        catch (Exception exception)
        {
            remarks.Tell(Lake, $"the columns cannot follow the lake for now: {exception}");
        }
    }

    /// <summary>Writes down what changed since the last time. What goes wrong is told.</summary>
    /// <returns>Whether all that there is is written down.</returns>
    public bool TrySave()
    {
        if (!sites.Values.Any(site => site.IsUnsaved))
            return true;
        if (!TryOwn())
            return false;
        try
        {
            foreach (var site in sites.Values.Where(site => site.IsUnsaved))
                site.Save();
            remarks.Clear(Folder);
            return true;
        }
        catch (Exception exception)
        {
            TellOfFolder(exception);
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private void Look(CancellationToken cancellation)
    {
        var snapshot = lake.Snapshot();
        if (snapshot.Version == published?.Snapshot.Version)
        {
            Interlocked.Exchange(ref behindSince, 0);
            return;
        }

        Interlocked.CompareExchange(ref behindSince, TimeProvider.System.GetTimestamp(), 0);
        using var span = Activities.Source.StartActivity("follow lake");
        try
        {
            Publish(snapshot, cancellation);
            remarks.Clear(Lake);
            Interlocked.Exchange(ref lastDelay, Delay.Ticks);
            Interlocked.Exchange(ref behindSince, 0);
            span?.SetTag("statsgraph.lake.version", published!.Snapshot.Version).SetTag("statsgraph.sites", sites.Count).SetTag("statsgraph.lines", progress.Done);
        }
        catch
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private void Publish(LakeSnapshot snapshot, CancellationToken cancellation)
    {
        for (var looks = 1; ; looks++)
        {
            Advance(snapshot, cancellation);
            var newest = lake.Snapshot();
            if (published is not null || newest.Version == snapshot.Version || looks == MostFirstLooks)
                break;
            snapshot = newest;
        }

        published = new ColumnSet(snapshot, sites.Where(site => site.Value.Columns is not null)
            .ToDictionary(site => site.Key, site => site.Value.Columns!, StringComparer.Ordinal));
    }

    private void Advance(LakeSnapshot snapshot, CancellationToken cancellation)
    {
        var files = snapshot.Files.ToLookup(file => file.Site, StringComparer.Ordinal);
        var disk = snapshot.Files.Count > 0 && TryOwn();
        var keys = files.Select(site => site.Key).Union(profiles.Keys, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in sites.Keys.Except(keys, StringComparer.Ordinal).ToList())
            sites.Remove(gone);
        if (disk && published is null)
            folder.Sweep(keys);

        progress = new ColumnProgress(files.Count, snapshot.Files.Sum(file => file.Rows), 0);
        foreach (var key in keys)
        {
            if (!sites.TryGetValue(key, out var site))
            {
                var profile = profiles.GetValueOrDefault(key) ?? new SiteProfile { Key = key };
                sites.Add(key, site = new FollowedSite(lake, profile, folder.Site(key), batchRows, remarks));
            }

            site.Advance(snapshot, [.. files[key]], disk, lines => progress = progress with { Done = progress.Done + lines }, cancellation);
        }
    }

    private bool TryOwn()
    {
        try
        {
            folder.Own();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TellOfFolder(exception);
            return false;
        }
    }

    private void TellOfFolder(Exception exception) =>
        remarks.Tell(Folder, $"the columns are kept in memory only, and are made again at the next start: {exception.Message}");
}
