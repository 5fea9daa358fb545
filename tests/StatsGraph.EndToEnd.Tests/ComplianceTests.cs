using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>Compliance reports by the built command: issued, restated when logs come late, and shown again as they were.</summary>
public sealed class ComplianceTests
{
    /// <summary>Two addresses of the documentation's networks, whose country no file knows.</summary>
    private const string October =
        """
        192.0.2.1 - - [10/Oct/2026:13:00:00 +0000] "GET /live.mp3 HTTP/1.1" 200 57600000 "-" "VLC/3.0.20" 3600
        192.0.2.2 - - [31/Oct/2026:23:30:00 +0000] "GET /jazz.mp3 HTTP/1.1" 200 28800000 "-" "VLC/3.0.20" 1800
        192.0.2.2 - - [31/Oct/2026:23:31:00 +0000] "GET /missing HTTP/1.1" 404 100 "-" "VLC/3.0.20" 0

        """;

    /// <summary>One that began at 23:00 on 31 October and ended at 04:00, one of the 20th from a server that was silent, one of November.</summary>
    private const string Late =
        """
        192.0.2.3 - - [01/Nov/2026:04:00:00 +0000] "GET /live.mp3 HTTP/1.1" 200 288000000 "-" "VLC/3.0.20" 18000
        192.0.2.4 - - [20/Oct/2026:12:15:00 +0000] "GET /live.mp3 HTTP/1.1" 200 14400000 "-" "VLC/3.0.20" 900
        192.0.2.5 - - [03/Nov/2026:12:00:00 +0000] "GET /live.mp3 HTTP/1.1" 200 960000 "-" "VLC/3.0.20" 60

        """;

    private static readonly string[] Report = ["report", "US-ATH", "--site", "radio", "--month", "2026-10", "--format", "csv", "--out", "."];

    [Fact]
    public async Task A_late_log_makes_a_revision_and_the_first_one_stays_as_it_was()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", October);
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "radio", "access.log"]);
        var first = await StatsGraphProcess.RunAsync(folder, [.. Report, "--issue"]);
        Assert.Equal((0, "./radio_US-ATH_2026-10_r1.csv\n"), (first.ExitStatus, first.Output));
        Assert.StartsWith("statsgraph: issued revision 1 of US-ATH 2026-10\n", first.Error, StringComparison.Ordinal);
        var table = await File.ReadAllBytesAsync(folder["radio_US-ATH_2026-10_r1.csv"], TestContext.Current.CancellationToken);
        var document = await File.ReadAllBytesAsync(folder["data/issued/radio/US-ATH/2026-10/0001.json"], TestContext.Current.CancellationToken);

        folder.Write("late.log", Late);
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "radio", "late.log"]);
        var second = await StatsGraphProcess.RunAsync(folder, [.. Report, "--issue"]);
        Assert.Equal((0, "./radio_US-ATH_2026-10_r2.csv\n"), (second.ExitStatus, second.Output));
        Assert.Equal(
            """
            statsgraph: issued revision 2: 10 figures changed; active sessions since the first issue: +2
            statsgraph: all channels, tuningHours_unknown: 1.5 -> 2.75 hours (+1.25)
            statsgraph: all channels, sessions_unknown: 2 -> 4 sessions (+2)
            statsgraph: all channels, tuningHours_all: 1.5 -> 2.75 hours (+1.25)
            statsgraph: all channels, sessions_all: 2 -> 4 sessions (+2)
            statsgraph: all channels, activeSessions: 2 -> 4 sessions (+2)
            statsgraph: /live.mp3, tuningHours_unknown: 1 -> 2.25 hours (+1.25)
            statsgraph: /live.mp3, sessions_unknown: 1 -> 3 sessions (+2)
            statsgraph: /live.mp3, tuningHours_all: 1 -> 2.25 hours (+1.25)
            statsgraph: /live.mp3, sessions_all: 1 -> 3 sessions (+2)
            statsgraph: /live.mp3, activeSessions: 1 -> 3 sessions (+2)
            statsgraph: The data are complete now: they reach up to 2026-11-03T12:00:00Z; before, they were not, and reached up to 2026-10-31T23:31:00Z.

            """,
            second.Error);

        File.Delete(folder["radio_US-ATH_2026-10_r1.csv"]);
        await StatsGraphProcess.RunAsync(folder, [.. Report, "--revision", "1"]);
        Assert.Equal(table, await File.ReadAllBytesAsync(folder["radio_US-ATH_2026-10_r1.csv"], TestContext.Current.CancellationToken));
        Assert.Equal(document, await File.ReadAllBytesAsync(folder["data/issued/radio/US-ATH/2026-10/0001.json"], TestContext.Current.CancellationToken));
        var verified = await StatsGraphProcess.RunAsync(folder, ["report", "US-ATH", "--site", "radio", "--month", "2026-10", "--verify"]);
        Assert.Equal((0, 2), (verified.ExitStatus, verified.Output.Split("the figures are the same computed again").Length - 1));
        await AssertShownAsync(folder);
    }

    [Fact]
    public async Task A_report_in_the_data_folder_is_no_log()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", October);
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "radio", "access.log"]);
        await StatsGraphProcess.RunAsync(folder, ["report", "US-ATH", "--site", "radio", "--month", "2026-10", "--issue"]);
        folder.Write("data/late.log", Late);
        var summary = await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "radio", "--json", "data"]);
        Assert.Equal((0, 3), (summary.ExitStatus, summary.Json.GetProperty("lines").GetInt64()));
    }

    /// <summary>The API has both revisions, the newest first, and what is between them.</summary>
    private static async Task AssertShownAsync(TemporaryFolder folder)
    {
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };
        const string Document =
            """
            { site(key: "radio") { issuedReports { nodes { profile period revisionCount revisions {
              checksum complete document total { unknown { tuningHours } } issue { revision previousChecksum sessionsSinceFirst changes { channel figure difference } otherChanges }
            } } } } }
            """;
        var response = await Answers.AskAsync(client, Document);
        Assert.False(response.TryGetProperty("errors", out var errors), errors.ToString());
        var series = response.GetProperty("data").GetProperty("site").GetProperty("issuedReports").GetProperty("nodes")[0];
        Assert.Equal(("US-ATH", "2026-10", 2), (series.GetProperty("profile").GetString(), series.GetProperty("period").GetString(), series.GetProperty("revisionCount").GetInt32()));
        var (second, first) = (series.GetProperty("revisions")[0], series.GetProperty("revisions")[1]);
        Assert.Equal((2.75, 1.5), (Hours(second), Hours(first)));
        Assert.Equal((true, false), (second.GetProperty("complete").GetBoolean(), first.GetProperty("complete").GetBoolean()));
        Assert.Equal(await File.ReadAllTextAsync(folder["data/issued/radio/US-ATH/2026-10/0001.json"], TestContext.Current.CancellationToken), first.GetProperty("document").GetString());
        Assert.Equal(first.GetProperty("checksum").GetString(), second.GetProperty("issue").GetProperty("previousChecksum").GetString());
        Assert.Equal("""{"channel":null,"figure":"tuningHours_unknown","difference":1.25}""", second.GetProperty("issue").GetProperty("changes")[0].GetRawText());
        Assert.Equal((2, 1), (second.GetProperty("issue").GetProperty("sessionsSinceFirst").GetInt32(), second.GetProperty("issue").GetProperty("otherChanges").GetArrayLength()));
        Assert.Equal(0, (await server.TerminateAsync()).ExitStatus);
    }

    private static double Hours(JsonElement revision) => revision.GetProperty("total").GetProperty("unknown").GetProperty("tuningHours").GetDouble();
}
