using System.Globalization;
using System.Text.Json;
using StatsGraph.Benchmarks.Measuring;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>A document of the folder <c>Questions</c>; all have the same variables.</summary>
/// <param name="Name">Name of its file, and of the rival's.</param>
internal sealed record Question(string Name)
{
    /// <summary>The figures that a rival computes, too, with how many times faster than that they are to be.</summary>
    public static IReadOnlyList<(Question Question, int Times)> Figures { get; } =
    [
        (new("entry-mounts") { Rows = report => Nodes(report, "entryMounts", "mount", "visits") }, 20),
        (new("hourly-visits") { Rows = report => Each(report.GetProperty("hourlyVisits"), "hour", row => Values(row, "visits")) }, 20),
        (new("countries") { Rows = report => Nodes(report, "countries", "code", "sessions", "tuningHours") }, 5),
        (new("average-duration") { Rows = report => Total(report, "sessions", "averageDuration") }, 5),
        (new("tuning-hours") { Rows = report => Nodes(report, "mounts", "mount", "tuningHours") }, 5),
        (new("days") { Rows = Buckets }, 5),
        (new("peak") { Rows = report => [new("", Values(Totals(report).GetProperty("peakConcurrent"), "sessions", "at"))] }, 20),
        (new("quarter-hours") { Rows = report => Total(report, "averageQuarterHour") }, 20),
    ];

    /// <summary>How many listeners there were; no ratio is claimed.</summary>
    public static Question Listeners { get; } = new("listeners") { Rows = report => Total(report, "listeners") };

    /// <summary>The document.</summary>
    public string Text { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Questions", Name + ".graphql"));

    /// <summary>Reads the figure out of the report of an answer.</summary>
    public Func<JsonElement, IEnumerable<FigureRow>> Rows { get; private init; } = _ => [];

    /// <summary>The report of an answer.</summary>
    /// <exception cref="InvalidOperationException">It has errors, or is none.</exception>
    public static JsonElement Report(Reply reply) => reply.Data().GetProperty("site").GetProperty("report");

    /// <summary>First instant of the period of a report.</summary>
    public static DateTimeOffset From(JsonElement report) => report.GetProperty("period").GetProperty("from").GetDateTimeOffset();

    /// <summary>First instant after the period of a report.</summary>
    public static DateTimeOffset To(JsonElement report) => report.GetProperty("period").GetProperty("to").GetDateTimeOffset();

    private static JsonElement Totals(JsonElement report) => report.GetProperty("totals");

    private static IEnumerable<FigureRow> Total(JsonElement report, params string[] metrics) => [new("", Values(Totals(report), metrics))];

    private static IEnumerable<FigureRow> Nodes(JsonElement report, string list, string key, params string[] metrics)
        => Each(report.GetProperty(list).GetProperty("nodes"), key, row => Values(row.GetProperty("metrics"), metrics));

    private static IEnumerable<FigureRow> Buckets(JsonElement report)
        => report.GetProperty("timeSeries").GetProperty("buckets").EnumerateArray().Select(bucket => new FigureRow(
            Invariant($"{bucket.GetProperty("start").GetDateTimeOffset().ToUnixTimeSeconds()}"),
            Values(bucket.GetProperty("metrics"), "sessions", "tuningHours")));

    private static IEnumerable<FigureRow> Each(JsonElement rows, string key, Func<JsonElement, double[]> values)
        => rows.EnumerateArray().Select(row => new FigureRow(row.GetProperty(key).ToString(), values(row)));

    private static double[] Values(JsonElement row, params string[] metrics) => [.. metrics.Select(metric => Value(row.GetProperty(metric)))];

    /// <summary>A number, the seconds of an instant, or 0 for null.</summary>
    private static double Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => 0,
        JsonValueKind.String => DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
        _ => value.GetDouble(),
    };
}

/// <summary>Variables of a question.</summary>
/// <param name="From">First day.</param>
/// <param name="To">First day after the period.</param>
internal sealed record QuestionVariables(DateOnly From, DateOnly To)
{
    /// <summary>Key of the site.</summary>
    public string Site { get; init; } = YearLake.Site;

    /// <summary>A zone in place of the site's; null for the site's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Seconds; shorter sessions are dropped.</summary>
    public int MinDuration { get; init; }

    /// <summary>A filter of sessions, or null.</summary>
    public object? Where { get; init; }
}
