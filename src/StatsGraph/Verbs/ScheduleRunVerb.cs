using System.CommandLine;
using StatsGraph.Configuration;
using StatsGraph.Schedules;
using StatsGraph.Schedules.Runs;
using StatsGraph.Server;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph schedule run</c>: makes and delivers what is due, once, and ends.</summary>
internal sealed class ScheduleRunVerb : Verb
{
    private readonly Argument<string?> name = new("NAME") { Description = "Name of one schedule (default: all)", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string> data = DataOption();

    private readonly Option<bool> now = new("--now")
    {
        Arity = ArgumentArity.Zero,
        Description = "Make a run of the schedule NAME now, whatever its times, and deliver it also where nothing is new",
    };

    public ScheduleRunVerb(CommandHost host)
        : base(host, "run", "Makes and delivers what is due, tries again what failed, and ends: for cron.",
            "statsgraph schedule run --data /srv/statsgraph")
    {
        Add(name);
        Add(now);
        Add(data);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = ReadSettings(parsed, data);
        if (parsed.GetValue(name) is { } asked)
        {
            settings = settings with { Schedules = [Find(settings.Schedules, asked)] };
        }
        else if (parsed.GetValue(now))
        {
            throw CommandException.WrongUsage("option '--now' needs the name of a schedule; see 'statsgraph schedule list'");
        }

        var schedules = new ScheduleRuns(Host, settings);
        using var store = Stores.Open(Host, settings);
        using var runner = schedules.Open(store, new ServerOptions
        {
            Limits = settings.Limits,
            QueriesFolder = settings.QueriesFolder,
            Compliance = Stores.Compliance(settings),
            DataFolder = settings.DataFolder,
        });
        return parsed.GetValue(now) ? await RunNowAsync(runner, settings.Schedules[0], cancellation) : await RunDueAsync(runner, schedules.Book.Tally, cancellation);
    }

    private async Task<int> RunNowAsync(ScheduleRunner runner, Schedule schedule, CancellationToken cancellation)
    {
        var run = await runner.RunNowAsync(schedule, cancellation);
        foreach (var delivery in run.Deliveries)
        {
            await Host.Output.WriteLineAsync($"{delivery.Kind} {delivery.Address}: {ScheduleListVerb.Word(delivery.Progress)}");
        }

        return run.Deliveries.All(delivery => delivery.Progress == DeliveryProgress.Delivered) ? ExitStatus.Done : ExitStatus.Failed;
    }

    private async Task<int> RunDueAsync(ScheduleRunner runner, ScheduleTally tally, CancellationToken cancellation)
    {
        var isDone = await runner.RunDueAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        var made = tally.Runs.Where(run => run.Outcome == "made").Sum(run => run.Count);
        var delivered = tally.Deliveries.Where(delivery => delivery.Outcome == "delivered").Sum(delivery => delivery.Count);
        await Host.Output.WriteLineAsync(FormattableString.Invariant($"Runs made: {made}; deliveries made: {delivered}."));
        return isDone ? ExitStatus.Done : ExitStatus.Failed;
    }

    private static Schedule Find(IReadOnlyList<Schedule> schedules, string name)
        => schedules.FirstOrDefault(schedule => schedule.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw CommandException.WrongUsage(
            $"there is no schedule '{name}'; expected one of the setting {ScheduleReader.SectionName}{(schedules.Count == 0 ? ", which has none" : ": " + string.Join(", ", schedules.Select(known => known.Name)))}");
}
