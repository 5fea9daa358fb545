using System.Diagnostics.Metrics;
using StatsGraph.Schedules;

namespace StatsGraph.Server.Telemetry;

/// <summary>Instruments that tell what this process has done for schedules. None of them reads anything when somebody looks.</summary>
internal sealed class ScheduleMetrics
{
    /// <summary>Attribute: name of a schedule, as it is configured.</summary>
    public const string Schedule = "statsgraph.schedule";

    /// <summary>Attribute: kind of a target.</summary>
    public const string Target = "statsgraph.target";

    /// <summary>Makes the instruments.</summary>
    public ScheduleMetrics(Meter meter, ScheduleBook book)
    {
        var tally = book.Tally;
        meter.CreateObservableCounter(
            "statsgraph.schedule.runs",
            () => tally.Runs.Select(run => new Measurement<long>(run.Count, new(Schedule, run.Schedule), new(ServerMetrics.Outcome, run.Outcome))),
            "{run}",
            "Runs whose files were made, whose making failed, and which were missed and left out.");
        meter.CreateObservableCounter(
            "statsgraph.schedule.deliveries",
            () => tally.Deliveries.Select(delivery => new Measurement<long>(
                delivery.Count, new(Schedule, delivery.Schedule), new(Target, delivery.Kind), new(ServerMetrics.Outcome, delivery.Outcome))),
            "{attempt}",
            "Attempts to deliver that succeeded, that failed, and that failed and were the last.");
        meter.CreateObservableUpDownCounter(
            "statsgraph.schedule.open_deliveries",
            () => tally.Open.Select(schedule => new Measurement<int>(schedule.Count, new KeyValuePair<string, object?>(Schedule, schedule.Schedule))),
            "{delivery}",
            "Deliveries that were due and are not made yet, as of the last look.");
    }
}
