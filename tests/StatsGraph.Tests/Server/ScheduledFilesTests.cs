using Microsoft.Extensions.Logging.Abstractions;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Schedules;
using StatsGraph.Schedules.Times;
using StatsGraph.Server;
using StatsGraph.Server.Schedules;
using StatsGraph.Server.Tables;

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
        var files = new ScheduledFiles(
            station.Store, new ServerOptions { DataFolder = station.Folder }, FileForms.For(paper: null), (_, _) => { }, NullLogger.Instance);
        var schedule = new Schedule
        {
            Name = "us-hours",
            Times = CronTimes.Parse("0 6 1 * *", "UTC"),
            Work = new ScheduledWork.Report(rules.Name),
            Site = SomeStation.Key,
            Period = RelativePeriod.Parse("last month"),
            Formats = ["json"],
            Targets = [],
        };

        var output = await files.MakeAsync(new DueRun(schedule, new DateTimeOffset(2026, 11, 1, 6, 0, 0, TimeSpan.Zero)), TestContext.Current.CancellationToken);

        Assert.StartsWith("Revision 2 of ", output.Summary[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                "0 figures have changed since the revision before; active sessions since the first one: 0.",
                FormattableString.Invariant($"The rules are version {rules.Version} of US-ATH; before, they were version 99."),
            ],
            output.Summary.Skip(1).Take(2));
    }
}
