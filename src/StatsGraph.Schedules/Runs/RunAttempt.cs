using StatsGraph.Schedules.Deliveries;
using StatsGraph.Schedules.Times;

namespace StatsGraph.Schedules.Runs;

/// <summary>Works on one run that is claimed: makes its files, and delivers them where they are not yet.</summary>
/// <param name="run">The run.</param>
/// <param name="claim">The claim.</param>
/// <param name="folder">What is kept of it.</param>
/// <param name="ledger">Knows the other runs.</param>
/// <param name="tally">Counts.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="options">How it is done.</param>
internal sealed class RunAttempt(
    DueRun run, RunClaim claim, RunFolder folder, ScheduleLedger ledger, ScheduleTally tally, TimeProvider clock, RunnerOptions options)
{
    private const int LongestError = 500;

    private readonly string name = run.Schedule.Name;

    /// <summary>A step that takes longer than the lease would be done by another one as well.</summary>
    private TimeSpan LongestStep => options.Lease * 0.8;

    /// <summary>Does what can be done now.</summary>
    /// <param name="make">Makes the files.</param>
    /// <param name="making">Lets one at a time make something.</param>
    /// <param name="cancellation">Stops the work; what is not finished counts as not begun.</param>
    /// <exception cref="LostClaimException">Another process has taken the run over.</exception>
    public async Task GoOnAsync(MakeFiles make, SemaphoreSlim making, CancellationToken cancellation)
    {
        if (claim.State.Made is null)
            await MakeInTurnAsync(make, making, cancellation);
        for (var place = 0; place < claim.State.Deliveries.Count && claim.State.Made is not null; place++)
        {
            if (claim.State.Deliveries[place] is { IsOpen: true } open && !(open.NextAttempt > clock.GetUtcNow()))
                await DeliverAsync(place, cancellation);
        }

        if (claim.State.Deliveries.Any(delivery => delivery.IsOpen))
            return;
        claim.Save(claim.State with { EndedAt = clock.GetUtcNow() });
        // What did not reach its target can still be found here.
        if (claim.State.HasArrived)
            folder.RemoveContent();
    }

    /// <summary>Ends a run that was missed too long ago.</summary>
    public void LeaveOut()
    {
        var now = clock.GetUtcNow();
        claim.Save(claim.State with
        {
            EndedAt = now,
            Deliveries = [.. claim.State.Deliveries.Select(delivery => delivery with { Progress = DeliveryProgress.Missed, At = now })],
        });
        tally.Run(name, "missed");
        options.Tell(FormattableString.Invariant(
            $"schedule {name}: the run due {run.Due:yyyy-MM-dd HH:mm}Z was missed, and so may others have been before it; they are left out, since CatchUp is {run.Schedule.CatchUp}"));
    }

    private async Task MakeInTurnAsync(MakeFiles make, SemaphoreSlim making, CancellationToken cancellation)
    {
        await making.WaitAsync(cancellation);
        try
        {
            claim.Extend();
            await MakeAsync(make, cancellation);
        }
        finally
        {
            making.Release();
        }
    }

    private async Task MakeAsync(MakeFiles make, CancellationToken cancellation)
    {
        using var limit = Limit(cancellation);
        try
        {
            var output = await make(run, limit.Token);
            var files = output.Files.Select(file => folder.Keep(file.Name, file.MediaType, file.Content)).ToList();
            claim.Save(claim.State with
            {
                Attempts = claim.State.Attempts + 1,
                Made = new MadeFiles(clock.GetUtcNow(), output.Title, output.Summary, output.Report, files),
                Deliveries = [.. claim.State.Deliveries.Select(delivery => delivery with { Progress = DeliveryProgress.Waiting, Error = null, NextAttempt = null })],
            });
            tally.Run(name, "made");
        }
        catch (Exception failure) when (failure is not LostClaimException && !cancellation.IsCancellationRequested)
        {
            var attempts = claim.State.Attempts + 1;
            var error = Told(failure, limit.Token);
            var (progress, next) = AfterFailure(attempts);
            tally.Run(name, "failed");
            options.Tell($"schedule {name}: the run due {run.Due:yyyy-MM-dd HH:mm}Z could not be made: {error}; {Outlook(next)}");
            claim.Save(claim.State with
            {
                Attempts = attempts,
                Deliveries =
                [
                    .. claim.State.Deliveries.Select(delivery => delivery with { Progress = progress, Error = error, At = clock.GetUtcNow(), NextAttempt = next }),
                ],
            });
        }
    }

    private async Task DeliverAsync(int place, CancellationToken cancellation)
    {
        var before = claim.State.Deliveries[place];
        claim.Extend();
        var after = await AttemptAsync(before, cancellation) with { At = clock.GetUtcNow() };
        claim.Save(claim.State with { Deliveries = [.. claim.State.Deliveries.Select((delivery, index) => index == place ? after : delivery)] });
    }

    private async Task<DeliveryState> AttemptAsync(DeliveryState before, CancellationToken cancellation)
    {
        if (run.Schedule.Targets.FirstOrDefault(target => target.Kind == before.Kind) is not { } target)
            return before with { Progress = DeliveryProgress.GivenUp, Error = $"the schedule has no {before.Kind} any more", NextAttempt = null };
        if (!claim.State.IsOnDemand && claim.State.Made!.Report is { } report && ledger.HasDelivered(name, run.Due, before.Kind, report.Checksum))
            return before with { Progress = DeliveryProgress.Unchanged, NextAttempt = null };
        var attempts = before.Attempts + 1;
        using var limit = Limit(cancellation);
        try
        {
            await target.DeliverAsync(Content(before.Id), limit.Token);
            tally.Delivery(name, before.Kind, "delivered");
            if (attempts > 1)
                options.Tell(FormattableString.Invariant($"schedule {name}: the run due {run.Due:yyyy-MM-dd HH:mm}Z is delivered to its {before.Kind} after {attempts} attempts"));
            return before with { Address = target.Address, Progress = DeliveryProgress.Delivered, Attempts = attempts, Error = null, NextAttempt = null };
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            var error = Told(failure, limit.Token);
            var (progress, next) = AfterFailure(attempts);
            tally.Delivery(name, before.Kind, next is null ? "given_up" : "failed");
            options.Tell($"schedule {name}: the run due {run.Due:yyyy-MM-dd HH:mm}Z could not be delivered to its {before.Kind}: {error}; {Outlook(next)}");
            return before with { Address = target.Address, Progress = progress, Attempts = attempts, Error = error, NextAttempt = next };
        }
    }

    private Delivery Content(string id)
    {
        var made = claim.State.Made!;
        return new Delivery(
            id, name, run.Schedule.Site, claim.State.Period, run.Due, made.At, made.Title, made.Summary,
            [.. made.Files.Select(file => new DeliveredFile(file.Name, file.MediaType, folder.ContentOf(file), file.Sha256))]);
    }

    private (DeliveryProgress Progress, DateTimeOffset? Next) AfterFailure(int attempts)
        => attempts >= run.Schedule.Attempts ? (DeliveryProgress.GivenUp, null)
            : (DeliveryProgress.Retrying, clock.GetUtcNow() + Backoff.After(attempts, options.Chance()));

    private static string Outlook(DateTimeOffset? next)
        => next is { } time ? FormattableString.Invariant($"tried again at {time:yyyy-MM-dd HH:mm:ss}Z") : "it is given up";

    private CancellationTokenSource Limit(CancellationToken cancellation)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestStep);
        return limit;
    }

    private string Told(Exception failure, CancellationToken limit)
    {
        var text = failure is OperationCanceledException && limit.IsCancellationRequested
            ? FormattableString.Invariant($"it took longer than {LongestStep.TotalMinutes:0.#} minutes") : failure.Message.ReplaceLineEndings(" ");
        return text.Length <= LongestError ? text : text[..LongestError] + "...";
    }
}
