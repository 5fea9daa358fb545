namespace StatsGraph.Schedules.Runs;

/// <summary>How a runner works.</summary>
public sealed record RunnerOptions
{
    /// <summary>Who it is, for people that read the ledger.</summary>
    public string Owner { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>
    /// How long it may take for one step, be it making the files or one delivery, before another one takes the run over. Longer than clocks differ.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time between looks for what others have left.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Is told, in one line without a newline and without secrets, what went wrong or was made up for.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>A number from 0 to 1 that makes retries come at different times.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;
}
