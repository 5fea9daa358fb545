using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>The server as a process.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task It_answers_over_http_with_few_native_heaps_and_stops_when_it_is_told_to()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(6));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await AddressAsync(server) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("health/live", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(6, await SessionsAsync(client));
        var environment = (await File.ReadAllTextAsync($"/proc/{server.Id}/environ", TestContext.Current.CancellationToken)).Split('\0');
        Assert.Contains("MALLOC_ARENA_MAX=2", environment);
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
        await UntilAsync(async () => await SessionsAsync(client) == 8);
        Assert.Equal(0, (await server.InterruptAsync()).ExitStatus);
    }

    [Fact]
    public async Task Killed_and_started_again_it_goes_on_from_its_columns_and_answers_the_same()
    {
        using var folder = new TemporaryFolder();
        folder.Write("first.log", SomeLog.Sessions(300));
        folder.Write("second.log", SomeLog.Sessions(5, "/jazz.mp3"));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "first.log"]);
        IReadOnlyList<string> files;
        using (var first = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]))
        {
            using var asking = new HttpClient { BaseAddress = await AddressAsync(first) };
            await UntilReadyAsync(asking);
            Assert.Equal(300, await SessionsAsync(asking));
            await UntilAsync(() => Task.FromResult(File.Exists(folder["data/columns/default/manifest.json"])));
            files = Directory.GetFiles(folder["data/columns/default"]);
            await first.KillAsync();
        }

        using var second = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await AddressAsync(second) };
        await UntilReadyAsync(client);
        Assert.Equal(300, await SessionsAsync(client));
        Assert.Equal(files, Directory.GetFiles(folder["data/columns/default"]));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "second.log"]);
        await UntilAsync(async () => await SessionsAsync(client) == 305);
        var end = await second.TerminateAsync();
        Assert.Equal((0, ""), (end.ExitStatus, end.Error));
        Assert.NotEqual(files, Directory.GetFiles(folder["data/columns/default"]));
    }

    [Fact]
    public async Task Columns_that_are_damaged_or_switched_off_change_no_answer()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(40));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        var answers = await Answers.OfAsync(folder, "data");
        var chunk = Assert.Single(Directory.GetFiles(folder["data/columns/default"], "chunk-*"));
        File.WriteAllBytes(chunk, new byte[new FileInfo(chunk).Length]);
        using (var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]))
        {
            using var client = new HttpClient { BaseAddress = await AddressAsync(server) };
            await UntilReadyAsync(client);
            Assert.Equal(40, await SessionsAsync(client));
            Assert.StartsWith("statsgraph: the columns of site default are made again from the lake: ", (await server.TerminateAsync()).Error,
                StringComparison.Ordinal);
        }

        Assert.Equal(answers, await Answers.OfAsync(folder, "data"));
        Directory.Delete(folder["data/columns"], recursive: true);
        using var plain = StatsGraphProcess.Start(
            folder, ["serve", "--urls", "http://127.0.0.1:0"], ("STATSGRAPH_Reports__Columns", "false"));
        using var asking = new HttpClient { BaseAddress = await AddressAsync(plain) };
        await UntilReadyAsync(asking);
        Assert.Equal(40, await SessionsAsync(asking));
        await plain.TerminateAsync();
        Assert.False(Directory.Exists(folder["data/columns"]));
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

    /// <summary>Waits until the server says that it is ready.</summary>
    internal static Task UntilReadyAsync(HttpClient client) => UntilAsync(
        async () => (await client.GetAsync("health/ready", TestContext.Current.CancellationToken)).IsSuccessStatusCode);

    /// <summary>Waits a few seconds at most until something is so.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await isSo())
        {
            await Task.Delay(50, deadline.Token);
        }
    }

    private static async Task<long> SessionsAsync(HttpClient client)
    {
        const string Query = """{ site(key: "default") { report(period: { month: "2026-10" }) { totals { sessions } } } }""";
        var response = await client.PostAsJsonAsync("graphql", new { query = Query }, TestContext.Current.CancellationToken);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return json.GetProperty("data").GetProperty("site").GetProperty("report").GetProperty("totals").GetProperty("sessions").GetInt64();
    }
}
