using System.Globalization;
using System.Text.Json;
using MiniExcelLibs;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Command;

/// <summary>The verb <c>report</c>: drafts, issued reports and what is said of them.</summary>
public sealed class ReportVerbTests : IDisposable
{
    private readonly SomeLake some = new("Europe/Berlin", DateTimeOffset.UnixEpoch);
    private readonly ManualClock clock = new(DateTimeOffset.Parse("2026-11-03T06:00:00Z", CultureInfo.InvariantCulture));
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public ReportVerbTests()
    {
        File.WriteAllText(Path.Combine(some.Data, "appsettings.json"), """
            { "Sites": { "radio": { "Name": "Some Radio", "TimeZone": "Europe/Berlin", "Channels": { "Main": ["/live.mp3", "/live.aac"] } } } }
            """);
        Ingest("a.log", "198.51.100.7", "10/Oct/2026:12:00:00 +0200", "/live.mp3", 3_600);
        Ingest("b.log", "81.2.69.160", "10/Oct/2026:13:00:00 +0200", "/live.aac", 1_800);
        Ingest("c.log", "192.0.2.1", "10/Oct/2026:14:00:00 +0200", "/jazz.mp3", 900);
    }

    [Fact]
    public async Task A_draft_of_last_month_is_printed_and_nothing_is_kept()
    {
        Assert.Equal(0, await RunAsync("us-ath", "--site", "radio"));
        var report = JsonSerializer.Deserialize<JsonElement>(output.ToString());
        Assert.Equal(("2026-10", "Europe/Berlin"), (Text(report, "period", "name"), Text(report, "period", "timeZone")));
        Assert.Equal("{\"listeningSeconds\":3600,\"sessions\":1,\"tuningHours\":1}", report.GetProperty("total").GetProperty("territory").GetRawText());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("issue").ValueKind);
        Assert.False(Directory.Exists(Path.Combine(some.Data, "issued")));
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task A_table_has_a_row_for_each_channel_and_one_for_all()
    {
        Assert.Equal(0, await RunAsync("US-ATH", "--month", "2026-10", "--format", "csv"));
        var lines = output.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            "site,service,profile,period,from,to,timeZone,channel,mounts,tuningHours_territory,sessions_territory,tuningHours_outside,sessions_outside,"
            + "tuningHours_unknown,sessions_unknown,tuningHours_all,sessions_all,activeSessions,ATH,peak,threshold_2026-10,thresholdShare_2026-10,"
            + "projectedHours_2026-10,projectedShare_2026-10,dataThrough,complete,lakeVersion,revision,issuedAt,checksum,changes,leftOutLines,leftOut,method,remarks,sources",
            lines[0]);
        const string Start = "radio,Some Radio,US-ATH,2026-10,2026-10-01,2026-11-01,Europe/Berlin,";
        Assert.StartsWith(Start + "/jazz.mp3,/jazz.mp3,0,0,0,0,0.25,1,0.25,1,1,0,0,159140,0,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith(Start + "Main,/live.aac; /live.mp3,1,1,0.5,1,0,0,1.5,2,2,1,1,159140,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith(Start + ",,1,1,0.5,1,0.25,1,1.75,3,3,1,1,,,,,2026-10-10T12:00:00Z,false,2,,,sha256:", lines[3], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public async Task An_issued_report_is_kept_restated_shown_again_and_verified()
    {
        Assert.Equal(0, await RunAsync("US-ATH", "--issue"));
        var first = output.ToString();
        Assert.StartsWith("statsgraph: issued revision 1 of US-ATH 2026-10\nstatsgraph: The data are not complete: ", error.ToString(), StringComparison.Ordinal);

        clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal(0, await RunAsync("US-ATH", "--issue"));
        Assert.Equal((first, "statsgraph: revision 1 of 2026-11-03T06:00:00Z holds: no figure has changed\n"), (output.ToString(), error.ToString()));

        Ingest("d.log", "198.51.100.8", "01/Nov/2026:02:00:00 +0100", "/live.mp3", 10_800);
        Assert.Equal(0, await RunAsync("US-ATH", "--issue"));
        var second = output.ToString();
        Assert.StartsWith(
            "statsgraph: issued revision 2: 12 figures changed; active sessions since the first issue: +1\n"
            + "statsgraph: all channels, tuningHours_territory: 1 -> 2 hours (+1)\nstatsgraph: all channels, sessions_territory: 1 -> 2 sessions (+1)\n",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.NotEqual(first, second);

        Assert.Equal(0, await RunAsync("US-ATH", "--revision", "1"));
        Assert.Equal(first, output.ToString());
        Assert.Equal(0, await RunAsync("US-ATH", "--verify"));
        Assert.Equal(
            "Revision 1: the checksum is right, and the figures are the same computed again from version 2 of the lake.\n"
            + "Revision 2: the checksum is right, and the figures are the same computed again from version 3 of the lake.\n",
            output.ToString());
        Assert.Equal(0, await RunAsync("--list", "--site", "radio"));
        Assert.Matches(
            """
            \APROFILE  PERIOD   REVISION  ISSUED                COMPLETE  CHANGES  CHECKSUM
            US-ATH   2026-10         1  2026-11-03T06:00:00Z  no              0  sha256:[0-9a-f]{64}
            US-ATH   2026-10         2  2026-11-03T07:00:00Z  no             12  sha256:[0-9a-f]{64}
            \z
            """,
            output.ToString());
    }

    [Fact]
    public async Task A_vacuum_by_the_command_leaves_issued_reports_their_proof()
    {
        await RunAsync("US-ATH", "--issue");
        var host = SomeHost.In(some.Data) with { Output = output, Error = error, Clock = clock };
        Assert.Equal(0, await StatsGraphCommand.RunAsync(["compact", "--data", some.Data], host));
        clock.Pass(TimeSpan.FromDays(30));
        output.GetStringBuilder().Clear();
        Assert.Equal(0, await StatsGraphCommand.RunAsync(["vacuum", "--data", some.Data], host));
        Assert.Matches(@"\ADeleted 0 data files, .*\nKept [1-9] data files that issued reports were made of\.\n\z", output.ToString());
        Assert.Equal(0, await RunAsync("US-ATH", "--month", "2026-10", "--verify"));
    }

    [Fact]
    public async Task A_file_of_a_revision_has_the_same_bytes_whenever_it_is_written()
    {
        await RunAsync("US-ATH", "--issue");
        var written = new List<byte[]>();
        foreach (var format in (string[])["json", "csv", "pdf", "xlsx"])
        {
            foreach (var folder in (string[])["one", "two"])
            {
                Assert.Equal(0, await RunAsync("US-ATH", "--revision", "1", "--format", format, "--out", Path.Combine(some.Data, folder)));
                var path = Path.Combine(some.Data, folder, $"radio_US-ATH_2026-10_r1.{format}");
                Assert.Equal(path + "\n", output.ToString());
                written.Add(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
                clock.Pass(TimeSpan.FromDays(1));
            }
        }

        Assert.All(written.Chunk(2), pair => Assert.Equal(pair[0], pair[1]));
        using var workbook = new MemoryStream(written[^1]);
        var rows = workbook.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(("Main", 1.0, 1.0), (rows[1]["channel"], rows[1]["tuningHours_territory"], rows[1]["revision"]));
        Assert.Equal(["radio_US-ATH_2026-10_r1.csv", "radio_US-ATH_2026-10_r1.json", "radio_US-ATH_2026-10_r1.pdf", "radio_US-ATH_2026-10_r1.xlsx"],
            Directory.GetFiles(Path.Combine(some.Data, "one")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a profile is missing; expected one of CA-RESOUND, DE-GVL, INDUSTRY, UK-PPL, US-ATH")]
    [InlineData("'report-of-use' is no profile; the report of use has a verb of its own: statsgraph report-of-use", "report-of-use")]
    [InlineData("there is no profile 'XX'; expected one of CA-RESOUND, DE-GVL, INDUSTRY, UK-PPL, US-ATH", "XX")]
    [InlineData("option '--site': 'A B' is no site key; expected 1 to 64 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit", "US-ATH", "--site", "A B")]
    [InlineData("option '--month': '2026-Q4' is no month; expected one such as 2026-10, or the option '--period'", "US-ATH", "--month", "2026-Q4")]
    [InlineData("options '--month' and '--period' both name a period; expected one of them", "US-ATH", "--month", "2026-10", "--period", "2026")]
    [InlineData("options '--issue' and '--verify' cannot be together", "US-ATH", "--issue", "--verify")]
    [InlineData("options '--revision' and '--issue' cannot be together", "US-ATH", "--issue", "--revision", "1")]
    [InlineData("option '--revision': revisions are numbered from 1", "US-ATH", "--revision", "0")]
    public async Task Wrong_usage_is_told_in_one_line(string message, params string[] arguments)
    {
        Assert.Equal(2, await RunAsync(arguments));
        Assert.Equal(("", $"statsgraph: {message}\n"), (output.ToString(), error.ToString()));
    }

    [Fact]
    public async Task What_is_not_there_or_damaged_is_told_in_one_line()
    {
        var path = Path.Combine(some.Data, "issued", "radio", "US-ATH", "2026-10", "0001.json");
        Assert.Equal(1, await RunAsync("US-ATH", "--revision", "1"));
        Assert.Equal($"statsgraph: {path}: there is no revision 1; nothing of that name was issued\n", error.ToString());
        Assert.Equal(1, await RunAsync("US-ATH", "--verify"));
        Assert.Equal("statsgraph: nothing was issued for US-ATH 2026-10 of radio\n", error.ToString());
        Assert.Equal(1, await RunAsync("US-ATH", "--site", "other"));
        Assert.Equal("statsgraph: there is no site 'other'; expected one that is configured or that logs were ingested for\n", error.ToString());

        await RunAsync("US-ATH", "--issue");
        await File.AppendAllTextAsync(path, " ", TestContext.Current.CancellationToken);
        foreach (var arguments in (string[][])[["US-ATH", "--revision", "1"], ["US-ATH", "--issue"], ["US-ATH", "--verify"], ["US-ATH", "--list"]])
        {
            Assert.Equal(1, await RunAsync(arguments));
            Assert.Equal(
                $"statsgraph: {path}: the report is damaged: it is not the canonical JSON that was written; expected it as it was issued\n", error.ToString());
        }
    }

    [Fact]
    public async Task A_profile_of_ones_own_is_used_and_a_wrong_one_is_told_by_its_file_and_key()
    {
        var rules = Directory.CreateDirectory(Path.Combine(some.Data, "rules"));
        var file = Path.Combine(rules.FullName, "at.json");
        const string Profile = """
            {
              "name": "AT-OWN", "title": "Hours in Great Britain", "version": 1,
              "sources": [{ "title": "A contract", "address": "https://example.org/contract", "read": "2026-11-01" }],
              "effective": { "from": null, "to": null }, "territory": { "name": "Great Britain", "countries": ["GB"] },
              "minimumDuration": 0, "excludedKinds": [], "measures": [], "threshold": null, "notes": []
            }
            """;
        await File.WriteAllTextAsync(file, Profile, TestContext.Current.CancellationToken);
        (string, string)[] variables = [("STATSGRAPH_COMPLIANCE__PROFILES", rules.FullName)];
        Assert.Equal(0, await RunAsync(variables, "AT-OWN"));
        Assert.Equal(0.5, JsonSerializer.Deserialize<JsonElement>(output.ToString()).GetProperty("total").GetProperty("territory").GetProperty("tuningHours").GetDouble());
        Assert.Equal(0, await RunAsync(variables, "--list"));
        Assert.Contains("AT-OWN      1        Hours in Great Britain", output.ToString(), StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, Profile.Replace("\"GB\"", "\"UK\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(1, await RunAsync(variables, "US-ATH"));
        Assert.Equal(
            $"statsgraph: {file}: key 'territory.countries': 'UK' is not what is expected: a country code of ISO 3166-1 such as US\n", error.ToString());
    }

    [Fact]
    public async Task A_period_whose_lines_are_being_removed_is_not_issued()
    {
        (string, string)[] variables = [("STATSGRAPH_SITES__RADIO__RETENTION", "14d")];
        Assert.Equal(1, await RunAsync(variables, "US-ATH", "--issue"));
        Assert.Equal(
            "statsgraph: 2026-10 of radio is not issued: the site's Retention removes lines from before 2026-10-19, so that the period is not whole\n", error.ToString());
        Assert.Equal(0, await RunAsync(variables, "US-ATH"));
    }

    [Fact]
    public async Task Processes_that_issue_at_once_make_one_revision()
    {
        using var one = some.StartCommand("report", "US-ATH", "--site", "radio", "--month", "2026-10", "--issue");
        using var two = some.StartCommand("report", "US-ATH", "--site", "radio", "--month", "2026-10", "--issue");
        var outputs = await Task.WhenAll(one.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), two.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        var errors = await Task.WhenAll(one.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), two.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await Task.WhenAll(one.WaitForExitAsync(TestContext.Current.CancellationToken), two.WaitForExitAsync(TestContext.Current.CancellationToken));

        Assert.True((one.ExitCode, two.ExitCode) == (0, 0), string.Concat(errors));
        Assert.Equal(outputs[0], outputs[1]);
        Assert.Single(errors, text => text.Contains("issued revision 1", StringComparison.Ordinal));
        Assert.Single(errors, text => text.Contains("no figure has changed", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(Path.Combine(some.Data, "issued"), "*", SearchOption.AllDirectories));
    }

    public void Dispose() => some.Dispose();

    private static string Text(JsonElement report, string part, string key) => report.GetProperty(part).GetProperty(key).GetString()!;

    private void Ingest(string name, string address, string stamp, string mount, int seconds)
        => some.Ingest([some.Write(name, System.Text.Encoding.Latin1.GetBytes(
            $"{address} - - [{stamp}] \"GET {mount} HTTP/1.1\" 200 {seconds * 16_000L} \"-\" \"VLC/3.0.20\" {seconds}\n"))]);

    private Task<int> RunAsync(params string[] arguments) => RunAsync([], arguments);

    private Task<int> RunAsync((string, string)[] variables, params string[] arguments)
    {
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        var host = SomeHost.In(some.Data, variables) with { Output = output, Error = error, Clock = clock };
        return StatsGraphCommand.RunAsync(["report", "--data", some.Data, .. arguments], host);
    }
}
