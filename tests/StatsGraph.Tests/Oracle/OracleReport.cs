using System.Globalization;
using System.Text.Json.Nodes;

namespace StatsGraph.Tests.Oracle;

/// <summary>A report of a site: all figures of one period, filter and zone.</summary>
public sealed class OracleReport
{
    private readonly JsonObject? where;

    /// <param name="model">The lake and the clock.</param>
    /// <param name="site">The site.</param>
    /// <param name="period">The period, in the zone of the report.</param>
    /// <param name="minDuration">Seconds; shorter sessions are dropped before visits are formed.</param>
    /// <param name="where">The API's <c>SessionFilterInput</c>.</param>
    public OracleReport(OracleModel model, OracleSite site, OraclePeriod period, long minDuration, JsonObject? where)
    {
        this.where = where;
        (Model, Site, Period, MinDuration) = (model, site, period, minDuration);
        var kindIsNamed = OracleFilter.Names(where, "kind");
        Sessions = site.Sessions(minDuration)
            .Where(session => kindIsNamed || session.Row.Class == "listener")
            .Where(session => OracleFilter.Passes(where, field => Value(session, field)))
            .ToList();
    }

    public OracleModel Model { get; }

    public OracleSite Site { get; }

    public OraclePeriod Period { get; }

    public long MinDuration { get; }

    /// <summary>The sessions that pass, of all times.</summary>
    public IReadOnlyList<OracleSession> Sessions { get; }

    /// <summary>Latest stamp of the site's log.</summary>
    public long? DataThrough => Site.DataThrough(Model.Now);

    /// <summary>Whether the data reaches a day past the period.</summary>
    public bool Complete => DataThrough >= Period.To + 86_400;

    /// <summary>The figures of the whole period.</summary>
    public OracleMetrics Totals => Figures(Sessions, new TimeSet(Period.From, Period.To));

    /// <summary>The same question about another period.</summary>
    public OracleReport ComparedTo(string baseline) => new(Model, Site, Period.ComparedTo(baseline), MinDuration, where);

    /// <summary>Buckets of a width, the empty ones too.</summary>
    public IReadOnlyList<(long From, long To, OracleMetrics Metrics)> TimeSeries(string interval)
    {
        Func<DateTime, long, string> name = interval switch
        {
            "QUARTER_HOUR" => (local, offset) => $"{local:yyyy-MM-dd HH} {local.Minute / 15} {offset}",
            "HOUR" => (local, offset) => $"{local:yyyy-MM-dd HH} {offset}",
            "DAY" => (local, _) => $"{local:yyyy-MM-dd}",
            "WEEK" => (local, _) => $"{local.Date.AddDays(-(((int)local.DayOfWeek + 6) % 7)):yyyy-MM-dd}",
            "MONTH" => (local, _) => $"{local:yyyy-MM}",
            _ => throw new ArgumentException($"'{interval}' is no width of buckets", nameof(interval)),
        };
        return Period.Zone.Runs(Period.From, Period.To, name)
            .Select(run => (run.From, run.To, Figures(Sessions, new TimeSet(run.From, run.To))))
            .ToList();
    }

    /// <summary>The figures of each hour of the zone's clock.</summary>
    public IReadOnlyList<OracleMetrics> HoursOfDay()
    {
        var sets = TimeSets(["HOUR_OF_DAY"]);
        return Enumerable.Range(0, 24)
            .Select(hour => sets.GetValueOrDefault(hour.ToString(CultureInfo.InvariantCulture)) ?? new TimeSet([]))
            .Select(set => Figures(Sessions, set))
            .ToList();
    }

    /// <summary>The report cut by one to three dimensions, in no particular order.</summary>
    public IReadOnlyList<OracleGroup> Groups(IReadOnlyList<string> dimensions)
    {
        var ofTime = dimensions.Where(OracleKeys.IsTime).ToList();
        var ofSessions = dimensions.Where(dimension => !OracleKeys.IsTime(dimension)).ToList();
        var bySessionKeys = Sessions.GroupBy(session => TextKeys(session, ofSessions)).ToList();
        return TimeSets(ofTime)
            .SelectMany(set => bySessionKeys.Select(part => Row(
                dimensions, set.Key.Split(' '), part.First(), Figures([.. part], set.Value))))
            .Where(row => row.Metrics.Sessions.Any(row.Metrics.IsSeen))
            .ToList();

        OracleGroup Row(IReadOnlyList<string> all, string[] times, OracleSession sample, OracleMetrics figures) => new(
            all,
            [.. all.Select(each => OracleKeys.IsTime(each) ? times[ofTime.IndexOf(each)] : OracleKeys.Text(sample, each))],
            sample,
            figures);
    }

    /// <summary>
    /// Refused requests that started in the period, by status and path; one that tells no start counts at its end. Kind and entry
    /// mount are no fields of a request.
    /// </summary>
    public IReadOnlyList<OracleError> Errors()
    {
        var asked = OracleFilter.Without(where, "kind", "entryMount");
        return Site.Rows
            .Where(row => row.Class == "error" && (row.StartedAt ?? row.EndedAt) >= Period.From && (row.StartedAt ?? row.EndedAt) < Period.To)
            .Select(row => new OracleSession(row, Site.Mount(row.Record!.Path), EntryMount: "", IsEntry: false))
            .Where(request => OracleFilter.Passes(asked, field => Value(request, field)))
            .GroupBy(request => (request.Row.Record!.Status, request.Row.Record.Path))
            .Select(equal => new OracleError(
                equal.Key.Status, equal.Key.Path, equal.Count(), equal.Max(request => request.Start)))
            .ToList();
    }

    private OracleMetrics Figures(IReadOnlyList<OracleSession> sessions, TimeSet time) => new(sessions, time, DataThrough);

    /// <summary>The instants of the period by their time keys, the keys joined by a blank.</summary>
    private Dictionary<string, TimeSet> TimeSets(IReadOnlyList<string> dimensions)
        => Period.Zone.Runs(Period.From, Period.To, (local, _) => string.Join(' ', dimensions.Select(each => OracleKeys.Time(local, each))))
            .GroupBy(run => run.Name)
            .ToDictionary(runs => runs.Key, runs => new TimeSet([.. runs.Select(run => (run.From, run.To))]));

    private static string TextKeys(OracleSession session, IReadOnlyList<string> dimensions)
        => string.Join('\n', dimensions.Select(dimension => OracleKeys.Text(session, dimension) is { } key ? "=" + key : "null"));

    private object? Value(OracleSession session, string field) => field switch
    {
        "mount" => session.Mount,
        "entryMount" => session.EntryMount,
        "country" => session.Row.Place.Country,
        "region" => session.Row.Place.Region,
        "city" => session.Row.Place.City,
        "referrer" => session.Row.Record!.ReferrerHost,
        "player" => session.Row.Player,
        "userAgent" => session.Row.Record!.UserAgent,
        "durationSeconds" => session.Duration,
        "hourOfDay" => (long)Period.Zone.LocalAt(session.Start).Hour,
        "kind" => session.Row.Class.ToUpperInvariant(),
        _ => throw new ArgumentException($"'{field}' is no field of SessionFilterInput", nameof(field)),
    };
}

/// <summary>Refused requests of one status and path, and the start, in Unix seconds, of the latest of them.</summary>
public sealed record OracleError(int Status, string Path, long Requests, long LastSeen);

/// <summary>A row of a list: one key for each dimension, and any session of the row for what hangs on its keys.</summary>
public sealed record OracleGroup(IReadOnlyList<string> By, IReadOnlyList<string?> Keys, OracleSession Sample, OracleMetrics Metrics);

/// <summary>Keys of sessions and instants.</summary>
public static class OracleKeys
{
    /// <summary>Whether a dimension cuts the period rather than the sessions.</summary>
    public static bool IsTime(string dimension) => dimension is "DATE" or "HOUR_OF_DAY" or "DAY_OF_WEEK" or "MONTH";

    /// <summary>Key of a local time.</summary>
    public static string Time(DateTime local, string dimension) => dimension switch
    {
        "DATE" => $"{local:yyyy-MM-dd}",
        "HOUR_OF_DAY" => $"{local.Hour}",
        "DAY_OF_WEEK" => $"{(((int)local.DayOfWeek + 6) % 7) + 1}",
        "MONTH" => $"{local:yyyy-MM}",
        _ => throw new ArgumentException($"'{dimension}' is no dimension of time", nameof(dimension)),
    };

    /// <summary>Key of a session; null where its line does not tell.</summary>
    public static string? Text(OracleSession session, string dimension) => dimension switch
    {
        "MOUNT" => session.Mount,
        "ENTRY_MOUNT" => session.EntryMount,
        "COUNTRY" => session.Row.Place.Country,
        "REGION" => session.Row.Place.Region,
        "CITY" => session.Row.Place.City,
        "REFERRER" => session.Row.Record!.ReferrerHost,
        "PLAYER" => session.Row.Player,
        "NETWORK" => session.Row.Place.NetworkNumber is { } number ? $"AS{number}" : null,
        _ => throw new ArgumentException($"'{dimension}' is no dimension of sessions", nameof(dimension)),
    };
}
