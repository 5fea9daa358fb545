using System.Runtime.CompilerServices;
using StatsGraph.Reports.Columns;

namespace StatsGraph.Reports.Scans;

/// <summary>
/// Visits under minimum durations that were asked for lately. Each is formed once, however many ask for it at a time, and goes with the columns it
/// was formed of.
/// </summary>
internal sealed class VisitLenses
{
    /// <summary>Minimum durations that are remembered of one version of a site; each takes 5 bytes a session.</summary>
    private const int Most = 4;

    private readonly ConditionalWeakTable<SiteColumns, List<Entry>> known = [];

    /// <summary>The visits of sessions that are no shorter than a minimum.</summary>
    public async Task<VisitLens> OfAsync(SiteColumns columns, long minDuration, CancellationToken cancellation)
    {
        if (minDuration == 0)
            return new VisitLens(columns.Chunks);
        Task<VisitLens> lens;
        var entries = known.GetOrCreateValue(columns);
        lock (entries)
        {
            var entry = entries.Find(entry => entry.MinDuration == minDuration && !entry.Lens.IsFaulted)
                // Formed for everyone who waits for it: one who gives up does not take it from the others.
                ?? new Entry(minDuration, Task.Run(() => VisitLens.Form(columns, minDuration, CancellationToken.None), CancellationToken.None));
            entries.RemoveAll(other => other.MinDuration == minDuration);
            entries.Insert(0, entry);
            if (entries.Count > Most)
                entries.RemoveAt(Most);
            lens = entry.Lens;
        }

        return await lens.WaitAsync(cancellation);
    }

    private sealed record Entry(long MinDuration, Task<VisitLens> Lens);
}
