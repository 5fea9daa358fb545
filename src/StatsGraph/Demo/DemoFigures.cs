using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using StatsGraph.Reports;
using StatsGraph.Server;
using StatsGraph.Terminal;

namespace StatsGraph.Demo;

/// <summary>The five figures of the demo's month as text, answered by the saved queries that lie beside the program.</summary>
internal sealed class DemoFigures(ReportStore store, ILogger logger)
{
    private const int Countries = 10;
    private const int WidestBar = 40;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "queries");

    private static readonly string Variables = JsonSerializer.Serialize(new { site = DemoStation.Site, month = "2026-10" });

    /// <summary>Runs the queries and lays out what they answer.</summary>
    public async Task<string> PrintAsync(CancellationToken cancellation)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{DemoStation.Name}, October 2026 ({DemoStation.TimeZone})\n\n");
        var durations = (await AskAsync("average-duration", cancellation)).GetProperty("totals");
        var hours = (await AskAsync("tuning-hours", cancellation)).GetProperty("totals");
        var clock = (await AskAsync("hourly-visits", cancellation)).GetProperty("hourlyVisits");
        AppendTotals(text, durations, hours, clock);
        AppendEntryMounts(text, await AskAsync("entry-mounts", cancellation));
        AppendCountries(text, (await AskAsync("countries", cancellation)).GetProperty("countries"));
        AppendHours(text, clock);
        return text.ToString();
    }

    private async Task<JsonElement> AskAsync(string name, CancellationToken cancellation)
    {
        var document = await File.ReadAllTextAsync(Path.Combine(Folder, name + ".graphql"), cancellation);
        var response = await GraphQLExecutor.ExecuteAsync(store, document, operationName: null, Variables, cancellation, logger);
        return !response.HasErrors
            ? JsonDocument.Parse(response.Json).RootElement.GetProperty("data").GetProperty("site").GetProperty("report")
            : throw CommandException.Failed($"queries/{name}.graphql: {Encoding.UTF8.GetString(response.Json.Span)}");
    }

    private static void AppendTotals(StringBuilder text, JsonElement durations, JsonElement hours, JsonElement clock)
        => text.Append(TextTable.Print(
            [
                ["sessions", Number(durations, "sessions"), ""],
                [
                    "visits", Number(clock.EnumerateArray().Sum(row => row.GetProperty("visits").GetInt64())),
                    "with breaks of less than 30 minutes bridged",
                ],
                [
                    "average duration", Duration(durations, "averageDuration"),
                    $"half of the sessions last less than {Duration(durations, "median")}",
                ],
                ["tuning hours", Number(hours, "tuningHours"), $"{Number(hours, "averageConcurrent")} listening at once on average"],
            ],
            rightAligned: [1]));

    private static void AppendEntryMounts(StringBuilder text, JsonElement report)
        => AppendTable(text, ["entry mount", "visits", "share", "sessions", "tuning hours"],
            Nodes(report.GetProperty("entryMounts")).Select(row => (string[])
                [row.GetProperty("mount").GetString()!, Number(row.GetProperty("metrics"), "visits"), Percent(row),
                    Number(row.GetProperty("metrics"), "sessions"), Number(row.GetProperty("metrics"), "tuningHours")]));

    private static void AppendCountries(StringBuilder text, JsonElement countries)
    {
        AppendTable(text, ["country", "sessions", "share", "listeners", "tuning hours"],
            Nodes(countries).Take(Countries).Select(row => (string[])
                [row.GetProperty("name").GetString()!, Number(row.GetProperty("metrics"), "sessions"), Percent(row),
                    Number(row.GetProperty("metrics"), "listeners"), Number(row.GetProperty("metrics"), "tuningHours")]));
        text.Append(CultureInfo.InvariantCulture, $"and {countries.GetProperty("totalCount").GetInt64() - Countries} more countries\n");
    }

    private static void AppendHours(StringBuilder text, JsonElement hours)
    {
        var most = hours.EnumerateArray().Max(row => row.GetProperty("visits").GetInt64());
        AppendTable(text, ["hour", "visits", ""],
            hours.EnumerateArray().Select(row => (string[])
                [row.GetProperty("hour").GetInt32().ToString("00", CultureInfo.InvariantCulture), Number(row, "visits"),
                    new string('#', (int)(row.GetProperty("visits").GetInt64() * WidestBar / Math.Max(1, most)))]));
    }

    private static void AppendTable(StringBuilder text, string[] head, IEnumerable<string[]> rows)
        => text.Append('\n').Append(TextTable.Print(
            [head, .. rows],
            rightAligned: [.. Enumerable.Range(1, head.Length - 1).Where(column => head[column].Length > 0)]));

    private static JsonElement.ArrayEnumerator Nodes(JsonElement connection) => connection.GetProperty("nodes").EnumerateArray();

    private static string Number(JsonElement row, string name) => Number(row.GetProperty(name).GetDouble());

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(JsonElement row)
        => (row.GetProperty("share").GetDouble() * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Duration(JsonElement row, string name)
    {
        var seconds = (long)Math.Round(row.GetProperty(name).GetDouble());
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min {seconds % 60:00} s");
    }
}
