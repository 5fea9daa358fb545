using System.Text.Json.Nodes;

namespace StatsGraph.Tests.Oracle;

/// <summary>The fields of the API's <c>Report</c>.</summary>
public static class OracleReportAnswer
{
    private const string Unknown = "Unknown";

    /// <summary>The fields that a document asks for.</summary>
    public static JsonObject Render(OracleReport report, IReadOnlyList<OracleSelection> fields)
        => OracleAnswer.Select(fields, field => field.Name switch
        {
            "period" => Period(report, field.Fields),
            "totals" => Metrics(report.Totals, field.Fields),
            "comparedTo" => Render(report.ComparedTo((string)field.Arguments["baseline"]!), field.Fields),
            "timeSeries" => TimeSeries(report, field),
            "hourlyVisits" => HourlyVisits(report, field.Fields),
            "entryMounts" => Groups(report, field, ["ENTRY_MOUNT"], "visits"),
            "mounts" => Groups(report, field, ["MOUNT"], "tuningHours"),
            "countries" => Groups(report, field, ["COUNTRY"], "sessions"),
            "referrers" => Groups(report, field, ["REFERRER"], "visits"),
            "players" => Groups(report, field, ["PLAYER"], "sessions"),
            "groups" => Groups(report, field, [.. ((JsonArray)field.Arguments["by"]!).Select(each => (string)each!)], "sessions"),
            "errors" => Errors(report, field),
            _ => throw OracleAnswer.Unknown(field, "Report"),
        });

    private static JsonObject Period(OracleReport report, IReadOnlyList<OracleSelection> fields)
        => OracleAnswer.Select(fields, field => field.Name switch
        {
            "from" => OracleAnswer.Instant(report.Period.From),
            "to" => OracleAnswer.Instant(report.Period.To),
            "timeZone" => report.Period.Zone.Name,
            "complete" => report.Complete,
            "dataThrough" => OracleAnswer.Instant(report.DataThrough),
            _ => throw OracleAnswer.Unknown(field, "ResolvedPeriod"),
        });

    private static JsonObject Metrics(OracleMetrics metrics, IReadOnlyList<OracleSelection> fields)
        => OracleAnswer.Select(fields, field => field.Name switch
        {
            "sessions" => metrics.SessionCount,
            "visits" => metrics.Visits,
            "listeners" => metrics.Listeners,
            "tuningHours" => metrics.TuningHours,
            "averageDuration" => metrics.AverageDuration,
            "durationQuantile" => metrics.DurationQuantile(Convert.ToDouble(
                field.Arguments.GetValueOrDefault("p")?.ToJsonString() ?? "0.5", System.Globalization.CultureInfo.InvariantCulture)),
            "averageConcurrent" => metrics.AverageConcurrent,
            "averageQuarterHour" => metrics.AverageQuarterHour,
            "peakConcurrent" => Peak(metrics.Peak, field.Fields),
            "bytes" => metrics.Bytes,
            _ => throw OracleAnswer.Unknown(field, "Metrics"),
        });

    private static JsonObject Peak((long Sessions, long? At) peak, IReadOnlyList<OracleSelection> fields)
        => OracleAnswer.Select(fields, field => field.Name switch
        {
            "sessions" => peak.Sessions,
            "at" => OracleAnswer.Instant(peak.At),
            _ => throw OracleAnswer.Unknown(field, "Peak"),
        });

    private static JsonObject TimeSeries(OracleReport report, OracleSelection list)
    {
        var asked = (string?)list.Arguments.GetValueOrDefault("interval") ?? "AUTO";
        var interval = asked == "AUTO" ? report.Period.AutoInterval() : asked;
        return OracleAnswer.Select(list.Fields, field => field.Name switch
        {
            "interval" => interval,
            "buckets" => new JsonArray([.. report.TimeSeries(interval).Select(bucket => Bucket(bucket, field.Fields))]),
            _ => throw OracleAnswer.Unknown(field, "TimeSeries"),
        });
    }

    private static JsonObject Bucket((long From, long To, OracleMetrics Metrics) bucket, IReadOnlyList<OracleSelection> fields)
        => OracleAnswer.Select(fields, field => field.Name switch
        {
            "start" => OracleAnswer.Instant(bucket.From),
            "end" => OracleAnswer.Instant(bucket.To),
            "metrics" => Metrics(bucket.Metrics, field.Fields),
            _ => throw OracleAnswer.Unknown(field, "TimeBucket"),
        });

    private static JsonArray HourlyVisits(OracleReport report, IReadOnlyList<OracleSelection> fields)
        => new([.. report.HoursOfDay().Select((metrics, hour) => OracleAnswer.Select(fields, field => field.Name switch
        {
            "hour" => (long)hour,
            "visits" or "sessions" or "tuningHours" or "averageConcurrent" => Metrics(metrics, [field])[field.Alias]!.DeepClone(),
            _ => throw OracleAnswer.Unknown(field, "HourlyVisits"),
        }))]);

    private static JsonObject Groups(OracleReport report, OracleSelection list, IReadOnlyList<string> dimensions, string listsOwn)
    {
        var order = (JsonArray?)list.Arguments.GetValueOrDefault("order") ?? [new JsonObject { [listsOwn] = "DESC" }];
        var share = OracleList.ShareMetric(order, listsOwn);
        var totals = report.Totals;
        var rows = OracleList.Ordered(report.Groups(dimensions), (JsonObject?)list.Arguments.GetValueOrDefault("where"), order);
        return OracleConnection.Render(list, rows, (row, fields) => OracleAnswer.Select(fields, field => field.Name switch
        {
            "share" => OracleList.Share(row.Metrics, totals, share),
            "metrics" => Metrics(row.Metrics, field.Fields),
            "keys" => new JsonArray([.. dimensions.Select((dimension, index) => GroupKey(report, row, dimension, index, field.Fields))]),
            _ => KeyField(report.Model.World, list.Name, row.Keys[0], field),
        }));
    }

    private static JsonObject GroupKey(
        OracleReport report, OracleGroup row, string dimension, int index, IReadOnlyList<OracleSelection> fields)
        => OracleAnswer.Select(fields, field => field.Name switch
        {
            "dimension" => dimension,
            "value" => row.Keys[index],
            "label" => Label(report.Model.World, row, dimension, row.Keys[index]),
            _ => throw OracleAnswer.Unknown(field, "GroupKey"),
        });

    /// <summary>What a key is called; how times are called is the product's own affair.</summary>
    private static JsonNode Label(OracleWorld world, OracleGroup row, string dimension, string? key) => dimension switch
    {
        "COUNTRY" => CountryName(world, key),
        "REFERRER" => key ?? "Direct",
        "NETWORK" => key is null ? Unknown : $"{key} {row.Sample.Row.Place.NetworkName}".TrimEnd(),
        _ when OracleKeys.IsTime(dimension) => JsonCompare.Anything,
        _ => key ?? Unknown,
    };

    private static string CountryName(OracleWorld world, string? code) => code is null ? Unknown : world.Country(code)?.Name ?? code;

    private static JsonNode? KeyField(OracleWorld world, string list, string? key, OracleSelection field) => (list, field.Name) switch
    {
        ("entryMounts" or "mounts", "mount") => key,
        ("countries", "code") => key,
        ("countries", "name") => CountryName(world, key),
        ("countries", "continent") => key is null ? null : world.Country(key)?.Continent,
        ("countries", "latitude") => key is null ? null : world.Country(key)?.Latitude,
        ("countries", "longitude") => key is null ? null : world.Country(key)?.Longitude,
        ("referrers", "host") => key,
        ("referrers", "kind") => world.ReferrerKind(key),
        ("players", "name") => key ?? Unknown,
        _ => throw OracleAnswer.Unknown(field, $"a row of {list}"),
    };

    private static JsonObject Errors(OracleReport report, OracleSelection list)
    {
        var order = (JsonArray?)list.Arguments.GetValueOrDefault("order") ?? [new JsonObject { ["requests"] = "DESC" }];
        var rows = OracleList.Ordered(report.Errors(), order);
        return OracleConnection.Render(list, rows, (row, fields) => OracleAnswer.Select(fields, field => field.Name switch
        {
            "status" => (long)row.Status,
            "path" => row.Path,
            "requests" => row.Requests,
            "lastSeen" => OracleAnswer.Instant(row.LastSeen),
            _ => throw OracleAnswer.Unknown(field, "StreamError"),
        }));
    }
}
