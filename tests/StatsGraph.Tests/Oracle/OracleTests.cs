using System.Text;
using System.Text.Json.Nodes;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Oracle;

/// <summary>The oracle beside small logs whose figures were worked out by hand.</summary>
public sealed class OracleTests
{
    private const string Noon = "2026-10-10T12:00:00Z";

    [Fact]
    public void A_visit_goes_on_for_less_than_30_minutes_after_the_latest_end()
    {
        // 0-3600 holds 60-120; the next starts 1,799 s after 3600, the last 1,800 s after that one's end.
        var report = Report(Session("a", 0, 3_600), Session("b", 60, 60), Session("c", 5_399, 1), Session("d", 7_200, 0));

        Assert.Equal(["/a", "/a", "/a", "/d"], report.Sessions.OrderBy(session => session.Start).Select(session => session.EntryMount));
        Assert.Equal((4, 2, 1), (report.Totals.SessionCount, report.Totals.Visits, report.Totals.Listeners));
    }

    [Fact]
    public void Of_sessions_that_start_together_the_first_to_end_is_the_entry()
        => Assert.Equal("/b", Report(Session("a", 0, 60), Session("b", 0, 30)).Sessions.Single(session => session.IsEntry).Mount);

    [Fact]
    public void Short_sessions_are_dropped_before_visits_are_formed()
    {
        var log = Log(Session("a", 0, 600), Session("b", 2_000, 10), Session("c", 3_500, 600));

        Assert.Equal(1, Report(log, 0).Totals.Visits);
        Assert.Equal(2, Report(log, 60).Totals.Visits);
    }

    [Fact]
    public void Visits_are_formed_before_the_filter()
    {
        var log = Log(Session("a", 0, 600), Session("b", 700, 600));

        Assert.Equal(0, Report(log, 0, """{ "mount": { "eq": "/b" } }""").Totals.Visits);
        Assert.Equal(1, Report(log, 0, """{ "entryMount": { "neq": "/b" } }""").Totals.Visits);
        Assert.Equal(2, Report(log, 0, """{ "entryMount": { "eq": "/a" } }""").Totals.SessionCount);
    }

    [Fact]
    public void Peaks_count_what_is_open_at_one_instant()
    {
        // [0, 100) and [100, 200) touch; [150, 250) overlaps the second; the one of 0 s never counts.
        var peak = Report(Session("a", 0, 100), Session("a", 100, 100), Session("a", 150, 100), Session("a", 160, 0)).Totals.Peak;

        Assert.Equal((2, At(Noon) + 150), peak);
        Assert.Equal((0, null), Report(Session("a", 0, 0)).Totals.Peak);
    }

    [Fact]
    public void A_quarter_hour_needs_five_minutes_of_one_listener()
    {
        // First quarter: 150 + 150 s of one listener. Second: 299 s. Third: none. Of the day's 96 quarter hours one counts.
        var report = Report(Session("a", 0, 150), Session("b", 300, 150), Session("a", 900, 299));

        Assert.Equal(1 / 96.0, report.Totals.AverageQuarterHour);
    }

    [Fact]
    public void Sums_means_and_quantiles_are_of_the_right_sessions()
    {
        // The period is the day; the first session starts half an hour before it, the last ends half an hour after it.
        var report = Report(Session("a", -45_000, 3_600), Session("a", 0, 100), Session("a", 10, 200), Session("a", 41_400, 3_600));

        Assert.Equal(((1_800 + 100 + 200 + 1_800) / 3_600.0, 3), (report.Totals.TuningHours, report.Totals.SessionCount));
        Assert.Equal(1_300, report.Totals.AverageDuration);
        Assert.Equal((100, 150, 200, 1_900, 3_600), (
            report.Totals.DurationQuantile(0), report.Totals.DurationQuantile(0.25), report.Totals.DurationQuantile(0.5),
            report.Totals.DurationQuantile(0.75), report.Totals.DurationQuantile(1)));
    }

    [Fact]
    public void A_running_period_is_as_long_as_the_data_reaches()
    {
        // The data ends at 12:10, 43,800 s into the day, of which 600 s are listened to.
        var report = Report(Session("a", 0, 600));

        Assert.Equal(600 / 43_800.0, report.Totals.AverageConcurrent);
        Assert.False(report.Complete);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23, 92)]
    [InlineData("Europe/Berlin", "2026-10-25", 25, 100)]
    [InlineData("America/New_York", "2026-03-08", 23, 92)]
    [InlineData("America/New_York", "2026-11-01", 25, 100)]
    [InlineData("Australia/Lord_Howe", "2026-10-04", 24, 94)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 25, 98)]
    [InlineData("Asia/Kathmandu", "2026-10-10", 24, 96)]
    public void Days_of_a_clock_change_have_the_hours_that_they_have(string zone, string day, int hours, int quarters)
    {
        var next = DateOnly.ParseExact(day, "yyyy-MM-dd", null).AddDays(1);
        var period = $$"""{ "days": { "from": "{{day}}", "to": "{{next:yyyy-MM-dd}}" } }""";
        var report = Report(Log(Session("a", 0, 1)), 0, null, period, zone);

        Assert.Equal(hours, report.TimeSeries("HOUR").Count);
        Assert.Equal(quarters, report.TimeSeries("QUARTER_HOUR").Count);
        Assert.Single(report.TimeSeries("DAY"));
        Assert.Equal(quarters * 900, report.HoursOfDay().Sum(hour => hour.Time.SecondsBefore(long.MaxValue)));
    }

    [Theory]
    [InlineData("""{ "preset": "TODAY" }""", "2026-10-25T23:00:00Z/2026-10-26T23:00:00Z", "2026-10-24T22:00:00Z", "2025-10-25T22:00:00Z")]
    [InlineData("""{ "preset": "THIS_WEEK" }""", "2026-10-25T23:00:00Z/2026-11-01T23:00:00Z", "2026-10-18T22:00:00Z", "2025-10-25T22:00:00Z")]
    [InlineData("""{ "preset": "LAST_MONTH" }""", "2026-08-31T22:00:00Z/2026-09-30T22:00:00Z", "2026-07-31T22:00:00Z", "2025-08-31T22:00:00Z")]
    [InlineData("""{ "preset": "THIS_YEAR" }""", "2025-12-31T23:00:00Z/2026-12-31T23:00:00Z", "2024-12-31T23:00:00Z", "2024-12-31T23:00:00Z")]
    [InlineData("""{ "preset": "LAST_7_DAYS" }""", "2026-10-18T22:00:00Z/2026-10-25T23:00:00Z", "2026-10-11T22:00:00Z", "2025-10-18T22:00:00Z")]
    [InlineData("""{ "preset": "LAST_12_MONTHS" }""", "2025-09-30T22:00:00Z/2026-09-30T22:00:00Z", "2024-09-30T22:00:00Z", "2024-09-30T22:00:00Z")]
    [InlineData("""{ "month": "2026-03" }""", "2026-02-28T23:00:00Z/2026-03-31T22:00:00Z", "2026-01-31T23:00:00Z", "2025-02-28T23:00:00Z")]
    [InlineData(
        """{ "days": { "from": "2024-02-29", "to": "2024-03-01" } }""",
        "2024-02-28T23:00:00Z/2024-02-29T23:00:00Z", "2024-02-27T23:00:00Z", "2023-02-27T23:00:00Z")]
    [InlineData(
        """{ "instants": { "from": "2026-10-01T00:00:00Z", "to": "2026-10-02T06:00:00Z" } }""",
        "2026-10-01T00:00:00Z/2026-10-02T06:00:00Z", "2026-09-29T18:00:00Z", "2025-10-01T00:00:00Z")]
    public void Periods_are_those_of_the_zone(string period, string expected, string previous, string yearBefore)
    {
        // Monday 26 October 2026, 12:00 in Berlin: the day after the clocks went back.
        var now = At("2026-10-26T11:00:00Z");
        var zone = new OracleZone("Europe/Berlin");
        var resolved = OraclePeriod.Of((JsonObject)JsonNode.Parse(period)!, zone, now);

        var days = expected.Split('/');
        Assert.Equal((At(days[0]), At(days[1])), (resolved.From, resolved.To));
        Assert.Equal(At(previous), resolved.ComparedTo("PREVIOUS_PERIOD").From);
        Assert.Equal(At(yearBefore), resolved.ComparedTo("PREVIOUS_YEAR").From);
    }

    [Fact]
    public void The_set_of_lines_does_not_depend_on_the_pieces()
    {
        var log = RandomLog.Make(new RandomLogOptions(7, 400, "Europe/Berlin", new DateOnly(2026, 10, 1), Unfinished: true));
        var whole = Rows([new OracleSource(log.ToBytes())]);

        for (var seed = 0; seed < 20; seed++)
        {
            var pieces = log.Cut(seed).Select(piece => new OracleSource(Plain(piece), piece.Name.EndsWith(".gz", StringComparison.Ordinal)));
            Assert.Equal(whole, Rows(pieces));
        }

        static string Rows(IEnumerable<OracleSource> sources) => string.Join('\n', OracleLake.Read(sources, new OracleWorld())
            .Select(row => $"{row.Line} {row.Ordinal} {row.Class}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Random_logs_hold_every_class_and_every_reason()
    {
        var log = RandomLog.Make(new RandomLogOptions(1, 3_000, "Europe/Berlin", new DateOnly(2026, 10, 1)));
        var rows = OracleLake.Read([new OracleSource(log.ToBytes())], new OracleWorld());

        Assert.Equal(
            ["admin", "blank", "bot", "error", "listener", "non_stream", "probe", "rejected", "relay", "source", "suspect"],
            rows.Select(row => row.Class).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "address-list", "bad-bytes", "bad-date", "bad-duration", "bad-prefix", "bad-request", "bad-tail", "empty-request", "error-log",
                "escaped-format", "negative-duration", "no-duration", "no-offset", "nul-inside", "playlist-log", "syslog-prefix", "truncated",
                "two-records", "w3c-format",
            ],
            rows.Select(row => row.Reason).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(rows, row => row.Ordinal == 2);
    }

    private static long At(string instant) => DateTimeOffset.Parse(instant, null).ToUnixTimeSeconds();

    /// <summary>A session that starts some seconds after noon.</summary>
    private static LogLine Session(string mount, long start, long duration) => new()
    {
        Request = $"GET /{mount} HTTP/1.1",
        EndedAt = At(Noon) + start + duration,
        Duration = $"{duration}",
        Bytes = $"{duration * 16_000}",
    };

    private static byte[] Log(params LogLine[] lines) => Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => $"{line}\n")));

    private static OracleReport Report(params LogLine[] lines) => Report(Log(lines), 0);

    private static OracleReport Report(
        byte[] log,
        long minDuration,
        string? where = null,
        string period = """{ "days": { "from": "2026-10-10", "to": "2026-10-11" } }""",
        string zone = "UTC")
    {
        var model = new OracleModel([], At("2027-01-01T00:00:00Z"), new OracleWorld());
        var rows = OracleLake.Read([new OracleSource(log)], model.World);
        var site = new OracleSite("test", "test", zone, new Dictionary<string, string>(), rows);
        var resolved = OraclePeriod.Of((JsonObject)JsonNode.Parse(period)!, new OracleZone(zone), model.Now);
        return new OracleReport(model, site, resolved, minDuration, where is null ? null : (JsonObject)JsonNode.Parse(where)!);
    }

    private static byte[] Plain(LogPiece piece)
    {
        if (!piece.Name.EndsWith(".gz", StringComparison.Ordinal))
            return piece.Bytes;

        using var plain = new MemoryStream();
        using var archive = new System.IO.Compression.GZipStream(
            new MemoryStream(piece.Bytes), System.IO.Compression.CompressionMode.Decompress);
        archive.CopyTo(plain);
        return plain.ToArray();
    }
}
