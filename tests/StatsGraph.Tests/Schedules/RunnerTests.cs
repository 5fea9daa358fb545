using StatsGraph.Schedules;
using StatsGraph.Schedules.Runs;
using StatsGraph.Schedules.Times;
using static StatsGraph.Tests.Schedules.SomeSchedules;

namespace StatsGraph.Tests.Schedules;

/// <summary>Each run is made once: in time, after down-time, by many at once, and where somebody dies in the middle.</summary>
public sealed class RunnerTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_run_is_made_once_when_it_is_due_and_nothing_from_before_the_schedule_was_there()
    {
        using var some = new SomeSchedules("2027-11-15T12:00:00Z");
        await some.RunUntilAsync(some.Runner(some.Schedule("0 6 1 * *", "Europe/Berlin")), "2028-03-02T00:00:00Z", 6 * Hour);
        Assert.Equal(["2027-11", "2027-12", "2028-01", "2028-02"], some.Made);
        Assert.Equal(
            ["2027-11_20271201T0500.txt", "2027-12_20280101T0500.txt", "2028-01_20280201T0500.txt", "2028-02_20280301T0500.txt"], some.Delivered);
        Assert.Empty(some.Told);
    }

    [Fact]
    public async Task A_day_is_reported_once_where_the_clock_changes()
    {
        using var some = new SomeSchedules("2026-10-23T12:00:00Z");
        await some.RunUntilAsync(some.Runner(some.Schedule("30 2 * * *", "Europe/Berlin", "yesterday")), "2026-10-27T12:00:00Z", TimeSpan.FromMinutes(15));
        Assert.Equal(["2026-10-23_2026-10-24", "2026-10-24_2026-10-25", "2026-10-25_2026-10-26", "2026-10-26_2026-10-27"], some.Made);
    }

    [Fact]
    public async Task A_run_waits_for_its_period_to_settle()
    {
        using var some = new SomeSchedules("2026-10-15T00:00:00Z");
        var schedule = some.Schedule("0 6 1 * *") with { SettleAfterDays = 4 };
        var runner = some.Runner(schedule);
        await some.RunUntilAsync(runner, "2026-11-04T23:00:00Z", Hour);
        Assert.Empty(some.Made);
        Assert.Equal(At("2026-11-05T00:00:00Z"), DueRun.Next(schedule, some.Ledger.KnownSince(schedule)!.Value, some.Clock.GetUtcNow())!.Ready);
        await some.RunUntilAsync(runner, "2026-11-05T00:00:00Z", Hour);
        Assert.Equal(["2026-10_20261101T0600.txt"], some.Delivered);
    }

    [Fact]
    public async Task What_was_missed_is_caught_up_up_to_a_bound_which_is_told_once()
    {
        using var some = new SomeSchedules("2026-01-15T00:00:00Z");
        var schedule = some.Schedule("0 6 1 * *") with { CatchUp = 3 };
        await some.RunUntilAsync(some.Runner(schedule), "2026-02-02T00:00:00Z", Day);
        some.Clock.Pass(TimeSpan.FromDays(9 * 30));
        var later = some.Runner(schedule);
        await later.RunDueAsync(Cancellation);
        Assert.Equal(["2026-01", "2026-07", "2026-08", "2026-09"], some.Made);
        const string LeftOut = "schedule some: the run due 2026-08-01 06:00Z was missed, and so may others have been before it; they are left out, since CatchUp is 3";
        Assert.Equal([LeftOut.Replace("2026-08", "2026-07", StringComparison.Ordinal)], some.Told);
        await some.RunUntilAsync(some.Runner(schedule), "2026-12-02T00:00:00Z", Day);
        Assert.Equal(["2026-01", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"], some.Made);
        Assert.Single(some.Told);
        Assert.Equal(DeliveryProgress.Missed, some.Ledger.Runs("some").Single(run => run.Due == At("2026-07-01T06:00:00Z")).Deliveries[0].Progress);
    }

    [Fact]
    public async Task Other_times_begin_anew()
    {
        using var some = new SomeSchedules("2026-01-15T00:00:00Z");
        await some.RunUntilAsync(some.Runner(some.Schedule("0 6 1 * *")), "2026-03-02T00:00:00Z", Day);
        var hourly = some.Runner(some.Schedule("0 * * * *", period: "yesterday"));
        await hourly.RunDueAsync(Cancellation);
        Assert.Equal(["2026-01", "2026-02"], some.Made);
        some.Clock.Pass(Hour);
        await hourly.RunDueAsync(Cancellation);
        Assert.Equal(["2026-01", "2026-02", "2026-03-01_2026-03-02"], some.Made);
    }

    [Fact]
    public async Task Many_runners_on_one_lake_make_each_run_once()
    {
        using var some = new SomeSchedules("2026-01-01T00:30:00Z");
        var target = new SteeredTarget(_ => Task.CompletedTask);
        var schedule = some.Schedule("0 * * * *", period: "today", targets: target) with { CatchUp = 100 };
        await some.Runner(schedule).RunDueAsync(Cancellation);
        some.Clock.Pass(TimeSpan.FromHours(50));
        var runners = Enumerable.Range(0, 8).Select(number => some.Runner(schedule, async run =>
        {
            await Task.Yield();
            return some.Output(run);
        }, $"server {number}")).ToList();
        // Each comes to the runs in its own time; what one has claimed, the others pass by.
        await Task.WhenAll(runners.Select(runner => Task.Run(() => runner.RunDueAsync(Cancellation), Cancellation)));
        await Task.WhenAll(runners.Select(runner => Task.Run(() => runner.RunDueAsync(Cancellation), Cancellation)));
        Assert.Equal(50, some.Made.Count);
        Assert.Equal(50, target.Taken.Count);
        Assert.Equal(50, target.Taken.Select(delivery => delivery.Id).Distinct().Count());
        Assert.All(some.Ledger.Runs("some"), run => Assert.NotNull(run.EndedAt));
        Assert.Empty(some.Told);
    }

    [Fact]
    public async Task One_that_dies_between_claim_and_delivery_is_taken_over_once_its_lease_is_over()
    {
        using var some = new SomeSchedules("2026-10-15T00:00:00Z");
        var hangs = new TaskCompletionSource();
        var dying = new SteeredTarget(_ => hangs.Task);
        var living = new SteeredTarget(_ => Task.CompletedTask);
        await some.Runner(some.Schedule("0 6 1 * *", targets: dying)).RunDueAsync(Cancellation);
        some.Clock.Pass(TimeSpan.FromDays(20));
        var dead = some.Runner(some.Schedule("0 6 1 * *", targets: dying), owner: "dead").RunDueAsync(Cancellation);
        Assert.Single(dying.Taken);

        var other = some.Runner(some.Schedule("0 6 1 * *", targets: living), owner: "other");
        some.Clock.Pass(TimeSpan.FromMinutes(9));
        await other.RunDueAsync(Cancellation);
        Assert.Empty(living.Taken);
        some.Clock.Pass(TimeSpan.FromMinutes(2));
        await other.RunDueAsync(Cancellation);
        // The same delivery: what the dead one has delivered after all its receiver can tell by the id.
        Assert.Equal(dying.Taken.Select(Shown), living.Taken.Select(Shown));
        Assert.Equal(["2026-10"], some.Made);

        // What comes back from the dead finds that it has nothing to say any more.
        hangs.SetException(new ScheduleException("the connection broke"));
        await dead;
        Assert.Equal(DeliveryProgress.Delivered, some.Ledger.Runs("some").Single().Deliveries.Single().Progress);
        Assert.Equal(
            [
                "schedule some: the run due 2026-11-01 06:00Z was left unfinished, and is taken over",
                "schedule some: the run due 2026-11-01 06:00Z could not be delivered to its steered: the connection broke; tried again at 2026-11-04 00:12:00Z",
                "schedule some: the run due 2026-11-01 06:00Z was taken over by another process, since it took too long here",
            ],
            some.Told);
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_leaves_the_run_to_the_next_at_once()
    {
        using var some = new SomeSchedules("2026-10-15T00:00:00Z");
        using var stop = new CancellationTokenSource();
        await some.Runner(some.Schedule("0 6 1 * *")).RunDueAsync(Cancellation);
        some.Clock.Pass(TimeSpan.FromDays(20));
        var stopping = some.Runner(some.Schedule("0 6 1 * *"), _ =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        });
        Assert.False(await stopping.RunDueAsync(stop.Token));
        Assert.True(await some.Runner(some.Schedule("0 6 1 * *")).RunDueAsync(Cancellation));
        Assert.Equal(["2026-10_20261101T0600.txt"], some.Delivered);
        Assert.Empty(some.Told);
    }

    [Fact]
    public async Task A_failed_delivery_is_tried_again_later_and_later_and_then_given_up()
    {
        using var some = new SomeSchedules("2026-10-31T23:00:00Z");
        var target = new SteeredTarget(_ => throw new ScheduleException("no luck"));
        var schedule = some.Schedule("0 6 1 * *", targets: target) with { Attempts = 4 };
        var runner = some.Runner(schedule);
        var attempts = new List<TimeSpan>();
        for (var minute = 0; minute < 600; minute++, some.Clock.Pass(TimeSpan.FromMinutes(1)))
        {
            var before = target.Taken.Count;
            await runner.RunDueAsync(Cancellation);
            if (target.Taken.Count > before)
                attempts.Add(some.Clock.GetUtcNow() - At("2026-11-01T06:00:00Z"));
        }

        // After 1, 2 and 4 minutes.
        Assert.Equal([0, 1, 3, 7], attempts.Select(time => time.TotalMinutes));
        Assert.Single(target.Taken.Select(Shown).Distinct());
        Assert.Equal(["2026-10"], some.Made);
        var state = some.Ledger.Runs("some").Single().Deliveries.Single();
        Assert.Equal((DeliveryProgress.GivenUp, 4, "no luck", null), (state.Progress, state.Attempts, state.Error, state.NextAttempt));
        Assert.Equal("schedule some: the run due 2026-11-01 06:00Z could not be delivered to its steered: no luck; it is given up", some.Told[^1]);
        Assert.Equal(4, some.Told.Count);
    }

    [Fact]
    public async Task A_target_that_fails_does_not_have_the_others_delivered_twice()
    {
        using var some = new SomeSchedules("2026-10-31T23:00:00Z");
        var isUp = false;
        var good = new SteeredTarget(_ => Task.CompletedTask, "good");
        var bad = new SteeredTarget(_ => isUp ? Task.CompletedTask : throw new IOException("it is\ndown"), "bad");
        var runner = some.Runner(some.Schedule("0 6 1 * *", targets: [bad, good]));
        await some.RunUntilAsync(runner, "2026-11-01T06:00:00Z", Hour);
        Assert.Equal((1, 1), (bad.Taken.Count, good.Taken.Count));
        Assert.Equal("it is down", some.Ledger.Runs("some").Single().Deliveries[0].Error);
        isUp = true;
        some.Clock.Pass(Hour);
        await runner.RunDueAsync(Cancellation);
        Assert.Equal((2, 1), (bad.Taken.Count, good.Taken.Count));
        Assert.NotEqual(good.Taken[0].Id, bad.Taken[0].Id);
        Assert.Equal("schedule some: the run due 2026-11-01 06:00Z is delivered to its bad after 2 attempts", some.Told[^1]);
        Assert.NotNull(some.Ledger.Runs("some").Single().EndedAt);
    }

    [Fact]
    public async Task Files_that_cannot_be_made_are_tried_again_too()
    {
        using var some = new SomeSchedules("2026-10-31T23:00:00Z");
        var fails = 2;
        var runner = some.Runner(some.Schedule("0 6 1 * *"), run => fails-- > 0 ? throw new InvalidOperationException("no lake") : Task.FromResult(some.Output(run)));
        await some.RunUntilAsync(runner, "2026-11-01T06:00:00Z", Hour);
        var waiting = some.Ledger.Runs("some").Single();
        Assert.Equal((DeliveryProgress.Retrying, "no lake", 0), (waiting.Deliveries[0].Progress, waiting.Deliveries[0].Error, waiting.Deliveries[0].Attempts));
        await some.RunUntilAsync(runner, "2026-11-01T06:10:00Z", TimeSpan.FromMinutes(1));
        Assert.Equal(["2026-10_20261101T0600.txt"], some.Delivered);
        Assert.Equal(3, some.Ledger.Runs("some").Single().Attempts);
    }

    [Fact]
    public async Task A_report_goes_out_again_only_once_there_is_a_new_revision_or_somebody_asks_for_it()
    {
        using var some = new SomeSchedules("2026-11-01T23:00:00Z");
        var target = new SteeredTarget(_ => Task.CompletedTask);
        var revision = 1;
        var schedule = some.Schedule("0 6 * * *", targets: target);
        var runner = some.Runner(schedule, run => Task.FromResult(some.Output(run, new MadeReport(revision, $"sha256:{revision}"))));
        await some.RunUntilAsync(runner, "2026-11-04T06:00:00Z", Hour);
        Assert.Single(target.Taken);
        Assert.Equal(
            [DeliveryProgress.Unchanged, DeliveryProgress.Unchanged, DeliveryProgress.Delivered],
            some.Ledger.Runs("some").Select(run => run.Deliveries.Single().Progress));
        revision = 2;
        await some.RunUntilAsync(runner, "2026-11-06T06:00:00Z", Hour);
        Assert.Equal(2, target.Taken.Count);
        var asked = await runner.RunNowAsync(schedule, Cancellation);
        Assert.Equal((3, true, DeliveryProgress.Delivered), (target.Taken.Count, asked.IsOnDemand, asked.Deliveries.Single().Progress));
    }

    [Fact]
    public async Task A_file_that_is_in_the_folder_is_left_and_the_same_one_is_not_written_twice()
    {
        using var some = new SomeSchedules("2026-10-31T23:00:00Z");
        Directory.CreateDirectory(some.Out);
        var place = Path.Combine(some.Out, "2026-10_20261101T0600.txt");
        await File.WriteAllTextAsync(place, "another", Cancellation);
        var schedule = some.Schedule("0 6 1 * *");
        await some.RunUntilAsync(some.Runner(schedule), "2026-11-01T06:00:00Z", Hour);
        Assert.Equal(["2026-10_20261101T0600.txt", "2026-10_20261101T0600_b61370e40756.txt"], some.Delivered);
        Assert.Equal("another", await File.ReadAllTextAsync(place, Cancellation));

        // Somebody dies after the delivery and before it is written down: the next one finds the file.
        Directory.Delete(Path.Combine(some.Data, "schedules", "some", "20261101T060000000Z"), recursive: true);
        await some.Runner(schedule).RunDueAsync(Cancellation);
        Assert.Equal(2, some.Delivered.Count);
        Assert.Equal(DeliveryProgress.Delivered, some.Ledger.Runs("some").Single().Deliveries.Single().Progress);
    }

    [Fact]
    public async Task A_damaged_step_is_told_once_and_stops_nothing_else()
    {
        using var some = new SomeSchedules("2026-10-31T23:00:00Z");
        var schedule = some.Schedule("0 6 1 * *");
        var runner = some.Runner(schedule);
        await runner.RunDueAsync(Cancellation);
        var step = Path.Combine(some.Data, "schedules", "some", "20261101T060000000Z", "0001.json");
        Directory.CreateDirectory(Path.GetDirectoryName(step)!);
        await File.WriteAllTextAsync(step, "{}", Cancellation);
        some.Clock.Pass(TimeSpan.FromDays(1));
        Assert.False(await runner.RunDueAsync(Cancellation));
        Assert.False(await runner.RunDueAsync(Cancellation));
        Assert.StartsWith($"schedule some cannot be run: {step}: the step is damaged", Assert.Single(some.Told), StringComparison.Ordinal);
        Assert.Empty(some.Ledger.Runs("some"));
    }

    private static (string, string, DateTimeOffset, string) Shown(StatsGraph.Schedules.Deliveries.Delivery delivery)
        => (delivery.Id, delivery.Period, delivery.MadeAt, delivery.Files.Single().Sha256);
}
