using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StatsGraph.Lake;

namespace StatsGraph.Schedules.Runs;

/// <summary>
/// Which runs there were, in <c>schedules/NAME/DUE/</c> of a data folder, and since when each schedule is known. Any number of processes and machines may
/// use it at once, whose clocks agree within minutes. Safe for any number of threads.
/// </summary>
public sealed class ScheduleLedger
{
    /// <summary>Name of the folder in the data folder.</summary>
    public const string FolderName = DataFolderNames.Schedules;

    /// <summary>Ended runs of a schedule that are kept at least.</summary>
    private const int KeptRuns = 200;

    private const string DueForm = "yyyyMMdd'T'HHmmssfff'Z'";

    private readonly string root;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<(string Schedule, DateTimeOffset Due), RunState> ended = [];

    /// <param name="dataFolder">The data folder.</param>
    /// <param name="clock">Tells the time.</param>
    public ScheduleLedger(string dataFolder, TimeProvider clock)
        => (root, this.clock) = (Path.Combine(Path.GetFullPath(dataFolder), FolderName), clock);

    /// <summary>What is known of a schedule's runs, the newest first; a run that cannot be read is left out.</summary>
    public IReadOnlyList<RunState> Runs(string schedule) => [.. Dues(schedule).OrderDescending().Select(due => TryRead(schedule, due)).OfType<RunState>()];

    /// <summary>Since when a schedule has its times; null where nobody has begun to run it.</summary>
    public DateTimeOffset? KnownSince(Schedule schedule)
        => ReadText(SincePath(schedule), "since") is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var since) ? since : null;

    /// <summary>
    /// Since when a schedule has its times: now, where nobody has begun to run it. What was due before is not caught up. One that is given other times is
    /// a new one.
    /// </summary>
    internal DateTimeOffset Begin(Schedule schedule)
        => KnownSince(schedule) ?? Made(SincePath(schedule), "since", clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), () => KnownSince(schedule)!.Value);

    /// <summary>The id of a delivery: the same for whoever makes it, and for no other run, target or lake.</summary>
    internal string DeliveryId(string schedule, DateTimeOffset due, string kind)
    {
        var ledger = Path.Combine(root, "ledger.json");
        var id = ReadText(ledger, "id")
            ?? Made(ledger, "id", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), () => ReadText(ledger, "id")!);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{schedule}\n{Text(due)}\n{kind}")))[..32];
    }

    /// <summary>The folder of a run.</summary>
    internal RunFolder Run(string schedule, DateTimeOffset due) => new(Path.Combine(root, schedule, Text(due)), clock);

    /// <summary>Whether a run has ended.</summary>
    internal bool HasEnded(string schedule, DateTimeOffset due) => ended.ContainsKey((schedule, due)) || TryRead(schedule, due)?.EndedAt is not null;

    /// <summary>Due times of all runs that somebody has begun.</summary>
    internal IEnumerable<DateTimeOffset> Dues(string schedule)
    {
        var folder = Path.Combine(root, schedule);
        foreach (var run in Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [])
        {
            if (DateTimeOffset.TryParseExact(
                Path.GetFileName(run), DueForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var due))
            {
                yield return due;
            }
        }
    }

    /// <summary>Whether another run has delivered the same report to a target.</summary>
    internal bool HasDelivered(string schedule, DateTimeOffset except, string kind, string checksum)
        => Runs(schedule).Any(run => run.Due != except && run.Made?.Report?.Checksum == checksum
            && run.Deliveries.Any(delivery => delivery.Kind == kind && delivery.Progress == DeliveryProgress.Delivered));

    /// <summary>Removes old runs that nobody will ask for: those that a report was delivered by stay, so that it is not delivered again.</summary>
    /// <param name="schedule">Name of the schedule.</param>
    /// <param name="before">Runs that were due then or later are looked for, whether they were made.</param>
    internal void Prune(string schedule, DateTimeOffset before)
    {
        foreach (var run in Runs(schedule).Where(run => run.EndedAt is not null && run.Due < before).Skip(KeptRuns)
            .Where(run => run.Made?.Report is null || run.Deliveries.All(delivery => delivery.Progress != DeliveryProgress.Delivered)))
        {
            Run(schedule, run.Due).Remove();
            ended.TryRemove((schedule, run.Due), out _);
        }
    }

    private RunState? TryRead(string schedule, DateTimeOffset due)
    {
        if (ended.TryGetValue((schedule, due), out var known))
            return known;
        try
        {
            var state = Run(schedule, due).Read();
            if (state?.EndedAt is not null)
                ended[(schedule, due)] = state;
            return state;
        }
        catch (ScheduleException)
        {
            // Whoever runs the schedule is told.
            return null;
        }
    }

    private string SincePath(Schedule schedule)
    {
        var times = Encoding.UTF8.GetBytes($"{schedule.Times.Expression}\n{schedule.Times.TimeZone}");
        return Path.Combine(root, schedule.Name, $"since-{Convert.ToHexStringLower(SHA256.HashData(times))[..16]}.json");
    }

    /// <summary>Creates a file of one value; where another one is quicker, its value holds.</summary>
    private static T Made<T>(string path, string key, string value, Func<T> read)
    {
        PrivateFile.TryCreate(path, Encoding.UTF8.GetBytes(new JsonObject { [key] = value }.ToJsonString()));
        return read();
    }

    private static string? ReadText(string path, string key)
    {
        try
        {
            return File.Exists(path) ? JsonNode.Parse(File.ReadAllBytes(path))?[key]?.GetValue<string>() ?? throw new JsonException($"it has no '{key}'") : null;
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new ScheduleException($"{path}: {damage.Message}", damage);
        }
    }

    private static string Text(DateTimeOffset due) => due.ToUniversalTime().ToString(DueForm, CultureInfo.InvariantCulture);
}
