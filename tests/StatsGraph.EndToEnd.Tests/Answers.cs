using System.Net.Http.Json;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>What a data folder answers to every saved query of the repository, for the months that the logs of the tests are of.</summary>
public static class Answers
{
    private static readonly string[] Months = ["2026-09", "2026-10"];

    private static readonly IReadOnlyList<(string Name, string Document)> Queries =
        [.. Directory.GetFiles(Repository.Folder("queries"), "*.graphql").Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), File.ReadAllText(path)))];

    /// <summary>Asks a server of its own. The answers are JSON, one a query and month.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(TemporaryFolder folder, string data, string site = "default")
    {
        using var server = StatsGraphProcess.Start(folder, ["serve", "--data", data, "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };
        var answers = new List<string>();
        foreach (var (name, document) in Queries)
        {
            foreach (var month in document.Contains("$month", StringComparison.Ordinal) ? Months : [""])
            {
                var json = await AskAsync(client, document, Variables(document, site, month));
                Assert.False(json.TryGetProperty("errors", out var errors), $"{name}: {errors}");
                answers.Add($"{name} {month} {json.GetProperty("data").GetRawText()}");
            }
        }

        await server.TerminateAsync();
        return answers;
    }

    /// <summary>Those of the values that the document takes.</summary>
    private static Dictionary<string, string> Variables(string document, string site, string month)
    {
        Dictionary<string, string> all = new() { ["site"] = site, ["month"] = month, ["from"] = $"{Months[0]}-01", ["to"] = "2026-11-01" };
        return all.Where(variable => document.Contains($"${variable.Key}:", StringComparison.Ordinal)).ToDictionary();
    }

    /// <summary>Posts a document and returns the whole response.</summary>
    public static async Task<JsonElement> AskAsync(HttpClient client, string query, object? variables = null)
    {
        var response = await client.PostAsJsonAsync("graphql", new { query, variables }, TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
