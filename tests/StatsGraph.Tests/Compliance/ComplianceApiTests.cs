using System.Text;
using System.Text.Json.Nodes;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Channels;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Compliance.Use;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Tests.Server;

namespace StatsGraph.Tests.Compliance;

/// <summary>Compliance reports in the API, of the station with ten lines.</summary>
public sealed class ComplianceApiTests : IDisposable
{
    private readonly SomeStation station = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ComplianceOptions Options => new()
    {
        DataFolder = station.Folder,
        Channels = new Dictionary<string, ChannelMap>
        {
            ["demo"] = ChannelMap.Of(new Dictionary<string, IReadOnlyList<string>> { ["Both"] = ["/live.mp3", "/jazz"] }, new Dictionary<string, string>()),
        },
    };

    [Fact]
    public async Task A_draft_has_the_channels_that_are_configured()
    {
        // One hour and ten minutes in Germany, half an hour in the US, a quarter of an hour of unknown country.
        var report = await AskAsync(
            """
            { site(key: "demo") { compliance(profile: "us-ath", period: { month: "2026-10" }) {
              service period { name start } complete issue { revision }
              channels { name mounts territory { tuningHours } outside { listeningSeconds } unknown { sessions } all { sessions } activeSessions
                measure(name: "ATH") none: measure(name: "x") measures { name value points { key } } threshold { month limit tuningHours elapsed } thresholds { text } }
              total { threshold { share } territory { tuningHours } } days(first: 2) { date territoryHours outsideHours } leftOut { class reason lines undated } remarks
            } } }
            """);
        report = report["site"]!["compliance"]!;
        Assert.Equal(
            """
            {"service":"Demo FM","period":{"name":"2026-10","start":"2026-09-30T22:00:00Z"},"complete":false,"issue":null,"channels":[{"name":"Both",
            "mounts":["/jazz","/live.mp3"],"territory":{"tuningHours":0.5},"outside":{"listeningSeconds":4200},"unknown":{"sessions":1},"all":{"sessions":4},
            "activeSessions":4,"measure":0.5,"none":null,"measures":[{"name":"ATH","value":0.5,"points":[]},{"name":"peak","value":1,"points":[]}]
            """.ReplaceLineEndings(""),
            report.ToJsonString()[..report.ToJsonString().IndexOf(",\"threshold\"", StringComparison.Ordinal)]);
        Assert.Equal("""{"month":"2026-10","limit":159140,"tuningHours":0.5,"elapsed":""", report["channels"]![0]!["threshold"]!.ToJsonString()[..62]);
        Assert.Equal(
            """[{"date":"2026-10-01","territoryHours":0,"outsideHours":1.1666666666666667},{"date":"2026-10-02","territoryHours":0.5,"outsideHours":0}]""",
            report["days"]!.ToJsonString());
        Assert.Equal(
            """[{"class":"bot","reason":null,"lines":1,"undated":0},{"class":"error","reason":null,"lines":3,"undated":0},{"class":"rejected","reason":"no-duration","lines":0,"undated":1}]""",
            report["leftOut"]!.ToJsonString());
    }

    [Fact]
    public async Task A_period_by_name_is_a_month_and_one_of_instants_is_refused_unless_it_has_whole_days()
    {
        const string Name = "{ site(key: \"demo\") { compliance(profile: \"DE-GVL\", period: { PERIOD }) { period { name } } } }";
        Assert.Equal("2026-10", (await AskAsync(Name.Replace("PERIOD", "preset: LAST_MONTH", StringComparison.Ordinal)))["site"]!["compliance"]!["period"]!["name"]!.ToString());
        Assert.Equal("2026-Q3", (await AskAsync(Name.Replace("PERIOD", "days: { from: \"2026-07-01\", to: \"2026-10-01\" }", StringComparison.Ordinal)))
            ["site"]!["compliance"]!["period"]!["name"]!.ToString());
        var error = await AnswerAsync(Name.Replace("PERIOD", "instants: { from: \"2026-10-01T00:00:00Z\", to: \"2026-10-02T00:00:00Z\" }", StringComparison.Ordinal));
        Assert.Equal("PERIOD_INVALID", error["errors"]![0]!["extensions"]!["code"]!.ToString());
        Assert.Contains("is not of whole days of Europe/Berlin", error["errors"]![0]!["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issued_reports_are_shown_with_their_revisions_byte_for_byte()
    {
        var desk = new ComplianceDesk(Options, station.Store);
        var issued = await desk.IssueAsync("demo", ComplianceProfiles.BuiltIn.Find("US-ATH")!, CompliancePeriod.Parse("2026-10"), Cancellation);
        await desk.IssueAsync("demo", ComplianceProfiles.BuiltIn.Find("UK-PPL")!, CompliancePeriod.Parse("2026-Q4"), Cancellation);

        var page = await AskAsync(
            """
            { site(key: "demo") {
              all: issuedReports { totalCount nodes { profile period revisionCount } }
              us: issuedReports(profile: "us-ath", first: 1) { nodes { revisions { checksum document issue { revision issuedAt changes { figure } } } } }
            } }
            """);
        Assert.Equal(
            """{"totalCount":2,"nodes":[{"profile":"UK-PPL","period":"2026-Q4","revisionCount":1},{"profile":"US-ATH","period":"2026-10","revisionCount":1}]}""",
            page["site"]!["all"]!.ToJsonString());
        var revision = page["site"]!["us"]!["nodes"]![0]!["revisions"]![0]!;
        Assert.Equal(Encoding.UTF8.GetString(issued.Report.Bytes.Span), revision["document"]!.ToString());
        Assert.Equal((issued.Report.Report.Checksum, 1, "2026-11-22T12:00:00Z"), (
            revision["checksum"]!.ToString(), revision["issue"]!["revision"]!.GetValue<int>(), revision["issue"]!["issuedAt"]!.ToString()));
    }

    [Fact]
    public async Task An_answer_from_memory_never_hides_what_was_issued_since()
    {
        await using var server = new RunningServer(new SomeStation(), new ServerOptions { DataFolder = station.Folder });
        await server.InitializeAsync();
        const string Count = "{ site(key: \"demo\") { issuedReports { totalCount } } }";
        Assert.Contains("\"totalCount\":0", (await server.QueryAsync(Count)).GetRawText(), StringComparison.Ordinal);
        await new ComplianceDesk(Options, station.Store).IssueAsync(
            "demo", ComplianceProfiles.BuiltIn.Find("US-ATH")!, CompliancePeriod.Parse("2026-10"), Cancellation);
        Assert.Contains("\"totalCount\":1", (await server.QueryAsync(Count)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_of_use_that_were_issued_are_a_list_of_their_own()
    {
        var request = new ReportOfUseRequest("Demo FM", 'B', CompliancePeriod.Parse("2026-10"), ByHours: false, Contact: null);
        var issued = (await new UseDesk(Options, station.Store).IssueAsync("demo", request, Cancellation)).Report.Report;
        var site = (await AskAsync(
            "{ site(key: \"demo\") { issuedReports { totalCount } issuedReportsOfUse { nodes { name period revisionCount revisions { service category byHours complete playsVersion "
            + "performances unknownCountry outside unheard rowCount rows { artist missing } checksum document issue { revision } period { name } } } } } }"))["site"]!;

        Assert.Equal("""{"totalCount":0}""", site["issuedReports"]!.ToJsonString());
        var series = site["issuedReportsOfUse"]!["nodes"]!.AsArray().Single()!;
        Assert.Equal(("REPORT-OF-USE", "2026-10", 1), (series["name"]!.ToString(), series["period"]!.ToString(), series["revisionCount"]!.GetValue<int>()));
        var revision = series["revisions"]!.AsArray().Single()!;
        Assert.Equal(("B", -1L, 0, issued.Checksum), (revision["category"]!.ToString(), revision["playsVersion"]!.GetValue<long>(), revision["rowCount"]!.GetValue<int>(), revision["checksum"]!.ToString()));
        Assert.Equal(ReportDocument.Write(issued), Encoding.UTF8.GetBytes(revision["document"]!.ToString()));
    }

    [Fact]
    public async Task The_profiles_tell_their_sources()
    {
        var profiles = (await AskAsync(
            "{ complianceProfiles { name version effectiveFrom territory countries minimumDuration excludedKinds measures { name figure in unit } "
            + "threshold { tuningHours source { address } } sources { title address read } notes } }"))["complianceProfiles"]!.AsArray();
        Assert.Equal(["CA-RESOUND", "DE-GVL", "INDUSTRY", "UK-PPL", "US-ATH"], profiles.Select(profile => profile!["name"]!.ToString()));
        Assert.Equal("""["RELAY","BOT"]""", profiles[4]!["excludedKinds"]!.ToJsonString());
        Assert.Equal("""{"name":"ATSL","figure":"AVERAGE_LISTENING","in":"EVERYWHERE","unit":"hours"}""", profiles[2]!["measures"]![3]!.ToJsonString());
        Assert.All(profiles, profile => Assert.NotEmpty(profile!["sources"]!.AsArray()));
    }

    [Fact]
    public async Task Whoever_may_not_read_a_site_sees_neither_its_drafts_nor_its_reports()
    {
        await new ComplianceDesk(Options, station.Store).IssueAsync(
            "demo", ComplianceProfiles.BuiltIn.Find("US-ATH")!, CompliancePeriod.Parse("2026-10"), Cancellation);
        await using var server = new RunningServer(new SomeStation(), new ServerOptions { DataFolder = station.Folder, Access = AccessMode.Tokens });
        await server.InitializeAsync();
        var token = new TokenFolder(station.Folder, TimeProvider.System).Add(TokenScope.Read, ["other"], null, null).Text;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = new StringContent(
            """{"query":"{ site(key: \"demo\") { issuedReports { totalCount } compliance(profile: \"US-ATH\", period: { month: \"2026-10\" }) { checksum } } }"}""",
            Encoding.UTF8, "application/json");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await server.Client.SendAsync(request, Cancellation);
        Assert.Equal("""{"data":{"site":null}}""", await response.Content.ReadAsStringAsync(Cancellation));
    }

    public void Dispose() => station.Dispose();

    private async Task<JsonNode> AskAsync(string query)
    {
        var answer = await AnswerAsync(query);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!;
    }

    private async Task<JsonNode> AnswerAsync(string query)
    {
        var response = await GraphQLExecutor.ExecuteAsync(station.Store, query, null, null, Cancellation, compliance: Options);
        return JsonNode.Parse(response.Json.Span)!;
    }
}
