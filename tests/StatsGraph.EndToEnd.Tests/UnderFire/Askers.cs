using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests.UnderFire;

/// <summary>Those who ask what they may: saved documents in every form, documents of their own, and some who go away before they are answered.</summary>
public static class Askers
{
    private static readonly string[] Forms = ["csv", "json", "arrow", "parquet", "xlsx"];

    /// <summary>Saved documents that have one list, and so are files.</summary>
    private static readonly string[] Files = ["countries", "days", "entry-mounts", "hourly-visits", "players", "referrers", "tuning-hours"];

    private static readonly IReadOnlyList<string> Documents =
        [.. Directory.GetFiles(Repository.Folder("queries"), "*.graphql").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static readonly string[] Figures =
    [
        "totals { sessions visits listeners tuningHours averageDuration durationQuantile(p: 0.9) }",
        "countries(first: 20) { nodes { code metrics { tuningHours sessions } } }",
        "groups(by: [MOUNT, COUNTRY, DATE]) { totalCount nodes { metrics { sessions listeners } } }",
        "timeSeries(interval: HOUR) { buckets { start metrics { sessions averageConcurrent } } }",
        "entryMounts { nodes { mount metrics { visits } } }",
        "players(first: 30) { nodes { metrics { sessions peakConcurrent { sessions } } } }",
    ];

    public static IEnumerable<Task> Begin(Battle battle) =>
    [
        battle.RepeatAsync("saved documents", turn => AskAsync(battle, Documents[turn % Documents.Count], Month(turn))),
        battle.RepeatAsync("own documents", turn => AskAsync(battle, Own(turn), Month(turn))),
        battle.RepeatAsync("own documents", turn => AskAsync(battle, Own(turn + 3), Month(turn))),
        battle.RepeatAsync("files", turn => FileAsync(battle, turn)),
        battle.RepeatAsync("askers who go away", turn => GoAwayAsync(battle, turn)),
    ];

    /// <summary>A month around that of the logs.</summary>
    private static string Month(int turn) => $"2026-{9 + (turn % 3):00}";

    /// <summary>A document that nobody has asked before, so that it is computed.</summary>
    private static string Own(int turn) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""query ($site: String!, $month: String!) { site(key: $site) { report(period: { month: $month }, minDuration: {{turn % 120}}) { {{Figures[turn % Figures.Length]}} } } }""");

    /// <summary>Those of the variables that the document takes.</summary>
    private static Dictionary<string, string> Variables(string document, string month)
        => new Dictionary<string, string> { ["site"] = "default", ["month"] = month, ["from"] = $"{month}-01", ["to"] = "2026-12-01" }
            .Where(variable => document.Contains($"${variable.Key}:", StringComparison.Ordinal)).ToDictionary();

    private static async Task AskAsync(Battle battle, string document, string month)
    {
        var variables = Variables(document, month);
        using var content = new StringContent(JsonSerializer.Serialize(new { query = document, variables }), Encoding.UTF8, "application/json");
        using var response = await battle.Friend.PostAsync("graphql", content, battle.End);
        var text = await response.Content.ReadAsStringAsync(battle.End);
        if (response.StatusCode != HttpStatusCode.OK || text.Contains("\"errors\":[{\"message\"", StringComparison.Ordinal))
            battle.Fail($"{document}: {(int)response.StatusCode} {text[..Math.Min(text.Length, 400)]}");
    }

    private static async Task FileAsync(Battle battle, int turn)
    {
        var name = Files[turn % Files.Length];
        var file = $"{name}.{Forms[turn % Forms.Length]}";
        var variables = Variables(File.ReadAllText(Path.Combine(Repository.Folder("queries"), name + ".graphql")), Month(turn));
        using var response = await battle.Friend.GetAsync(
            $"reports/{file}?{string.Join('&', variables.Select(variable => $"{variable.Key}={variable.Value}"))}", battle.End);
        await battle.ExpectAsync(response, file, HttpStatusCode.OK);
    }

    private static async Task GoAwayAsync(Battle battle, int turn)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(battle.End);
        patience.CancelAfter(TimeSpan.FromMilliseconds(1 + (turn % 40)));
        try
        {
            await battle.Friend.GetAsync(
                $"graphql?query={Uri.EscapeDataString(Own(turn + 1))}&variables={{\"site\":\"default\",\"month\":\"{Month(turn)}\"}}", patience.Token);
        }
        catch (OperationCanceledException) when (!battle.End.IsCancellationRequested)
        {
            // Gone.
        }
    }
}
