using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using StatsGraph.Schedules;
using StatsGraph.Schedules.Runs;
using StatsGraph.Schedules.Times;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph schedule list</c>: says what is made when, where it goes, and what became of the last run.</summary>
internal sealed class ScheduleListVerb : Verb
{
    private readonly Option<string> data = DataOption();

    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "Print them as one JSON array" };

    public ScheduleListVerb(CommandHost host)
        : base(host, "list", "Lists all schedules with their next and their last run, and no secrets.", "statsgraph schedule list --data /srv/statsgraph")
    {
        Add(json);
        Add(data);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var book = new ScheduleRuns(Host, ReadSettings(parsed, data)).Book;
        var rows = book.Schedules.Select(schedule => new Listed(schedule, Next(book, schedule), book.Ledger.Runs(schedule.Name))).ToList();
        await Host.Output.WriteAsync(parsed.GetValue(json) ? Json(rows) : Table(rows));
        return ExitStatus.Done;
    }

    /// <summary>How far a delivery is, in a word.</summary>
    public static string Word(DeliveryProgress progress) => progress == DeliveryProgress.GivenUp ? "given-up" : progress.ToString().ToLowerInvariant();

    private DueRun? Next(ScheduleBook book, Schedule schedule)
    {
        var now = Host.Clock.GetUtcNow();
        return DueRun.Next(schedule, book.Ledger.KnownSince(schedule) ?? now, now);
    }

    private static string Table(IReadOnlyList<Listed> rows) => TextTable.Print(
    [
        ["NAME", "MAKES", "SITE", "CRON", "ZONE", "NEXT", "OF", "LAST", "TO"],
        .. rows.Select(row => (IReadOnlyList<string>)
        [
            row.Schedule.Name, Made(row.Schedule), row.Schedule.Site ?? "all", row.Schedule.Times.Expression, row.Schedule.Times.TimeZone,
            Time(row.Next?.Ready) ?? "-", row.Next?.Period.Name ?? "-", Last(row.Runs), string.Join(", ", row.Schedule.Targets.Select(target => target.Kind)),
        ]),
    ]);

    private static string Made(Schedule schedule) => schedule.Work switch
    {
        ScheduledWork.Report report => report.Profile,
        ScheduledWork.Query query => query.Document,
        _ => "",
    };

    private static string Last(IReadOnlyList<RunState> runs)
        => runs is [var last, ..] ? $"{Time(last.Due)} {string.Join(", ", last.Deliveries.Select(delivery => Word(delivery.Progress)).Distinct())}" : "-";

    private static string Json(IReadOnlyList<Listed> rows) => IndentedJson.Print(json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Schedule.Name);
            json.WriteString(row.Schedule.Work is ScheduledWork.Report ? "report" : "query", Made(row.Schedule));
            json.WriteString("site", row.Schedule.Site);
            json.WriteString("cron", row.Schedule.Times.Expression);
            json.WriteString("timeZone", row.Schedule.Times.TimeZone);
            json.WriteString("period", row.Schedule.Period.Text);
            json.WriteString("nextRun", Time(row.Next?.Ready));
            json.WriteString("nextPeriod", row.Next?.Period.Name);
            json.WriteStartArray("targets");
            foreach (var target in row.Schedule.Targets)
            {
                json.WriteStartObject();
                json.WriteString("kind", target.Kind);
                json.WriteString("address", target.Address);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteRun(json, row.Runs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteRun(Utf8JsonWriter json, IReadOnlyList<RunState> runs)
    {
        if (runs is not [var last, ..])
        {
            json.WriteNull("lastRun");
            return;
        }

        json.WriteStartObject("lastRun");
        json.WriteString("due", Time(last.Due));
        json.WriteString("period", last.Period);
        json.WriteStartArray("deliveries");
        foreach (var delivery in last.Deliveries)
        {
            json.WriteStartObject();
            json.WriteString("target", delivery.Kind);
            json.WriteString("state", Word(delivery.Progress));
            json.WriteNumber("attempts", delivery.Attempts);
            json.WriteString("lastError", delivery.Error);
            json.WriteString("nextAttempt", Time(delivery.NextAttempt));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private sealed record Listed(Schedule Schedule, DueRun? Next, IReadOnlyList<RunState> Runs);
}
