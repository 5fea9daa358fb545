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

    /// <summary>How far the data of a site reaches at an instant.</summary>
    public async Task<DataEnd> OfAsync(SiteLines lines, Instant now, CancellationToken cancellation)
    {
        if (known.TryGetValue(lines.Site, out var last) && last.Holds(lines.Version, now))
            return last.End;
        var statement = lines.Read(SqlText.Load("Sites/DataThrough")).Bind("now", now.ToUnixTimeSeconds());
        var row = (await engine.QueryAsync(
            statement,
            record => new Known(
                lines.Version,
                now,
                new DataEnd(
                    record.IsDBNull(0) ? null : Instant.FromUnixTimeSeconds(record.GetInt64(0)),
                    record.IsDBNull(1) ? null : Instant.FromUnixTimeSeconds(record.GetInt64(1)))),
            cancellation)).Single();
        known[lines.Site] = row;
        return row.End;
    }

    private sealed record Known(long Version, Instant AsOf, DataEnd End)
    {
        public bool Holds(long version, Instant now) => version == Version && now >= AsOf && !(now >= End.Next);
    }
}

/// <summary>How far data reaches.</summary>
/// <param name="Through">Latest stamp that is not in the future; null without one.</param>
/// <param name="Next">Earliest stamp that still is; null without one.</param>
internal readonly record struct DataEnd(Instant? Through, Instant? Next);
