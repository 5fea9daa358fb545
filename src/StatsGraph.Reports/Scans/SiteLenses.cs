using StatsGraph.Reports.Columns;

namespace StatsGraph.Reports.Scans;

/// <summary>
/// The visits of a site under minimum durations that were asked for lately. Each lens is formed once, however many ask for it at a time.
/// </summary>
internal sealed class SiteLenses
{
    /// <summary>Lenses that are kept; each takes a byte a session, and 4 more where it has entry mounts of its own.</summary>
    private const int Most = 4;

    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];

    /// <summary>The visits of sessions that are no shorter than a minimum.</summary>
    public async Task<VisitLens> OfAsync(SiteColumns columns, long minDuration, CancellationToken cancellation)
    {
        if (minDuration == 0)
            return new VisitLens(columns.Chunks);
        Task<VisitLens> lens;
        lock (gate)
        {
            var same = entries.Where(entry => entry.MinDuration == minDuration && !entry.Lens.IsFaulted).ToList();
            var entry = same.Find(entry => ReferenceEquals(entry.Columns, columns)) ?? Begin(columns, minDuration, same.FirstOrDefault()?.Lens);
            // The version before may still be asked for by those who began with it; older ones are not.
            entries.RemoveAll(other => other.MinDuration == minDuration && (other == entry || other != same.FirstOrDefault()));
            entries.Insert(0, entry);
            if (entries.Count > Most)
                entries.RemoveRange(Most, entries.Count - Most);
            lens = entry.Lens;
        }

        return await lens.WaitAsync(cancellation);
    }

    // Formed for everyone who waits for it: one who gives up does not take it from the others.
    private static Entry Begin(SiteColumns columns, long minDuration, Task<VisitLens>? earlier) => new(columns, minDuration, Task.Run(() =>
    {
        var lens = VisitLens.Form(columns, minDuration, CancellationToken.None);
        return earlier is { IsCompletedSuccessfully: true } ? lens.Sharing(earlier.GetAwaiter().GetResult()) : lens;
    }));

    private sealed record Entry(SiteColumns Columns, long MinDuration, Task<VisitLens> Lens);
}
