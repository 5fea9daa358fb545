using System.Globalization;
using System.Text;
using StatsGraph.Schedules;
using StatsGraph.Schedules.Deliveries;
using StatsGraph.Schedules.Runs;
using StatsGraph.Schedules.Times;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Schedules;

/// <summary>Schedules over a folder of their own, a clock that moves when it is told to, and runners that make one small file a run.</summary>
internal sealed class SomeSchedules : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");
    private readonly List<ScheduleRunner> runners = [];
    private readonly List<string> made = [];
    private readonly List<string> told = [];
    private readonly Lock gate = new();

    public SomeSchedules(string now) => Clock = new ManualClock(At(now));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ManualClock Clock { get; }

    /// <summary>The data folder.</summary>
    public string Data => Path.Combine(folder.FullName, "data");

    /// <summary>Where the folder target puts files.</summary>
    public string Out => Path.Combine(folder.FullName, "out");

    /// <summary>Names of the files that are delivered to the folder, in order.</summary>
    public IReadOnlyList<string> Delivered => Directory.Exists(Out) ? [.. Directory.GetFiles(Out).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Which periods were made, in the order in which they were.</summary>
    public IReadOnlyList<string> Made
    {
        get
        {
            lock (gate)
                return [.. made];
        }
    }

    /// <summary>What the runners told.</summary>
    public IReadOnlyList<string> Told
    {
        get
        {
            lock (gate)
                return [.. told];
        }
    }

    public ScheduleLedger Ledger => new(Data, Clock);

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A schedule that goes to a folder unless it is told otherwise.</summary>
    public Schedule Schedule(string cron, string zone = "UTC", string period = "last month", params IDeliveryTarget[] targets) => new()
    {
        Name = "some",
        Times = CronTimes.Parse(cron, zone),
        Work = new ScheduledWork.Report("US-ATH"),
        Site = "radio",
        Period = RelativePeriod.Parse(period),
        Formats = ["txt"],
        Targets = targets.Length > 0 ? targets : [new FolderTarget(Out)],
    };

    /// <summary>A runner of its own, as that of another process.</summary>
    public ScheduleRunner Runner(Schedule schedule, Func<DueRun, Task<RunOutput>>? make = null, string owner = "here")
    {
        var options = new RunnerOptions { Owner = owner, Tell = Tell, Chance = () => 0 };
        var book = new ScheduleBook([schedule], Ledger);
        var runner = new ScheduleRunner(book, make is null ? MakeAsync : (run, _) => make(run), Clock, options);
        runners.Add(runner);
        return runner;
    }

    /// <summary>
    /// A schedule of the site <c>demo</c>, one of whose two runs is delivered to a folder and fails at a webhook without a receiver, and one of all sites that
    /// did not run yet.
    /// </summary>
    public async Task<ScheduleBook> BookAsync()
    {
        var hook = new WebhookTarget(new Uri("http://127.0.0.1:1/T0P-S3CRET"), Secret.Of("T0P-S3CRET T0P-S3CRET T0P"), TimeSpan.FromSeconds(5), Clock);
        var schedule = Schedule("0 6 1 * *", "UTC", "last month", new FolderTarget(Out), hook) with { Site = "demo", Name = "hours", Formats = ["csv", "pdf"] };
        var stations = Schedule("0 7 * * *") with { Site = null, Name = "stations", Work = new ScheduledWork.Query("stations", new Dictionary<string, string>()) };
        var book = new ScheduleBook([schedule, stations], Ledger);
        var runner = new ScheduleRunner(book with { Schedules = [schedule] }, MakeAsync, Clock, new RunnerOptions { Tell = Tell, Chance = () => 0 });
        runners.Add(runner);
        await runner.RunDueAsync(Cancellation);
        Clock.Pass(TimeSpan.FromDays(31));
        await runner.RunDueAsync(Cancellation);
        return book;
    }

    /// <summary>Lets time pass until an instant in steps, and has a runner look after each.</summary>
    public async Task RunUntilAsync(ScheduleRunner runner, string until, TimeSpan step)
    {
        for (; Clock.GetUtcNow() < At(until); Clock.Pass(step))
            await runner.RunDueAsync(Cancellation);
        await runner.RunDueAsync(Cancellation);
    }

    /// <summary>What a run makes: a file that says of what it is.</summary>
    public RunOutput Output(DueRun run, MadeReport? report = null)
    {
        lock (gate)
            made.Add(run.Period.Name);
        var name = FormattableString.Invariant($"{run.Period.Name}_{run.Due.UtcDateTime:yyyyMMdd'T'HHmm}.txt");
        return new RunOutput($"Figures of {run.Period.Name}", ["All of them."], report, [new OutputFile(name, "text/plain", Encoding.UTF8.GetBytes(run.Period.Name))]);
    }

    public void Dispose()
    {
        foreach (var runner in runners)
            runner.Dispose();
        folder.Delete(recursive: true);
    }

    private Task<RunOutput> MakeAsync(DueRun run, CancellationToken cancellation) => Task.FromResult(Output(run));

    private void Tell(string line)
    {
        lock (gate)
            told.Add(line);
    }
}

/// <summary>A target that a test lets succeed, fail or hang.</summary>
internal sealed class SteeredTarget(Func<Delivery, Task> deliver, string kind = "steered") : IDeliveryTarget
{
    private readonly List<Delivery> taken = [];

    public string Kind => kind;

    public string Address => "somewhere";

    /// <summary>What it was given, in order, failures included.</summary>
    public IReadOnlyList<Delivery> Taken
    {
        get
        {
            lock (taken)
                return [.. taken];
        }
    }

    public Task DeliverAsync(Delivery delivery, CancellationToken cancellation)
    {
        lock (taken)
            taken.Add(delivery);
        return deliver(delivery);
    }
}
