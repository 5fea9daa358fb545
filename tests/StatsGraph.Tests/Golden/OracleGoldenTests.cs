using System.Text.Json.Nodes;
using StatsGraph.Tests.Oracle;

namespace StatsGraph.Tests.Golden;

/// <summary>The oracle says of the golden log what was worked out by hand.</summary>
public sealed class OracleGoldenTests
{
    private static readonly OracleWorld World = new() { Place = address => new OraclePlace(GoldenForty.Country(address)) };

    private static readonly OracleSite Site = new(
        "golden",
        "Golden",
        GoldenForty.Zone,
        new Dictionary<string, string>(),
        OracleLake.Read([new OracleSource(GoldenForty.ToBytes())], World));

    private static readonly OracleModel Model = new([Site], At(GoldenForty.Now), World);

    public static TheoryData<string> Months => ["March", "April", "October", "November"];

    [Fact]
    public void Every_line_has_its_class_and_every_reason_its_line()
    {
        Assert.Equal(40, GoldenForty.Lines.Count);
        Assert.Equal(40, Site.Rows.Count);
        Assert.Single(Site.Rows, row => row.Class == "blank");
        foreach (var (name, lines) in GoldenForty.Classes)
            Assert.Equal((name, lines), (name, Site.Rows.Count(row => row.Class.Equals(name, StringComparison.OrdinalIgnoreCase))));

        Assert.Equal(
            [
                "address-list", "bad-bytes", "bad-date", "bad-duration", "bad-prefix", "bad-request", "bad-tail", "empty-request", "error-log",
                "escaped-format", "negative-duration", "no-duration", "no-offset", "nul-inside", "playlist-log", "syslog-prefix", "truncated",
                "two-records", "w3c-format",
            ],
            Site.Rows.Select(row => row.Reason).OfType<string>());
        Assert.Equal(At(GoldenForty.DataThrough), Site.DataThrough(Model.Now));
    }

    [Theory]
    [MemberData(nameof(Months))]
    public void Months_have_their_figures(string name)
    {
        var month = Month(name);
        var totals = Report(month.Month).Totals;

        Assert.Equal(month.Hours * 3_600L, totals.Time.SecondsBefore(long.MaxValue));
        Assert.Equal((month.Sessions, month.Visits, month.Listeners), (totals.SessionCount, totals.Visits, totals.Listeners));
        Assert.Equal((month.ListeningSeconds, month.TuningHours), (totals.ListeningSeconds, totals.TuningHours));
        Assert.Equal((month.AverageDuration, month.Median), (totals.AverageDuration, totals.DurationQuantile(0.5)));
        Assert.Equal((month.AverageConcurrent, month.AverageQuarterHour), (totals.AverageConcurrent, totals.AverageQuarterHour));
        Assert.Equal((month.Peak, At(month.PeakAt)), totals.Peak);
        Assert.Equal(month.Bytes, totals.Bytes);
    }

    [Fact]
    public void Hours_of_the_clock_have_their_figures()
    {
        Assert.Equal(GoldenForty.MarchHours, Hours("2026-03"));
        Assert.Equal(GoldenForty.OctoberHours, Hours("2026-10"));
        Assert.Equal(4_200 / (32 * 3_600.0), Report("2026-10").HoursOfDay()[2].AverageConcurrent);

        static Dictionary<int, (long, long, long)> Hours(string month) => Report(month).HoursOfDay()
            .Select((metrics, hour) => (Hour: hour, Figures: Figures(metrics)))
            .Where(row => row.Figures != (0, 0, 0))
            .ToDictionary(row => row.Hour, row => row.Figures);
    }

    [Fact]
    public void Cuts_have_their_figures()
    {
        Assert.Equal(GoldenForty.MarchEntryMounts, Cut("ENTRY_MOUNT"));
        Assert.Equal(GoldenForty.MarchMounts, Cut("MOUNT"));
        Assert.Equal(GoldenForty.MarchCountries, Cut("COUNTRY"));

        static Dictionary<string, (long, long, long)> Cut(string dimension)
            => Report("2026-03").Groups([dimension]).ToDictionary(row => row.Keys[0] ?? "", row => Figures(row.Metrics));
    }

    [Fact]
    public void Short_sessions_relays_bots_and_errors_are_told_apart()
    {
        var long60 = Report("2026-03", minDuration: 60).Totals;
        Assert.Equal(GoldenForty.MarchFromOneMinute, (long60.SessionCount, long60.Visits));

        var others = Report("2026-10", where: """{ "kind": { "in": ["RELAY", "BOT"] } }""").Totals;
        Assert.Equal((2, 2, 1_200), (others.SessionCount, others.Visits, others.ListeningSeconds));

        var error = Assert.Single(Report("2026-10").Errors());
        var expected = GoldenForty.OctoberError;
        Assert.Equal(new OracleError(expected.Status, expected.Path, expected.Requests, At(expected.LastSeen)), error);
    }

    [Fact]
    public void Only_months_that_the_data_has_passed_by_a_day_are_complete()
        => Assert.Equal((true, false), (Report("2026-10").Complete, Report("2026-11").Complete));

    private static GoldenMonth Month(string name) => name switch
    {
        "March" => GoldenForty.March,
        "April" => GoldenForty.April,
        "October" => GoldenForty.October,
        _ => GoldenForty.November,
    };

    private static (long Visits, long Sessions, long ListeningSeconds) Figures(OracleMetrics metrics)
        => (metrics.Visits, metrics.SessionCount, metrics.ListeningSeconds);

    private static OracleReport Report(string month, long minDuration = 0, string? where = null) => new(
        Model,
        Site,
        OraclePeriod.Of(new JsonObject { ["month"] = month }, new OracleZone(GoldenForty.Zone), Model.Now),
        minDuration,
        where is null ? null : (JsonObject)JsonNode.Parse(where)!);

    private static long At(string instant)
        => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();
}
