using StatsGraph.Schedules.Runs;

namespace StatsGraph.Schedules;

/// <summary>The schedules of a data folder, and what became of their runs.</summary>
/// <param name="Schedules">The schedules, in the order of their names.</param>
/// <param name="Ledger">Which runs there were, also those that others made.</param>
public sealed record ScheduleBook(IReadOnlyList<Schedule> Schedules, ScheduleLedger Ledger)
{
    /// <summary>What was done in this process.</summary>
    public ScheduleTally Tally { get; } = new();
}
