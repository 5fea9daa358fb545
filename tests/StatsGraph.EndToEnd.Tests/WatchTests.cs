using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>What the server as a process tells of itself.</summary>
public sealed partial class WatchTests
{
    private const string Intake = """{ site(key: "default") { intake { lines rejections { reason lines } } } }""";

    [Fact]
    public async Task Right_after_an_ingest_the_metrics_say_of_its_lines_what_intake_says()
    {
        using var folder = new TemporaryFolder();
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };
        await client.GetStringAsync("metrics", TestContext.Current.CancellationToken);
        folder.Write("access.log", SomeLog.Sessions(7) + SomeLog.Session(8).Replace(" 60\n", "\n", StringComparison.Ordinal) + "no line\nnone either\n");
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        var metrics = await UntilAsync(client, metrics => metrics.Contains("statsgraph_site_lines{", StringComparison.Ordinal));
        var site = (await Answers.AskAsync(client, Intake)).GetProperty("data").GetProperty("site").GetProperty("intake");

        Assert.Equal(10, site.GetProperty("lines").GetInt64());
        Assert.Equal(
            site.GetProperty("rejections").EnumerateArray().Select(row => $"{row.GetProperty("reason")} {row.GetProperty("lines")}").Order(StringComparer.Ordinal),
            Rejected().Matches(metrics).Select(row => $"{row.Groups["reason"].Value} {row.Groups["lines"].Value}").Order(StringComparer.Ordinal));
        Assert.Equal(10, Lines().Matches(metrics).Sum(row => int.Parse(row.Groups["lines"].Value, CultureInfo.InvariantCulture)));
        await server.TerminateAsync();
    }

    [Fact]
    public async Task Every_line_of_the_log_is_json_and_bears_the_id_of_its_request()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(6));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        Directory.CreateDirectory(folder["data/columns/default"]);
        File.WriteAllText(folder["data/columns/default/manifest.json"], "{");
        using var server = StatsGraphProcess.Start(
            folder,
            ["serve", "--urls", "http://127.0.0.1:0"],
            ("STATSGRAPH_Server__Logging__Format", "json"),
            ("STATSGRAPH_Server__Logging__Level", "information"),
            ("STATSGRAPH_Server__SlowQuery", "0s"));
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };
        client.DefaultRequestHeaders.Add("X-Request-Id", "asked-by-a-test");
        await ServeTests.UntilReadyAsync(client);
        await client.GetStringAsync("graphql/persisted/overview?site=default&month=2026-10", TestContext.Current.CancellationToken);
        var end = await server.TerminateAsync();
        var lines = end.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();

        var slow = lines.Single(line => line.GetProperty("message").GetString()!.StartsWith("Slow query: overview took ", StringComparison.Ordinal));
        Assert.Equal(("warn", "asked-by-a-test"), (slow.GetProperty("level").GetString(), slow.GetProperty("requestId").GetString()));
        Assert.Equal(("overview", "0"), (slow.GetProperty("values").GetProperty("Operation").GetString(), slow.GetProperty("values").GetProperty("LakeVersion").GetString()));
        var asked = lines.Single(line => line.TryGetProperty("values", out var values) && values.TryGetProperty("Route", out var route)
            && route.GetString() == "/graphql/persisted/{name}");
        Assert.Equal((200, "asked-by-a-test"), (asked.GetProperty("values").GetProperty("Status").GetInt32(), asked.GetProperty("requestId").GetString()));
        Assert.Contains(lines, line => line.GetProperty("message").GetString()!.StartsWith("the columns of site default are made again", StringComparison.Ordinal));
        Assert.Equal(0, end.ExitStatus);
    }

    [Fact]
    public async Task The_token_of_prometheus_shows_the_metrics_as_bearer_and_as_password_and_one_that_reads_does_not()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(6));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "radio", "access.log"]);
        var prometheus = await AccessTests.AddAsync(folder, "--scope", "admin", "--name", "prometheus");
        var reader = await AccessTests.AddAsync(folder, "--scope", "read");
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };

        async Task<(HttpStatusCode Status, string Text)> ScrapeAsync(string? scheme = null, string? value = null)
        {
            client.DefaultRequestHeaders.Authorization = scheme is null ? null : new AuthenticationHeaderValue(scheme, value);
            using var response = await client.GetAsync("metrics", TestContext.Current.CancellationToken);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        var (without, reading) = (await ScrapeAsync(), await ScrapeAsync("Bearer", reader));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (without.Status, reading.Status));
        Assert.DoesNotContain("radio", without.Text + reading.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ScrapeAsync("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("prometheus:" + prometheus)))).Status);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", prometheus);
        var metrics = await UntilAsync(client, metrics => metrics.Contains("statsgraph_site_lines{", StringComparison.Ordinal));
        Assert.Contains("statsgraph_site=\"radio\"", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(prometheus.Split('_')[2], metrics, StringComparison.Ordinal);
        var end = await server.TerminateAsync();
        Assert.Equal((0, ""), (end.ExitStatus, end.Error));
    }

    private static async Task<string> UntilAsync(HttpClient client, Func<string, bool> says)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string metrics;
        while (!says(metrics = await client.GetStringAsync("metrics", deadline.Token)))
            await Task.Delay(100, deadline.Token);
        return metrics;
    }

    [GeneratedRegex("""^statsgraph_site_rejected_lines\{statsgraph_line_reason="(?<reason>[^"]+)",statsgraph_site="default"\} (?<lines>\d+)""", RegexOptions.Multiline)]
    private static partial Regex Rejected();

    [GeneratedRegex("""^statsgraph_site_lines\{.*\} (?<lines>\d+)""", RegexOptions.Multiline)]
    private static partial Regex Lines();
}
