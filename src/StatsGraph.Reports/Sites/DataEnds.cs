using System.Collections.Concurrent;
using NodaTime;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Reports;

/// <summary>
/// How far the data of each site reaches. It is read once a version of the lake, and again only when a stamp that was in the future no
/// longer is.
/// </summary>
internal sealed class DataEnds(QueryEngine engine)
{
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>Latest stamp of an accepted line of a site that is not after an instant.</summary>
    public async Task<Instant?> ThroughAsync(SiteLines lines, Instant now, CancellationToken cancellation)
    {
        if (known.TryGetValue(lines.Site, out var last) && last.Holds(lines.Version, now))
            return last.Through;
        var statement = lines.Read(SqlText.Load("Sites/DataThrough")).Bind("now", now.ToUnixTimeSeconds());
        var row = (await engine.QueryAsync(
            statement,
            record => new Known(
                lines.Version,
                now,
                record.IsDBNull(0) ? null : Instant.FromUnixTimeSeconds(record.GetInt64(0)),
                record.IsDBNull(1) ? null : Instant.FromUnixTimeSeconds(record.GetInt64(1))),
            cancellation)).Single();
        known[lines.Site] = row;
        return row.Through;
    }

    private sealed record Known(long Version, Instant AsOf, Instant? Through, Instant? Next)
    {
        public bool Holds(long version, Instant now) => version == Version && now >= AsOf && !(now >= Next);
    }
}
