using System.Globalization;
using System.Text.Json.Nodes;

namespace StatsGraph.Tests.Oracle;

/// <summary>
/// Answers documents of the API from the oracle's figures: the <c>data</c> of the response. Whole numbers are
/// <see cref="long"/>, the API's Floats <see cref="double"/>; what only the product can know is <see cref="JsonCompare.Anything"/>.
/// </summary>
/// <remarks>A cursor argument is written <c>@n</c>: the cursor of row n (from 0) of the same list.</remarks>
public static class OracleAnswer
{
    private static readonly string[] Classes =
        ["LISTENER", "RELAY", "BOT", "SOURCE", "ADMIN", "ERROR", "NON_STREAM", "PROBE", "SUSPECT", "REJECTED"];

    /// <summary>The data that a document asks for.</summary>
    public static JsonObject Run(OracleModel model, string document, JsonObject variables)
        => Select(OracleDocument.Parse(document, variables), field => field.Name switch
        {
            "site" => Site(model, model.Sites.SingleOrDefault(site => site.Key == (string)field.Arguments["key"]!), field.Fields),
            "sites" => OracleConnection.Render(
                field, [.. model.Sites.OrderBy(site => site.Key, OracleSite.ByBytes)], (site, fields) => Site(model, site, fields)),
            _ => throw Unknown(field, "Query"),
        });

    /// <summary>An object with one value a field.</summary>
    public static JsonObject Select(IReadOnlyList<OracleSelection> fields, Func<OracleSelection, JsonNode?> value)
        => new(fields.Select(field => KeyValuePair.Create(field.Alias, field.Name == "__typename" ? JsonCompare.Anything : value(field))));

    /// <summary>An instant as the API writes it.</summary>
    public static JsonNode? Instant(long? seconds) => seconds is { } value
        ? DateTimeOffset.FromUnixTimeSeconds(value).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : null;

    /// <summary>The complaint about a field that the oracle does not know.</summary>
    public static ArgumentException Unknown(OracleSelection field, string type)
        => new($"'{field.Name}' is no field of {type} that the oracle knows", nameof(field));

    private static JsonObject? Site(OracleModel model, OracleSite? site, IReadOnlyList<OracleSelection> fields)
        => site is null ? null : Select(fields, field => field.Name switch
        {
            "key" => site.Key,
            "name" => site.Name,
            "timeZone" => site.TimeZone,
            "mounts" => new JsonArray([.. site.Mounts().Select(mount => (JsonNode)mount)]),
            "dataThrough" => Instant(site.DataThrough(model.Now)),
            "intake" => Intake(site, field.Fields),
            "report" => OracleReportAnswer.Render(Report(model, site, field.Arguments), field.Fields),
            _ => throw Unknown(field, "Site"),
        });

    private static OracleReport Report(OracleModel model, OracleSite site, IReadOnlyDictionary<string, JsonNode?> arguments)
    {
        var zone = new OracleZone((string?)arguments.GetValueOrDefault("timeZone") ?? site.TimeZone);
        var period = OraclePeriod.Of((JsonObject)arguments["period"]!, zone, model.Now);
        var minDuration = arguments.GetValueOrDefault("minDuration")?.GetValue<long>() ?? 0;
        return new OracleReport(model, site, period, minDuration, (JsonObject?)arguments.GetValueOrDefault("where"));
    }

    private static JsonObject Intake(OracleSite site, IReadOnlyList<OracleSelection> fields) => Select(fields, field => field.Name switch
    {
        "lines" => (long)site.Rows.Count,
        "blank" => site.Rows.LongCount(row => row.Class == "blank"),
        "classes" => new JsonArray([.. Classes.Select(name => Select(field.Fields, count => count.Name switch
        {
            "class" => name,
            "lines" => site.Rows.LongCount(row => row.Class.Equals(name, StringComparison.OrdinalIgnoreCase)),
            _ => throw Unknown(count, "LineClassCount"),
        }))]),
        "rejections" => new JsonArray([.. site.Rows.Where(row => row.Reason is not null)
            .GroupBy(row => row.Reason!)
            .OrderByDescending(rows => rows.Count())
            .ThenBy(rows => rows.Key, OracleSite.ByBytes)
            .Select(rows => Rejection(rows, field.Fields))]),
        _ => throw Unknown(field, "Intake"),
    });

    private static JsonObject Rejection(IGrouping<string, OracleRow> rows, IReadOnlyList<OracleSelection> fields)
        => Select(fields, field => field.Name switch
        {
            "reason" => rows.Key,
            "lines" => (long)rows.Count(),
            "examples" => new JsonArray([.. rows.Where(row => row.Ordinal == 0).Take(3).Select(_ => JsonCompare.Anything)]),
            _ => throw Unknown(field, "Rejection"),
        });
}
