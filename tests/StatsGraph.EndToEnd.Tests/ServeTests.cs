using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>The server as a process.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task It_answers_over_http_and_stops_when_it_is_told_to()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(6));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await AddressAsync(server) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("health/live", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(6, await SessionsAsync(client));
        var end = await server.TerminateAsync();
        Assert.Equal((0, ""), (end.ExitStatus, end.Error));
    }

    [Fact]
    public async Task It_sees_what_another_process_ingests_while_it_runs()
    {
        using var folder = new TemporaryFolder();
        folder.Write("first.log", SomeLog.Sessions(3));
        folder.Write("second.log", SomeLog.Sessions(5, "/jazz.mp3"));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "first.log"]);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await AddressAsync(server) };
        Assert.Equal(3, await SessionsAsync(client));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "second.log"]);
        Assert.Equal(8, await SessionsAsync(client));
        Assert.Equal(0, (await server.InterruptAsync()).ExitStatus);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        using var first = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var address = await AddressAsync(first);
        var second = await StatsGraphProcess.RunAsync(folder, ["serve", "--urls", address.ToString()]);
        Assert.Equal(1, second.ExitStatus);
        Assert.Contains(address.Authority, Assert.Single(second.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        await first.TerminateAsync();
    }

    /// <summary>The address that the server says it listens on.</summary>
    public static async Task<Uri> AddressAsync(StatsGraphProcess server)
        => new((await server.LineThatBeginsAsync("Home"))["Home".Length..].Trim());

    private static async Task<long> SessionsAsync(HttpClient client)
    {
        const string Query = """{ site(key: "default") { report(period: { month: "2026-10" }) { totals { sessions } } } }""";
        var response = await client.PostAsJsonAsync("graphql", new { query = Query }, TestContext.Current.CancellationToken);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return json.GetProperty("data").GetProperty("site").GetProperty("report").GetProperty("totals").GetProperty("sessions").GetInt64();
    }
}
