using System.Text.Json;
using StatsGraph.Benchmarks.Measuring;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>One small question, the sums of a month, for those who ask it as often as they can.</summary>
internal static class Same
{
    private static readonly string Query = new Question("totals").Text;
    private static readonly QuestionVariables Month = Periods.Month(0);
    private static readonly string Variables = JsonSerializer.Serialize(Month, JsonSerializerOptions.Web);

    /// <summary>Asks it once, for the first one takes longer than the clients of wrk wait.</summary>
    /// <exception cref="InvalidOperationException">The answer has errors, or is none.</exception>
    public static void AskOnce(ServedProcess server)
    {
        using var asker = new Asker(server.GraphQL);
        asker.Ask(Query, Month).Data();
    }

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
