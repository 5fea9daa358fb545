using System.Collections.Concurrent;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Scans;

namespace StatsGraph.Reports.Rollups;

/// <summary>The roads over the columns of all sites, and what they keep from one report to the next.</summary>
internal sealed class ColumnRoads
{
    private static readonly TextColumn[] Shown =
        [TextColumn.Mount, TextColumn.EntryMount, TextColumn.Country, TextColumn.Player, TextColumn.Referrer];

    private readonly ScanPlaces places = new();
    private readonly ConcurrentDictionary<string, SiteRoads> sites = new(StringComparer.Ordinal);

    /// <summary>The road to the figures of a site.</summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="columns">A version of it.</param>
    /// <param name="minDuration">Seconds; shorter sessions are dropped before visits are formed.</param>
    public IFigureRoad Of(string site, SiteColumns columns, long minDuration)
    {
        var roads = sites.GetOrAdd(site, _ => new SiteRoads(places));
        return new RollupRoad(new ColumnRoad(columns, minDuration, roads.Lenses, places), roads.Rollups(minDuration), places);
    }

    /// <summary>
    /// Counts what most reports ask for of sites whose columns are new, so that nobody has to wait for it: the quarter hours of all times, and the
    /// sums of chunks by the columns that dashboards show.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task WarmAsync(IReadOnlyDictionary<string, SiteColumns> newest, CancellationToken cancellation)
    {
        foreach (var (site, columns) in newest.Where(site => site.Value.Chunks.Count > 0))
        {
            var roads = sites.GetOrAdd(site, _ => new SiteRoads(places));
            if (ReferenceEquals(roads.Warmed, columns))
                continue;
            var scan = new ColumnScan(columns, new VisitLens(columns.Chunks), SessionFilter.OfListeners);
            var rollups = roads.Rollups(minDuration: 0);
            var end = columns.Chunks.Max(chunk => Math.Max(chunk.LastEnd, chunk.LastStart + 1));
            await rollups.WindowsAsync(scan, columns.Chunks[0].FirstStart, end, cancellation);
            foreach (var column in Shown.Where(column => columns.Texts[column].Count <= RollupRoad.MostCodes))
            {
                for (var chunk = 0; chunk < columns.Chunks.Count; chunk++)
                    rollups.ChunkSums(scan, chunk, column, cancellation);
            }

            roads.Warmed = columns;
        }
    }

    private sealed class SiteRoads(ScanPlaces places)
    {
        /// <summary>Minimum durations whose rollups are kept.</summary>
        private const int Most = 5;

        private readonly Lock gate = new();
        private readonly List<(long MinDuration, SiteRollups Rollups)> rollups = [];

        public SiteLenses Lenses { get; } = new();

        /// <summary>The columns whose rollups were counted last; null before.</summary>
        public SiteColumns? Warmed { get; set; }

        /// <summary>The rollups of a minimum duration; those of one that was not asked for lately are forgotten.</summary>
        public SiteRollups Rollups(long minDuration)
        {
            lock (gate)
            {
                var index = rollups.FindIndex(entry => entry.MinDuration == minDuration);
                var entry = index < 0 ? (minDuration, new SiteRollups(places)) : rollups[index];
                if (index >= 0)
                    rollups.RemoveAt(index);
                rollups.Insert(0, entry);
                if (rollups.Count > Most)
                    rollups.RemoveAt(Most);
                return entry.Item2;
            }
        }
    }
}
