using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Lake;

namespace StatsGraph.Tests.Compliance;

/// <summary>Reports that are issued, restated, shown again and computed again.</summary>
public sealed class IssueTests : IDisposable
{
    private static readonly IssuedKey Key = new(SomeCompliance.Site, "US-ATH", "2026-10");

    private readonly SomeCompliance some = new(now: "2026-11-03T00:00:00Z");

    public IssueTests() => some.Session("/live", "2026-10-10T12:00:00Z", 3_600).Session("/jazz", "2026-10-11T12:00:00Z", 1_800, "DE");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_issue_is_revision_1_and_the_same_figures_make_no_other()
    {
        var first = await some.IssueAsync("2026-10");
        some.Pass(TimeSpan.FromDays(1));
        // Of another month: the lake is another one, the figures are the same.
        some.Session("/live", "2026-11-01T12:00:00Z", 60).Rejected("date");
        var second = await some.IssueAsync("2026-10");

        Assert.Equal((true, 1), (first.IsNew, first.Report.Revision));
        Assert.Equal((false, 1, first.Report.Report.Checksum), (second.IsNew, second.Report.Revision, second.Report.Report.Checksum));
        Assert.Equal(["0001.json"], Files());
        Assert.Equal(first.Report.Bytes.ToArray(), await File.ReadAllBytesAsync(first.Report.Path, Cancellation));
        Assert.Equal((null, 0L, 0), (first.Report.Report.Issue!.PreviousChecksum, first.Report.Report.Issue.SessionsSinceFirst, first.Report.Report.Issue.Changes.Count));
        Assert.EndsWith(Path.Combine("issued", "radio", "US-ATH", "2026-10", "0001.json"), first.Report.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_session_makes_a_revision_that_says_what_changed_and_by_how_much()
    {
        var first = await some.IssueAsync("2026-10");
        some.Pass(TimeSpan.FromDays(2));
        // 23:00 on 31 October to 04:00: an hour of October; it ended, and so was logged, after the first issue.
        some.Session("/live", "2026-10-31T23:00:00Z", 18_000, listener: 2);
        var second = (await some.IssueAsync("2026-10")).Report.Report;
        some.Session("/new", "2026-10-01T00:00:00Z", 900, null, listener: 3);
        var third = (await some.IssueAsync("2026-10")).Report.Report;

        Assert.Equal((2, 1, first.Report.Report.Checksum), (second.Issue!.Revision, second.Issue.SessionsSinceFirst, second.Issue.PreviousChecksum));
        Assert.Equal(
            [
                new FigureChange(null, "tuningHours_territory", "hours", 1, 2, 1), new FigureChange(null, "sessions_territory", "sessions", 1, 2, 1),
                new FigureChange(null, "tuningHours_all", "hours", 1.5, 2.5, 1), new FigureChange(null, "sessions_all", "sessions", 2, 3, 1),
                new FigureChange(null, "activeSessions", "sessions", 2, 3, 1), new FigureChange(null, "ATH", "hours", 1, 2, 1),
                new FigureChange("/live", "tuningHours_territory", "hours", 1, 2, 1), new FigureChange("/live", "sessions_territory", "sessions", 1, 2, 1),
                new FigureChange("/live", "tuningHours_all", "hours", 1, 2, 1), new FigureChange("/live", "sessions_all", "sessions", 1, 2, 1),
                new FigureChange("/live", "activeSessions", "sessions", 1, 2, 1), new FigureChange("/live", "ATH", "hours", 1, 2, 1),
            ],
            second.Issue.Changes);
        Assert.Equal((3, 2, second.Checksum), (third.Issue!.Revision, third.Issue.SessionsSinceFirst, third.Issue.PreviousChecksum));
        Assert.Equal(first.Report.Report.Issue!.IssuedAt, third.Issue.FirstIssuedAt);
        Assert.Contains(new FigureChange("/new", "tuningHours_unknown", "hours", null, 0.25, 0.25), third.Issue.Changes);
        Assert.Equal(3, some.Desk.Issued.All(Key).Count);
    }

    [Fact]
    public async Task Data_that_become_complete_make_a_revision_although_no_figure_changes()
    {
        await some.IssueAsync("2026-10");
        // A day past the end of October and more.
        some.Session("/live", "2026-11-02T12:00:00Z", 60);
        var second = (await some.IssueAsync("2026-10")).Report.Report;
        some.Session("/live", "2026-11-02T18:00:00Z", 60);
        var third = await some.IssueAsync("2026-10");

        Assert.Equal((2, 0, true), (second.Issue!.Revision, second.Issue.Changes.Count, second.Data.Complete));
        Assert.Equal(
            ["The data are complete now: they reach up to 2026-11-02T12:01:00Z; before, they were not, and reached up to 2026-10-11T12:30:00Z."],
            second.Issue.OtherChanges);
        Assert.Equal((false, 2, "2026-11-02T18:01:00Z"), (third.IsNew, third.Report.Revision, third.Data.Through.ToString()));
    }

    [Fact]
    public async Task Another_threshold_other_rules_and_lines_that_were_left_out_make_a_revision_although_no_figure_changes()
    {
        var rules = ComplianceProfiles.BuiltIn.Find("US-ATH")!;
        var lower = rules with { Threshold = rules.Threshold! with { TuningHours = 1_000.5 } };
        async Task<IReadOnlyList<string>> ChangesAsync(ComplianceProfile by)
        {
            var issued = await some.IssueAsync("2026-10", by);
            return issued.IsNew ? issued.Report.Report.Issue!.OtherChanges : ["nothing"];
        }

        Assert.Empty(await ChangesAsync(rules));
        Assert.Equal(["The threshold is 1,000.5 tuning hours a channel and month; before, it was 159,140 tuning hours a channel and month."], await ChangesAsync(lower));
        Assert.Equal(["nothing"], await ChangesAsync(lower with { Notes = ["Read again."], Sources = [rules.Sources[0]] }));
        Assert.Equal(
            ["The rules are version 2 of US-ATH; before, they were version 1.", "The threshold is none; before, it was 1,000.5 tuning hours a channel and month."],
            await ChangesAsync(lower with { Version = 2, Threshold = null }));
        some.Rejected("duration", "2026-10-12T00:00:00Z");
        Assert.Equal(["Lines left out as rejected (duration): 1; before, 0."], await ChangesAsync(lower with { Version = 2, Threshold = null }));
        some.With(("Main", ["/live"]));
        Assert.Empty(await ChangesAsync(lower with { Version = 2, Threshold = null }));
        some.With(("Main", ["/live", "/never"]));
        Assert.Equal(["The channel Main is /live, /never; before, it was /live."], await ChangesAsync(lower with { Version = 2, Threshold = null }));
    }

    [Fact]
    public async Task Every_revision_can_be_computed_again_from_the_lake_as_it_was()
    {
        await some.IssueAsync("2026-10");
        some.Pass(TimeSpan.FromDays(2));
        some.Session("/live", "2026-10-31T23:00:00Z", 18_000, listener: 2);
        await some.IssueAsync("2026-10");
        some.Lake.Compact(CompactionOptions.Full, Cancellation);
        some.With(("Other", ["/live", "/jazz"]));

        var desk = some.Desk;
        foreach (var report in desk.Issued.All(Key))
        {
            var verification = await desk.VerifyAsync(report, Cancellation);
            Assert.Equal((null, ""), (verification.Obstacle, string.Join('\n', verification.Differences)));
        }
    }

    [Fact]
    public async Task A_vacuum_keeps_what_issued_reports_were_made_of()
    {
        await some.IssueAsync("2026-10");
        some.Session("/live", "2026-10-31T23:00:00Z", 18_000, listener: 2);
        await some.IssueAsync("2026-10");
        some.Lake.Compact(CompactionOptions.Full, Cancellation);
        var needed = IssuedReports.NeededVersions(some.Folder);
        var result = some.Lake.Vacuum(new VacuumOptions { Age = TimeSpan.Zero, Keep = needed }, Cancellation);

        Assert.Equal([(1L, "2026-09-30T00:00:00Z"), (2L, "2026-09-30T00:00:00Z")], needed.Select(kept => (kept.Version, kept.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null))));
        Assert.Equal((0, 3), (result.DataFiles, result.Kept));
        var desk = some.Desk;
        foreach (var report in desk.Issued.All(Key))
            Assert.True((await desk.VerifyAsync(report, Cancellation)).IsSame);
    }

    [Fact]
    public async Task What_a_prune_removed_before_the_period_is_not_needed_and_what_it_removed_of_it_is_gone()
    {
        using var old = new SomeCompliance(now: "2026-12-03T00:00:00Z");
        old.Session("/live", "2026-01-10T12:00:00Z", 3_600).Rejected("date").Session("/live", "2026-10-10T12:00:00Z", 3_600).Session("/live", "2026-11-10T12:00:00Z", 1_800);
        var (october, november) = ((await old.IssueAsync("2026-10")).Report, (await old.IssueAsync("2026-11")).Report);
        old.Lake.Compact(CompactionOptions.Full, Cancellation);
        old.Lake.Prune(SomeCompliance.Site, new DateTimeOffset(2026, 10, 15, 0, 0, 0, TimeSpan.Zero), dryRun: false, Cancellation);
        old.Lake.Vacuum(new VacuumOptions { Age = TimeSpan.Zero, Keep = IssuedReports.NeededVersions(old.Folder) }, Cancellation);

        Assert.True((await old.Desk.VerifyAsync(november, Cancellation)).IsSame);
        Assert.Equal(
            "version 3 of the lake is gone: a prune took lines of its files out of the lake, or they were lost", (await old.Desk.VerifyAsync(october, Cancellation)).Obstacle);
    }

    [Fact]
    public async Task A_vacuum_is_not_told_what_a_damaged_report_needs()
    {
        var issued = (await some.IssueAsync("2026-10")).Report;
        await File.WriteAllTextAsync(issued.Path, "{}", Cancellation);
        Assert.StartsWith(
            $"{issued.Path}: the report is damaged: ", Assert.Throws<ComplianceException>(() => IssuedReports.NeededVersions(some.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_whose_files_are_deleted_cannot_be_computed_again_and_is_kept_all_the_same()
    {
        var first = await some.IssueAsync("2026-10");
        some.Lake.Compact(CompactionOptions.Full, Cancellation);
        some.Lake.Vacuum(new VacuumOptions { Age = TimeSpan.Zero }, Cancellation);

        var verification = await some.Desk.VerifyAsync(first.Report, Cancellation);
        Assert.Equal(
            $"version {first.Report.Report.Data.LakeVersion} of the lake is gone: a prune took lines of its files out of the lake, or they were lost", verification.Obstacle);
        Assert.Equal(first.Report.Bytes.ToArray(), some.Desk.Issued.Read(Key, 1).Bytes.ToArray());
    }

    [Fact]
    public async Task A_figure_that_somebody_wrote_into_a_report_is_found_when_it_is_computed_again()
    {
        var issued = (await some.IssueAsync("2026-10")).Report;
        var forged = ReportDocument.Seal(issued.Report with { Total = issued.Report.Total with { Territory = new Listening(7_200, 1) } });
        await File.WriteAllBytesAsync(issued.Path, ReportDocument.Write(forged), Cancellation);

        var desk = some.Desk;
        var verification = await desk.VerifyAsync(desk.Issued.Read(Key, 1), Cancellation);
        Assert.Equal(["tuningHours_territory of all channels is 2 in the report and 1 computed again"], verification.Differences);
    }

    [Fact]
    public async Task Damage_is_an_error_that_names_the_file()
    {
        await some.IssueAsync("2026-10");
        some.Session("/live", "2026-10-31T23:00:00Z", 60);
        var second = (await some.IssueAsync("2026-10")).Report;
        var text = Encoding.UTF8.GetString(second.Bytes.Span);
        foreach (var (damaged, message) in ((string, string)[])
        [
            (text.Replace("\"tuningHours\":1.0", "\"tuningHours\":2.0", StringComparison.Ordinal), "its content has not the checksum "),
            (text.Replace("{\"channels\"", "{ \"channels\"", StringComparison.Ordinal), "it is not the canonical JSON that was written"),
            (text[..^40], "it is no report: "),
            ("{}", "it has no checksum"),
            ("[]", "it has no checksum"),
            (Encoding.UTF8.GetString(some.Desk.Issued.Read(Key, 1).Bytes.Span), "it belongs to another place"),
        ])
        {
            Assert.NotEqual(text, damaged);
            await File.WriteAllTextAsync(second.Path, damaged, Cancellation);
            Assert.StartsWith($"{second.Path}: the report is damaged: {message}", Assert.Throws<ComplianceException>(() => some.Desk.Issued.Read(Key, 2)).Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<ComplianceException>(() => some.IssueAsync("2026-10"));
        }

        Assert.Equal(1, some.Desk.Issued.Read(Key, 1).Revision);
        File.Delete(second.Path);
        await File.WriteAllBytesAsync(second.Path.Replace("0002", "0003", StringComparison.Ordinal), second.Bytes, Cancellation);
        Assert.Equal(
            $"{second.Path}: the revision is missing, although there is 0003.json", Assert.Throws<ComplianceException>(() => some.Desk.Issued.Count(Key)).Message);
    }

    [Fact]
    public async Task A_revision_that_was_put_in_place_of_another_breaks_the_chain()
    {
        var first = (await some.IssueAsync("2026-10")).Report;
        some.Session("/live", "2026-10-31T23:00:00Z", 60);
        await some.IssueAsync("2026-10");
        var forged = ReportDocument.Seal(first.Report with { Remarks = ["Nothing to see."] });
        await File.WriteAllBytesAsync(first.Path, ReportDocument.Write(forged), Cancellation);

        Assert.Equal(
            $"{first.Path}: the report is damaged: 0002.json names another one as the revision before it",
            Assert.Throws<ComplianceException>(() => some.Desk.Issued.All(Key)).Message);
    }

    [Fact]
    public async Task Many_that_issue_at_once_make_one_revision()
    {
        for (var round = 1; round <= 3; round++)
        {
            some.Session("/live", $"2026-10-2{round}T12:00:00Z", 60);
            var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => some.IssueAsync("2026-10"), Cancellation)));
            Assert.Single(results, result => result.IsNew);
            Assert.All(results, result => Assert.Equal((round, results[0].Report.Report.Checksum), (result.Report.Revision, result.Report.Report.Checksum)));
        }

        Assert.Equal(["0001.json", "0002.json", "0003.json"], Files());
    }

    [Fact]
    public async Task The_checksum_is_the_sha256_of_the_canonical_json_without_it()
    {
        // As an auditor would do it, with nothing of ours; broken numbers stay as they are written.
        var issued = (await some.IssueAsync("2026-10")).Report;
        const string Script = """
            import hashlib, json, sys
            report = json.load(open(sys.argv[1], encoding="utf-8"), parse_float=lambda text: "number " + text + " number")
            checksum = report.pop("checksum")
            text = json.dumps(report, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            text = text.replace('"number ', "").replace(' number"', "")
            print(checksum == "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest())
            """;
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script, issued.Path]) { RedirectStandardOutput = true })!;
        Assert.Equal("True", (await python.StandardOutput.ReadToEndAsync(Cancellation)).Trim());
    }

    [Fact]
    public void Numbers_are_written_as_ecmascript_writes_them()
        => Assert.Equal(
            ["0", "0", "1", "-1", "1.5", "0.1", "1000000", "123456789012345680000", "1e+21", "1.5e+300", "0.000001", "1e-7", "1.25e-8", "5e-324", "9007199254740991", "333333333.3333333"],
            new[] { 0.0, -0.0, 1, -1, 1.5, 0.1, 1e6, 123456789012345680000.0, 1e21, 1.5e300, 1e-6, 1e-7, 1.25e-8, 5e-324, 9007199254740991, 333333333.33333329 }
                .Select(CanonicalJson.Number));

    [Fact]
    public void Keys_and_texts_are_written_as_the_rfc_has_them()
        => Assert.Equal(
            """{"":[],"a":{},"b":[1,null,true,"\u001f\n\"\\/é€😀"],"é":0}""",
            Encoding.UTF8.GetString(CanonicalJson.Write(System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(
                """{ "é": 0.0, "b": [1.0, null, true, "\u001f\u000a\"\\\/é€\ud83d\ude00"], "a": {}, "drop": 1, "": [] }"""), "drop")));

    [Fact]
    public async Task A_report_is_read_as_it_was_written()
    {
        var issued = (await some.IssueAsync("2026-10", "INDUSTRY")).Report.Report;
        Assert.Equal(ReportDocument.Write(issued), ReportDocument.Write(ReportDocument.Read<ComplianceReport>(ReportDocument.Write(issued))));
        Assert.Equal("sha256:", JsonNode.Parse(ReportDocument.Write(issued))!["checksum"]!.GetValue<string>()[..7]);
    }

    public void Dispose() => some.Dispose();

    private IEnumerable<string?> Files()
        => Directory.GetFiles(Path.Combine(some.Folder, "issued"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
