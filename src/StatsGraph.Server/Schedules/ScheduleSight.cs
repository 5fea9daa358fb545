using StatsGraph.Schedules;
using StatsGraph.Schedules.Runs;
using StatsGraph.Server.Auth;

namespace StatsGraph.Server.Schedules;

/// <summary>The schedules as somebody sees them: those of the sites that one administers, and those of all sites where that is all of them.</summary>
/// <param name="book">The schedules; null for none.</param>
/// <param name="caller">Who looks.</param>
/// <param name="now">When.</param>
internal sealed class ScheduleSight(ScheduleBook? book, Caller caller, DateTimeOffset now)
{
    /// <summary>When somebody looks.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The schedules, in the order of their names.</summary>
    public IEnumerable<SeenSchedule> Schedules
        => (book?.Schedules ?? []).Where(schedule => caller.MayAdminister(schedule.Site)).Select(schedule => new SeenSchedule(schedule, book!.Ledger));

    /// <summary>All deliveries of their runs, in no order.</summary>
    public IEnumerable<SeenDelivery> Deliveries
        => Schedules.SelectMany(seen => seen.Runs.SelectMany(run => run.Deliveries.Select(delivery => new SeenDelivery(seen.Schedule, run, delivery))));
}

/// <summary>A schedule and where its runs are.</summary>
internal sealed record SeenSchedule(Schedule Schedule, ScheduleLedger Ledger)
{
    /// <summary>Its runs, the newest first.</summary>
    public IReadOnlyList<RunState> Runs => Ledger.Runs(Schedule.Name);
}

/// <summary>A delivery and what it belongs to.</summary>
internal sealed record SeenDelivery(Schedule Schedule, RunState Run, DeliveryState State)
{
    /// <summary>Orders deliveries by when they were due, the newest first, then by schedule and kind of target.</summary>
    public string Key => FormattableString.Invariant($"{DateTimeOffset.MaxValue.UtcTicks - Run.Due.UtcTicks:D19}/{Schedule.Name}/{State.Kind}");
}
