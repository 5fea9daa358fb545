using System.Text.Json;
using StatsGraph.Benchmarks.Measuring;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>One small question, the sums of a month, for those who ask it as often as they can.</summary>
internal static class Same
{
    private static readonly string Query = new Question("totals").Text;
    private static readonly string Variables = JsonSerializer.Serialize(Periods.Month(0), JsonSerializerOptions.Web);

    /// <summary>To be got.</summary>
    public static Uri Address(ServedProcess server)
        => new($"{server.GraphQL}?query={Uri.EscapeDataString(Query)}&variables={Uri.EscapeDataString(Variables)}");

    /// <summary>A script for wrk that posts it.</summary>
    public static string Script(Workbench bench)
    {
        var body = $$"""{"query":{{JsonSerializer.Serialize(Query)}},"variables":{{Variables}}}""";
        var path = bench.At("post.lua");
        File.WriteAllText(path, $"wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = [==[{body}]==]\n");
        return path;
    }
}
