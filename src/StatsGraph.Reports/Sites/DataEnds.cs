using System.Collections.Concurrent;
using NodaTime;
using StatsGraph.Lake;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Reports;

/// <summary>
/// How far the data of each site reaches. It is read once a version of the lake, and again only when a stamp that was in the future no
/// longer is; and only in files that reach further than what was found in others.
/// </summary>
internal sealed class DataEnds
{
    private readonly QueryEngine engine;
    private readonly FileFacts<LastEnd> lastEnds;
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    public DataEnds(QueryEngine engine)
    {
        this.engine = engine;
        lastEnds = new FileFacts<LastEnd>(FigureNames.DataThrough, ReadAsync);
    }

    /// <summary>How far the data of a site reaches at an instant.</summary>
    public async Task<DataEnd> OfAsync(SiteLines lines, Instant now, SiteTrace? trace, CancellationToken cancellation)
    {
        if (known.TryGetValue(lines.Site, out var last) && last.Holds(lines.Version, now))
            return last.End;
        var files = lines.Files.Where(file => file.LastEnd is not null || file.UndatedRows < file.Rows).ToLookup(file => Ends(file) > now);
        var (through, next) = await ReadAsync(lines.Only([.. files[true]]), now, trace, cancellation);
        foreach (var file in files[false].OrderByDescending(Ends))
        {
            if (Ends(file) < through)
                break;
            foreach (var end in await lastEnds.OfAsync(lines, [file], trace, cancellation))
                through = through is null ? end.At : Instant.Max(through.Value, end.At);
        }

        var found = new DataEnd(through, next);
        known[lines.Site] = new Known(lines.Version, now, found);
        return found;
    }

    /// <summary>Where a file ends at the latest, in whole seconds; one that does not tell may end at any time.</summary>
    private static Instant Ends(LakeFile file) =>
        file.LastEnd is { } end ? Instant.FromUnixTimeSeconds(end.ToUnixTimeSeconds()) : Instant.MaxValue;

    /// <summary>How far files reach that have stamps in the future.</summary>
    private async Task<DataEnd> ReadAsync(SiteLines lines, Instant now, SiteTrace? trace, CancellationToken cancellation)
    {
        if (lines.Files.Count == 0)
            return default;
        var statement = lines.Read(SqlText.Load("Sites/DataThrough")).Bind("now", now.ToUnixTimeSeconds());
        var step = trace?.Begin(FigureNames.DataThrough, LakeRoad.Name);
        var end = (await engine.QueryAsync(
            statement,
            record => new DataEnd(
                record.IsDBNull(0) ? null : Instant.FromUnixTimeSeconds(record.GetInt64(0)),
                record.IsDBNull(1) ? null : Instant.FromUnixTimeSeconds(record.GetInt64(1))),
            cancellation)).Single();
        step?.End(lines.Rows, rows: 1);
        return end;
    }

    private async Task<IReadOnlyDictionary<string, LastEnd>> ReadAsync(SiteLines lines, CancellationToken cancellation) =>
        (await engine.QueryAsync(
            lines.Read(SqlText.Load("Sites/LastEnds")),
            record => (File: record.GetString(0), End: new LastEnd(Instant.FromUnixTimeSeconds(record.GetInt64(1)))),
            cancellation)).ToDictionary(row => row.File, row => row.End, StringComparer.Ordinal);

    private sealed record LastEnd(Instant At);

    private sealed record Known(long Version, Instant AsOf, DataEnd End)
    {
        public bool Holds(long version, Instant now) => version == Version && now >= AsOf && !(now >= End.Next);
    }
}

/// <summary>How far data reaches.</summary>
/// <param name="Through">Latest stamp that is not in the future; null without one.</param>
/// <param name="Next">Earliest stamp that still is; null without one.</param>
internal readonly record struct DataEnd(Instant? Through, Instant? Next);
