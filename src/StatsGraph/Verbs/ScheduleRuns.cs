using StatsGraph.Compliance;
using StatsGraph.Configuration;
using StatsGraph.Reports;
using StatsGraph.Schedules;
using StatsGraph.Schedules.Runs;
using StatsGraph.Server;
using StatsGraph.Server.Schedules;
using StatsGraph.Server.Tables;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>The schedules of a data folder, and what runs them. Shared by the verbs <c>serve</c> and <c>schedule</c>.</summary>
/// <param name="host">Clock and standard error.</param>
/// <param name="settings">The schedules.</param>
internal sealed class ScheduleRuns(CommandHost host, Settings settings)
{
    /// <summary>The schedules and what became of their runs.</summary>
    public ScheduleBook Book { get; } = new(settings.Schedules, new ScheduleLedger(settings.DataFolder, host.Clock));

    /// <summary>What runs the schedules; the caller disposes it.</summary>
    /// <param name="store">The figures; stays the caller's.</param>
    /// <param name="options">How a server would answer.</param>
    /// <exception cref="CommandException">A schedule cannot be run; the message names the setting.</exception>
    public ScheduleRunner Open(ReportStore store, ServerOptions options)
    {
        void Check(string site, CompliancePeriod days) => WholePeriods.ThrowIfPruned(settings, site, days, host.Clock.GetUtcNow());
        var files = new ScheduledFiles(store, options, FileForms.For(settings.Paper, settings.Fonts), Check, new ErrorLog(host.Error));
        foreach (var schedule in Book.Schedules)
        {
            if (files.Fault(schedule) is var (setting, complaint))
                throw CommandException.Failed($"setting {ScheduleReader.SectionName}:{schedule.Name}:{setting}: {complaint}");
        }

        return new ScheduleRunner(Book, files.MakeAsync, host.Clock, new RunnerOptions { Tell = line => host.Error.WriteLine(ErrorLine.Of(line)) });
    }
}
