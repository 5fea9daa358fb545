using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>Asks a data folder by <c>statsgraph query</c>.</summary>
public static class Lake
{
    private const string Document =
        """
        query ($site: String!) {
          site(key: $site) {
            intake { lines }
            report(period: { month: "2026-10" }) { totals { sessions visits tuningHours averageDuration } }
          }
        }
        """;

    /// <summary>Runs a document and returns the response's data; fails when there are errors.</summary>
    public static async Task<JsonElement> QueryAsync(TemporaryFolder folder, string data, string document, string variables)
    {
        var result = await StatsGraphProcess.RunAsync(folder, ["query", "--data", data, "--variables", variables, "-"], document);
        Assert.True(result.ExitStatus == 0, result.Output + result.Error);
        return result.Json.GetProperty("data");
    }

    /// <summary>Lines of a site and the totals of its October 2026.</summary>
    public static async Task<(long Lines, long Sessions, double TuningHours)> TotalsAsync(TemporaryFolder folder, string data, string site = "default")
    {
        var found = (await QueryAsync(folder, data, Document, JsonSerializer.Serialize(new { site }))).GetProperty("site");
        var totals = found.GetProperty("report").GetProperty("totals");
        return (found.GetProperty("intake").GetProperty("lines").GetInt64(), totals.GetProperty("sessions").GetInt64(),
            totals.GetProperty("tuningHours").GetDouble());
    }
}
