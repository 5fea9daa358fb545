namespace StatsGraph.Schedules.Runs;

/// <summary>The right to work on a run. Let go when it is disposed.</summary>
internal sealed class RunClaim : IDisposable
{
    private readonly RunFolder folder;
    private readonly int number;
    private readonly TimeProvider clock;
    private readonly TimeSpan lease;
    private RunStep step;

    public RunClaim(RunFolder folder, int number, RunStep step, bool isTakenOver, TimeProvider clock, TimeSpan lease)
        => (this.folder, this.number, this.step, IsTakenOver, this.clock, this.lease) = (folder, number, step, isTakenOver, clock, lease);

    /// <summary>What has become of the run.</summary>
    public RunState State => step.State;

    /// <summary>Whether the one before did not let go: it died, or was too slow.</summary>
    public bool IsTakenOver { get; }

    /// <summary>Makes sure that the run is still one's own, for the whole time of the lease from now on.</summary>
    /// <exception cref="LostClaimException">Another one has taken it over.</exception>
    public void Extend() => Save(State);

    /// <summary>Writes down what has become of the run.</summary>
    /// <exception cref="LostClaimException">Another one has taken it over; what it writes holds.</exception>
    public void Save(RunState state)
    {
        if (!folder.IsNewest(number))
            throw new LostClaimException();
        step = step with { State = state, LeaseUntil = clock.GetUtcNow() + lease };
        folder.Write(number, step);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        step = step with { LeaseUntil = null };
        folder.Write(number, step);
    }
}

/// <summary>Another process has taken a run over, because this one did not go on with it in time.</summary>
internal sealed class LostClaimException : Exception;
