using System.Globalization;
using System.Text.Json.Nodes;
using StatsGraph.Tests.Oracle;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Golden;

/// <summary>The API says of the golden log, ingested as the command does it, what was worked out by hand.</summary>
public sealed class ProductGoldenTests : IDisposable
{
    private const string Metrics = "metrics { visits sessions tuningHours }";

    private readonly SomeLake lake = new(
        GoldenForty.Zone,
        DateTimeOffset.Parse(GoldenForty.Now, CultureInfo.InvariantCulture),
        places: [("81.2.69.160/32", new OraclePlace("GB")), ("8.8.8.8/32", new OraclePlace("US"))]);

    public ProductGoldenTests() => lake.Ingest([lake.Write("access.log", GoldenForty.ToBytes())]);

    public static TheoryData<GoldenMonth> Months => [GoldenForty.March, GoldenForty.April, GoldenForty.October, GoldenForty.November];

    public void Dispose() => lake.Dispose();

    [Fact]
    public void Every_line_is_accounted_for()
    {
        var site = lake.Ask("{ site(key: \"radio\") { dataThrough intake { lines blank classes { class lines } rejections { reason lines examples } } } }", [])!["site"]!;
        var intake = site["intake"]!;
        Assert.Equal((40, 1), (Long(intake["lines"]), Long(intake["blank"])));
        Assert.Equal(GoldenForty.Classes, Rows(intake["classes"]).ToDictionary(row => Text(row["class"]), row => Long(row["lines"])));
        Assert.Equal(
            [
                "address-list", "bad-bytes", "bad-date", "bad-duration", "bad-prefix", "bad-request", "bad-tail", "empty-request", "error-log",
                "escaped-format", "negative-duration", "no-duration", "no-offset", "nul-inside", "playlist-log", "syslog-prefix", "truncated",
                "two-records", "w3c-format",
            ],
            Rows(intake["rejections"]).Select(row => Text(row["reason"])));
        Assert.All(Rows(intake["rejections"]), row => Assert.Equal((1, 1), (Long(row["lines"]), row["examples"]!.AsArray().Count)));
        Assert.DoesNotContain("8.8.8.8", intake.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(GoldenForty.DataThrough, Text(site["dataThrough"]));
    }

    [Theory]
    [MemberData(nameof(Months))]
    public void Months_have_their_figures(GoldenMonth month)
    {
        var totals = Report(
            month.Month,
            "totals { sessions visits listeners tuningHours averageDuration durationQuantile averageConcurrent averageQuarterHour peakConcurrent { sessions at } bytes }")["totals"]!;
        Assert.Equal((month.Sessions, month.Visits, month.Listeners), (Long(totals["sessions"]), Long(totals["visits"]), Long(totals["listeners"])));
        Assert.Equal(month.TuningHours, Double(totals["tuningHours"]));
        Assert.Equal((month.AverageDuration, month.Median), (Double(totals["averageDuration"]), Double(totals["durationQuantile"])));
        Assert.Equal((month.AverageConcurrent, month.AverageQuarterHour), (Double(totals["averageConcurrent"]), Double(totals["averageQuarterHour"])));
        Assert.Equal((month.Peak, month.PeakAt), (Long(totals["peakConcurrent"]!["sessions"]), Text(totals["peakConcurrent"]!["at"])));
        Assert.Equal(month.Bytes, Double(totals["bytes"]));
    }

    [Fact]
    public void Hours_of_the_clock_have_their_figures()
    {
        Assert.Equal(GoldenForty.MarchHours, Hours("2026-03"));
        Assert.Equal(GoldenForty.OctoberHours, Hours("2026-10"));

        Dictionary<int, (long, long, long)> Hours(string month) => Rows(Report(month, "hourlyVisits { hour visits sessions tuningHours }")["hourlyVisits"])
            .Select(row => (Hour: (int)Long(row["hour"]), Figures: Figures(row)))
            .Where(row => row.Figures != (0, 0, 0))
            .ToDictionary(row => row.Hour, row => row.Figures);
    }

    [Fact]
    public void Cuts_have_their_figures()
    {
        var report = Report("2026-03", $"entryMounts {{ nodes {{ mount {Metrics} }} }} mounts {{ nodes {{ mount {Metrics} }} }} countries {{ nodes {{ code {Metrics} }} }}");
        Assert.Equal(GoldenForty.MarchEntryMounts, Cut(report["entryMounts"]!, "mount"));
        Assert.Equal(GoldenForty.MarchMounts, Cut(report["mounts"]!, "mount"));
        Assert.Equal(GoldenForty.MarchCountries, Cut(report["countries"]!, "code"));

        static Dictionary<string, (long, long, long)> Cut(JsonNode list, string key) =>
            Rows(list["nodes"]).ToDictionary(row => (string?)row[key] ?? "", row => Figures(row["metrics"]!));
    }

    [Fact]
    public void Short_sessions_relays_bots_and_errors_are_told_apart()
    {
        var longer = Report("2026-03", "totals { sessions visits }", ", minDuration: 60")["totals"]!;
        Assert.Equal(GoldenForty.MarchFromOneMinute, (Long(longer["sessions"]), Long(longer["visits"])));

        var others = Report("2026-10", "totals { sessions visits tuningHours }", ", where: { kind: { in: [RELAY, BOT] } }")["totals"]!;
        Assert.Equal((2, 2, 1_200), Figures(others));

        var error = Assert.Single(Rows(Report("2026-10", "errors { nodes { status path requests lastSeen } }")["errors"]!["nodes"]));
        Assert.Equal(
            GoldenForty.OctoberError, ((int)Long(error["status"]), Text(error["path"]), Long(error["requests"]), Text(error["lastSeen"])));
    }

    [Fact]
    public void Only_months_that_the_data_has_passed_by_a_day_are_complete()
    {
        Assert.True((bool?)Report("2026-10", "period { complete }")["period"]!["complete"]);
        Assert.False((bool?)Report("2026-11", "period { complete }")["period"]!["complete"]);
    }

    private static IEnumerable<JsonNode> Rows(JsonNode? list) => list!.AsArray().Select(row => row!);

    private static (long Visits, long Sessions, long ListeningSeconds) Figures(JsonNode row) =>
        (Long(row["visits"]), Long(row["sessions"]), (long)Math.Round(Double(row["tuningHours"])!.Value * 3_600));

    private static long Long(JsonNode? value) => value!.GetValue<long>();

    private static double? Double(JsonNode? value) => value?.GetValue<double>();

    private static string Text(JsonNode? value) => value!.GetValue<string>();

    private JsonNode Report(string month, string fields, string arguments = "") => lake.Ask(
        $"{{ site(key: \"radio\") {{ report(period: {{ month: \"{month}\" }}{arguments}) {{ {fields} }} }} }}", [])!["site"]!["report"]!;
}
