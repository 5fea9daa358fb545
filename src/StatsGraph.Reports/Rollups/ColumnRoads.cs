using System.Collections.Concurrent;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Scans;

namespace StatsGraph.Reports.Rollups;

/// <summary>The roads over the columns of all sites, and what they keep from one report to the next.</summary>
internal sealed class ColumnRoads
{
    private readonly ConcurrentDictionary<string, SiteRoads> sites = new(StringComparer.Ordinal);

    /// <summary>The road to the figures of a site.</summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="columns">A version of it.</param>
    /// <param name="minDuration">Seconds; shorter sessions are dropped before visits are formed.</param>
    public IFigureRoad Of(string site, SiteColumns columns, long minDuration)
    {
        var roads = sites.GetOrAdd(site, _ => new SiteRoads());
        return new RollupRoad(new ColumnRoad(columns, minDuration, roads.Lenses), roads.Rollups(minDuration));
    }

    private sealed class SiteRoads
    {
        /// <summary>Minimum durations whose rollups are kept.</summary>
        private const int Most = 5;

        private readonly Lock gate = new();
        private readonly List<(long MinDuration, SiteRollups Rollups)> rollups = [];

        public SiteLenses Lenses { get; } = new();

        /// <summary>The rollups of a minimum duration; those of one that was not asked for lately are forgotten.</summary>
        public SiteRollups Rollups(long minDuration)
        {
            lock (gate)
            {
                var index = rollups.FindIndex(entry => entry.MinDuration == minDuration);
                var entry = index < 0 ? (minDuration, new SiteRollups()) : rollups[index];
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
