using System.Collections.Concurrent;
using StatsGraph.Lake;
using StatsGraph.Schedules.Times;

namespace StatsGraph.Schedules.Runs;

/// <summary>
/// Runs schedules: makes what is due, catches up what was missed, and delivers until it is delivered or given up. Any number of runners may share a
/// ledger: each run is made by one of them, and by another one where that died.
/// </summary>
public sealed class ScheduleRunner : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly ScheduleBook book;
    private readonly MakeFiles make;
    private readonly TimeProvider clock;
    private readonly RunnerOptions options;
    /// <summary>Making is work for the machine, delivering is mostly waiting.</summary>
    private readonly SemaphoreSlim making = new(1);
    private readonly ConcurrentDictionary<string, string> told = [];

    /// <param name="book">What is run, and which runs there were.</param>
    /// <param name="make">Makes the files of a run.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="options">How it is done; null for the usual way.</param>
    public ScheduleRunner(ScheduleBook book, MakeFiles make, TimeProvider clock, RunnerOptions? options = null)
        => (this.book, this.make, this.clock, this.options) = (book, make, clock, options ?? new RunnerOptions());

    private ScheduleLedger Ledger => book.Ledger;

    /// <summary>Does what is due, whenever it is, until the cancellation. What fails is told, and fails nothing else.</summary>
    public async Task UntilStoppedAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && book.Schedules.Count > 0)
        {
            await RunDueAsync(cancellation);
            await Task.Delay(Pause(), clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does all that is due, once. What fails is told, and is due again later.</summary>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Whether nothing failed.</returns>
    public async Task<bool> RunDueAsync(CancellationToken cancellation)
        => (await Task.WhenAll(book.Schedules.Select(schedule => TryRunAsync(schedule, cancellation)))).All(isDone => isDone);

    /// <summary>Makes a run at once, whatever the times of the schedule, and delivers it even where nothing is new.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>What became of it.</returns>
    public async Task<RunState> RunNowAsync(Schedule schedule, CancellationToken cancellation)
    {
        var run = new DueRun(schedule, DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()));
        while (Ledger.Run(schedule.Name, run.Due).Read() is not null)
            run = new DueRun(schedule, run.Due.AddMilliseconds(1));
        await GoOnAsync(run, isOnDemand: true, cancellation);
        return Ledger.Run(schedule.Name, run.Due).Read()!;
    }

    /// <inheritdoc/>
    public void Dispose() => making.Dispose();

    private TimeSpan Pause()
    {
        var now = clock.GetUtcNow();
        var next = book.Schedules.Select(schedule => Ledger.KnownSince(schedule) is { } since ? DueRun.Next(schedule, since, now)?.Ready - now : null)
            .Where(wait => wait is not null).DefaultIfEmpty(options.Look).Min()!.Value;
        return next < ShortestPause ? ShortestPause : next > options.Look ? options.Look : next;
    }

    private async Task<bool> TryRunAsync(Schedule schedule, CancellationToken cancellation)
    {
        try
        {
            var isDone = await RunAsync(schedule, cancellation);
            told.TryRemove(schedule.Name, out _);
            return isDone;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failure) when (failure is ScheduleException or LakeException or IOException or UnauthorizedAccessException)
        {
            // The same is told once, however often it is seen.
            if (told.GetValueOrDefault(schedule.Name) != failure.Message)
                options.Tell($"schedule {schedule.Name} cannot be run: {failure.Message}");
            told[schedule.Name] = failure.Message;
            return false;
        }
    }

    /// <summary>The oldest first, so that revisions come in their order.</summary>
    private async Task<bool> RunAsync(Schedule schedule, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var since = Ledger.Begin(schedule);
        var leftOut = DueRun.NewestLeftOut(schedule, since, now);
        LeaveOut(leftOut);
        var open = Ledger.Dues(schedule.Name).Where(due => !Ledger.HasEnded(schedule.Name, due));
        var isDone = true;
        foreach (var due in DueRun.ReadyOnes(schedule, since, now).Select(run => run.Due).Union(open).Order().ToList())
            isDone &= await GoOnAsync(new DueRun(schedule, due), isOnDemand: false, cancellation);
        book.Tally.IsOpen(schedule.Name, Ledger.Runs(schedule.Name).Sum(run => run.Deliveries.Count(delivery => delivery.IsOpen)));
        if (leftOut is not null)
            Ledger.Prune(schedule.Name, leftOut.Due);
        return isDone;
    }

    /// <summary>Goes on with a run, unless somebody else does or it has to wait.</summary>
    /// <returns>Whether nothing that was tried failed.</returns>
    private async Task<bool> GoOnAsync(DueRun run, bool isOnDemand, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var folder = Ledger.Run(run.Schedule.Name, run.Due);
        if (Ledger.HasEnded(run.Schedule.Name, run.Due) || folder.Read()?.Waits > clock.GetUtcNow())
            return true;
        try
        {
            using var claim = folder.TryClaim(options.Owner, options.Lease, First(run) with { IsOnDemand = isOnDemand });
            if (claim is null)
                return true;
            if (claim.IsTakenOver)
                options.Tell($"schedule {run.Schedule.Name}: the run due {run.Due:yyyy-MM-dd HH:mm}Z was left unfinished, and is taken over");
            await new RunAttempt(run, claim, folder, Ledger, book.Tally, clock, options).GoOnAsync(make, making, cancellation);
            return claim.State.HasArrived;
        }
        catch (LostClaimException)
        {
            options.Tell($"schedule {run.Schedule.Name}: the run due {run.Due:yyyy-MM-dd HH:mm}Z was taken over by another process, since it took too long here");
            return true;
        }
    }

    private void LeaveOut(DueRun? run)
    {
        if (run is null || Ledger.Run(run.Schedule.Name, run.Due) is not { } folder || folder.Read() is not null)
            return;
        using var claim = folder.TryClaim(options.Owner, options.Lease, First(run));
        if (claim is not null)
            new RunAttempt(run, claim, folder, Ledger, book.Tally, clock, options).LeaveOut();
    }

    private RunState First(DueRun run) => new()
    {
        Due = run.Due,
        Period = run.Period.Name,
        Deliveries = [.. run.Schedule.Targets.Select(target => new DeliveryState(
            target.Kind, target.Address, Ledger.DeliveryId(run.Schedule.Name, run.Due, target.Kind)))],
    };
}
