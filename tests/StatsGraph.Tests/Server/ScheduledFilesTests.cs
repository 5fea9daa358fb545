using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Compliance.Use;
using StatsGraph.Printing;
using StatsGraph.Schedules;
using StatsGraph.Schedules.Times;
using StatsGraph.Server;
using StatsGraph.Server.Schedules;
using StatsGraph.Server.Tables;
using StatsGraph.Tests.Command;

namespace StatsGraph.Tests.Server;

/// <summary>What receivers of a scheduled report are told beside its files.</summary>
public sealed class ScheduledFilesTests
{
    [Fact]
    public async Task What_changed_beside_the_figures_is_told()
    {
        using var station = new SomeStation();
        var rules = ComplianceProfiles.BuiltIn.Find("US-ATH")!;
        var desk = new ComplianceDesk(new ComplianceOptions { DataFolder = station.Folder }, station.Store);
        await desk.IssueAsync(SomeStation.Key, rules with { Version = 99 }, CompliancePeriod.Parse("2026-10"), TestContext.Current.CancellationToken);
        var files = Files(station, new ComplianceOptions());
        var schedule = Monthly(rules.Name, "json");

        var output = await files.MakeAsync(new DueRun(schedule, new DateTimeOffset(2026, 11, 1, 6, 0, 0, TimeSpan.Zero)), TestContext.Current.CancellationToken);

        Assert.StartsWith("Revision 2 of ", output.Summary[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                "0 figures have changed since the revision before; active sessions since the first one: 0.",
                FormattableString.Invariant($"The rules are version {rules.Version} of US-ATH; before, they were version 99."),
            ],
            output.Summary.Skip(1).Take(2));
    }

    [Fact]
    public async Task A_report_of_use_is_issued_and_said_what_it_lacks()
    {
        using var station = new SomeStation();
        await File.WriteAllBytesAsync(Path.Combine(station.Folder, "lake.key"), new byte[32], TestContext.Current.CancellationToken);
        var file = Path.Combine(station.Folder, "plays.csv");
        await File.WriteAllTextAsync(file, "artist,title,start,duration,mount\nA,One,2026-10-02T20:00:00Z,300,/live.mp3\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, await StatsGraphCommand.RunAsync(["ingest", "--quiet", "--data", station.Folder, "--site", SomeStation.Key, file], SomeHost.In(station.Folder)));
        var use = new ReportOfUseTerms("Demo FM", 'B', Contact: null, Headers: false);
        var compliance = new ComplianceOptions { Use = new Dictionary<string, ReportOfUseTerms> { [SomeStation.Key] = use } };
        var files = Files(station, compliance);
        var schedule = Monthly("REPORT-OF-USE", "txt", "json");
        Assert.Null(files.Fault(schedule));

        var output = await files.MakeAsync(new DueRun(schedule, new DateTimeOffset(2026, 11, 1, 6, 0, 0, TimeSpan.Zero)), TestContext.Current.CancellationToken);

        Assert.Equal(("Report of use of sound recordings: Demo FM, 2026-10", 1), (output.Title, output.Report!.Revision));
        Assert.Equal(["DemoFM20261001-20261031.txt", "demo_REPORT-OF-USE_2026-10_r1.json"], output.Files.Select(made => made.Name));
        Assert.Equal("^Demo FM^|^B^|^A^|^One^||||1\r\n", Encoding.ASCII.GetString(output.Files[0].Content));
        Assert.Contains("2026-10: 1 row, 1 performance within the United States.", output.Summary);
        Assert.Equal("missing: ISRC or album and label of 'A - One'", output.Summary[^1]);

        Assert.Equal(("Formats", "'pdf' is none of txt, zip, csv, json"), files.Fault(Monthly("report-of-use", "pdf")));
        Assert.Equal(
            ("Report", "'demo' has no transmission category; expected the setting Sites:demo:ReportOfUse:Category"), Files(station, new ComplianceOptions()).Fault(Monthly("REPORT-OF-USE-BY-HOURS", "txt")));
    }

    private static ScheduledFiles Files(SomeStation station, ComplianceOptions compliance) => new(
        station.Store, new ServerOptions { DataFolder = station.Folder, Compliance = compliance }, FileForms.For(paper: null, PrintFonts.Carried), (_, _) => { }, NullLogger.Instance);

    private static Schedule Monthly(string report, params string[] formats) => new()
    {
        Name = "monthly",
        Times = CronTimes.Parse("0 6 1 * *", "UTC"),
        Work = new ScheduledWork.Report(report),
        Site = SomeStation.Key,
        Period = RelativePeriod.Parse("last month"),
        Formats = formats,
        Targets = [],
    };
}
