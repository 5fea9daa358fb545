using System.Collections.Concurrent;

namespace StatsGraph.Schedules.Runs;

/// <summary>Counts what a runner does, for metrics. Safe for any number of threads.</summary>
public sealed class ScheduleTally
{
    private readonly ConcurrentDictionary<(string Schedule, string Outcome), long> runs = [];
    private readonly ConcurrentDictionary<(string Schedule, string Kind, string Outcome), long> deliveries = [];
    private readonly ConcurrentDictionary<string, int> open = [];

    /// <summary>Runs whose files were <c>made</c>, whose making <c>failed</c>, and which were <c>missed</c> and left out.</summary>
    public IReadOnlyList<(string Schedule, string Outcome, long Count)> Runs
        => [.. runs.Select(run => (run.Key.Schedule, run.Key.Outcome, run.Value))];

    /// <summary>Attempts to deliver, by kind of target, that <c>delivered</c>, <c>failed</c>, or failed and were <c>given_up</c>.</summary>
    public IReadOnlyList<(string Schedule, string Kind, string Outcome, long Count)> Deliveries
        => [.. deliveries.Select(delivery => (delivery.Key.Schedule, delivery.Key.Kind, delivery.Key.Outcome, delivery.Value))];

    /// <summary>Deliveries of each schedule that were due and are not made yet, as of the last look.</summary>
    public IReadOnlyList<(string Schedule, int Count)> Open => [.. open.Select(schedule => (schedule.Key, schedule.Value))];

    internal void IsOpen(string schedule, int count) => open[schedule] = count;

    internal void Run(string schedule, string outcome) => runs.AddOrUpdate((schedule, outcome), 1, (_, count) => count + 1);

    internal void Delivery(string schedule, string kind, string outcome)
        => deliveries.AddOrUpdate((schedule, kind, outcome), 1, (_, count) => count + 1);
}
