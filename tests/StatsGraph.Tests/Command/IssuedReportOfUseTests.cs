using System.Globalization;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Command;

/// <summary>
/// Reports of use that are issued: kept as they were, restated, shown again and computed again. A listener in the United States hears /live.mp3 on
/// 10 October from 12 to 13 o'clock, where two recordings are played, of five minutes each.
/// </summary>
public sealed class IssuedReportOfUseTests : IDisposable
{
    private const string Contact = """ "Contact": "Jane Roe", "Street": "1 Main Street", "City": "Springfield, IL 62701", "Telephone": "555-0100", "Email": "jane@example.org" """;

    private const string Header = "artist,title,album,label,isrc,start,duration,mount\n";
    private const string One = "A,One,Album,Label,,2026-10-10T12:00:00Z,300,/live.mp3\n";
    private const string Two = "A,Two,,,DEABC2600002,2026-10-10T12:05:00Z,300,/live.mp3\n";
    private const string Three = "B,Three,,,,2026-10-10T12:10:00Z,,/live.mp3\n";

    private readonly SomeLake some = new("UTC", DateTimeOffset.UnixEpoch);
    private readonly ManualClock clock = new(DateTimeOffset.Parse("2026-11-03T06:00:00Z", CultureInfo.InvariantCulture));
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private (string, string)[] variables = [];

    public IssuedReportOfUseTests()
    {
        Configure($$"""{ "Category": "B", "Headers": true, {{Contact}} }""");
        Hear("a.log", "198.51.100.7", "13:00:00", 3_600);
        Play("plays.csv", One + Two);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revision_says_what_late_sessions_and_plays_changed_and_what_was_issued_stays()
    {
        Assert.Equal(0, await RunAsync("--issue"));
        var first = output.ToString();
        Assert.StartsWith(
            "Some Radio\r\nJane Roe\r\n1 Main Street\r\nSpringfield, IL 62701\r\n555-0100\r\njane@example.org\r\n20261001\r\n20261031\r\n20261103\r\n2\r\n^\r\n|\r\n\r\n^NAME_OF_SERVICE^",
            first, StringComparison.Ordinal);
        Assert.EndsWith("^Some Radio^|^B^|^A^|^One^||^Album^|^Label^|1\r\n^Some Radio^|^B^|^A^|^Two^|^DEABC2600002^|||1\r\n", first, StringComparison.Ordinal);
        Assert.StartsWith("statsgraph: issued revision 1 of REPORT-OF-USE 2026-10\nstatsgraph: The data are not complete: ", error.ToString(), StringComparison.Ordinal);

        clock.Pass(TimeSpan.FromDays(2));
        Assert.Equal(0, await RunAsync("--issue"));
        Assert.Equal(first, output.ToString());
        Assert.StartsWith("statsgraph: revision 1 of 2026-11-03T06:00:00Z holds: no figure has changed\n", error.ToString(), StringComparison.Ordinal);

        Hear("b.log", "203.0.113.9", "12:02:00", 120);
        Play("more.csv", Three);
        Assert.Equal(0, await RunAsync("--issue"));
        Assert.StartsWith(
            """
            statsgraph: issued revision 2: 3 figures changed; active sessions since the first issue: +1
            statsgraph: all channels, performances: 2 -> 4 performances (+2)
            statsgraph: all channels, performances of A - One (Album, Label): 1 -> 2 performances (+1)
            statsgraph: all channels, performances of B - Three: none -> 1 performances (+1)

            """,
            error.ToString(), StringComparison.Ordinal);
        Assert.Contains("\nmissing: ISRC or album and label of 'B - Three'\n", error.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync("--revision", "1"));
        Assert.Equal(first, output.ToString());
        Assert.Equal(0, await RunAsync("--revision", "2", "--format", "json"));
        Assert.Equal(await File.ReadAllTextAsync(Kept(2), Cancellation), output.ToString());
    }

    [Fact]
    public async Task A_revision_is_computed_again_from_the_lake_and_the_plays_as_they_were_even_after_a_vacuum()
    {
        Assert.Equal(0, await RunAsync("--issue"));
        Hear("b.log", "203.0.113.9", "12:02:00", 120);
        Play("more.csv", Three);
        Assert.Equal(0, await RunAsync("--issue"));
        foreach (var table in (LakeTable[])[LakeTable.Open(some.Data), LakeTable.OpenPlays(some.Data)])
        {
            table.Compact(CompactionOptions.Full, Cancellation);
            Assert.Equal(2, table.Vacuum(new VacuumOptions { Age = TimeSpan.Zero, Keep = IssuedReports.NeededVersions(some.Data) }, Cancellation).Kept);
        }

        Assert.Equal(0, await RunAsync("--verify"));
        Assert.Equal(
            "Revision 1: the checksum is right, and the figures are the same computed again from version 0 of the lake.\n"
            + "Revision 2: the checksum is right, and the figures are the same computed again from version 1 of the lake.\n",
            output.ToString());

        foreach (var (setting, complaint) in ((string, string)[])
        [
            ("""{ "PlayCeilingMinutes": 5 }""", "the site's PlayCeilingMinutes is another than then, 60"), ("""{ "TimeZone": "Europe/Berlin" }""", "the site's TimeZone is another than then, UTC"),
        ])
        {
            await File.WriteAllTextAsync(Path.Combine(some.Data, "appsettings.json"), $$"""{ "Sites": { "radio": {{setting}} } }""", Cancellation);
            Assert.Equal(1, await RunAsync("--verify", "--revision", "2"));
            Assert.Equal($"statsgraph: {Kept(2)}: the checksum is right, but the figures cannot be computed again: {complaint}\n", error.ToString());
        }

        Configure("""{ "Category": "B" }""");
        File.Delete(LakeTable.OpenPlays(some.Data).SnapshotAt(0)!.Files.Single().Path);
        Assert.Equal(1, await RunAsync("--verify", "--revision", "1"));
        Assert.Contains("version 0 of the lake, or version 0 of its plays, is gone", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_setting_makes_another_revision_and_reports_by_hours_are_a_series_of_their_own()
    {
        Assert.Equal(0, await RunAsync("--issue"));
        Assert.Equal(0, await RunAsync("--issue", "--by-hours"));
        Assert.EndsWith("^Some Radio^|^B^|^A^|^Two^|^DEABC2600002^|||1.00|^/live.mp3^|1\r\n", output.ToString(), StringComparison.Ordinal);

        Configure("""{ "Service": "Radio One (KONE)", "Category": "A" }""", channels: """{ "Main": ["/live.mp3"] }""");
        Assert.Equal(0, await RunAsync("--issue"));
        Assert.StartsWith(
            """
            statsgraph: issued revision 2: 0 figures changed; active sessions since the first issue: 0
            statsgraph: The service is Radio One (KONE); before, it was Some Radio.
            statsgraph: The transmission category is A; before, it was B.
            statsgraph: The contact is left out; before, it was Jane Roe, 1 Main Street, Springfield, IL 62701, 555-0100, jane@example.org.

            """,
            error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("--issue", "--by-hours"));
        Assert.Contains("statsgraph: Main, plays of A - Two (DEABC2600002): none -> 1 plays (+1)\n", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("statsgraph: The channels are Main: /live.mp3; before, they were the mounts.\n", error.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync("--list"));
        Assert.Equal(
            [("REPORT-OF-USE", "1"), ("REPORT-OF-USE", "2"), ("REPORT-OF-USE-BY-HOURS", "1"), ("REPORT-OF-USE-BY-HOURS", "2")],
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(row => (row[0], row[2])));
        Assert.Equal(0, await CommandAsync("report", "--list", "--site", "radio"));
        Assert.DoesNotContain("REPORT-OF-USE", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("options '--revision' and '--category' cannot be together", "--revision", "1", "--category", "B")]
    [InlineData("options '--verify' and '--headers' cannot be together", "--verify", "--headers")]
    [InlineData("options '--issue' and '--list' cannot be together", "--issue", "--list")]
    [InlineData("option '--revision': revisions are numbered from 1", "--revision", "0")]
    public async Task What_is_asked_of_one_that_is_made_cannot_be_asked_of_one_that_was_issued(string message, params string[] words)
    {
        Assert.Equal(2, await RunAsync(words));
        Assert.StartsWith($"statsgraph: {message}", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Category": "D" }""", "setting Sites:radio:ReportOfUse:Category: 'D' is no transmission category; expected one of A, B, C, H, I, J, K")]
    [InlineData("""{ "Category": "B", "Headers": true }""", "setting Sites:radio:ReportOfUse:Headers: needs the contact; expected Contact, Street, City, Telephone and Email beside it")]
    public async Task A_setting_that_is_wrong_is_named(string use, string complaint)
    {
        Configure(use);
        Assert.Equal(1, await RunAsync("--issue"));
        Assert.Equal($"statsgraph: {complaint}\n", error.ToString());
    }

    [Fact]
    public async Task No_profile_bears_its_name()
    {
        var folder = Directory.CreateDirectory(Path.Combine(some.Data, "profiles")).FullName;
        var file = Path.Combine(folder, "use.json");
        Assert.Equal(0, await CommandAsync("report", "US-ATH", "--site", "radio", "--month", "2026-10"));
        var rules = System.Text.Json.Nodes.JsonNode.Parse(output.ToString())!["profile"]!;
        rules["name"] = "REPORT-OF-USE";
        await File.WriteAllTextAsync(file, rules.ToJsonString(), Cancellation);
        variables = [("STATSGRAPH_COMPLIANCE__PROFILES", folder)];

        Assert.Equal(1, await CommandAsync("report", "US-ATH", "--site", "radio", "--month", "2026-10"));
        Assert.Equal($"statsgraph: {file}: key 'name': 'REPORT-OF-USE' is that of the report of use; expected another\n", error.ToString());
    }

    public void Dispose() => some.Dispose();

    private string Kept(int revision) => Path.Combine(some.Data, "issued", "radio", "REPORT-OF-USE", "2026-10", FormattableString.Invariant($"{revision:0000}.json"));

    private void Configure(string use, string channels = "{}") => File.WriteAllText(
        Path.Combine(some.Data, "appsettings.json"), $$"""{ "Sites": { "radio": { "Name": "Some Radio", "Channels": {{channels}}, "ReportOfUse": {{use}} } } }""");

    private void Hear(string name, string address, string end, int seconds) => some.Ingest(
    [
        some.Write(name, System.Text.Encoding.Latin1.GetBytes(
            $"{address} - - [10/Oct/2026:{end} +0000] \"GET /live.mp3 HTTP/1.1\" 200 {seconds * 16_000L} \"-\" \"VLC/3.0.20\" {seconds}\n")),
    ]);

    private void Play(string name, string rows)
    {
        var file = some.Write(name, System.Text.Encoding.UTF8.GetBytes(Header + rows));
        Assert.Equal(0, CommandAsync("ingest", "--quiet", "--site", "radio", file).GetAwaiter().GetResult());
    }

    private Task<int> RunAsync(params string[] words) => CommandAsync(["report-of-use", "--site", "radio", "--month", "2026-10", .. words]);

    private Task<int> CommandAsync(params string[] words)
    {
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        return StatsGraphCommand.RunAsync([words[0], "--data", some.Data, .. words[1..]], SomeHost.In(some.Data, variables) with { Output = output, Error = error, Clock = clock });
    }
}
