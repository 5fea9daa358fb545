using System.Text.Json;
using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>The demo of the command as a process, and one browser for all tests of the dashboard.</summary>
public sealed class DashboardStation : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private StatsGraphProcess? demo;
    private Chromium? chromium;
    private HttpClient? client;

    /// <summary>Address of the dashboard.</summary>
    public Uri Home { get; private set; } = null!;

    /// <summary>The data folder of the demo.</summary>
    public string Data { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        demo = StatsGraphProcess.Start(folder, ["demo", "--urls", "http://127.0.0.1:0"], ("TMPDIR", folder.Path));
        Home = await ServeTests.AddressAsync(demo);
        Data = Path.Combine(Assert.Single(Directory.GetDirectories(folder.Path, "statsgraph-demo-*")), "data");
        client = new HttpClient { BaseAddress = Home };
        await ServeTests.UntilReadyAsync(client);
    }

    /// <summary>Opens the dashboard in a profile of its own and waits until all of its cards have their answers.</summary>
    /// <param name="query">The query string of its address.</param>
    /// <param name="options">What is special of the screen, the language or the clock.</param>
    public async Task<DashboardTab> OpenAsync(string query, BrowserNewContextOptions? options = null)
    {
        Chromium.Need();
        chromium ??= await Chromium.StartAsync();
        var tab = new DashboardTab(await chromium.OpenTabAsync(options));
        await tab.GoAsync(new Uri(Home, query));
        return tab;
    }

    /// <summary>Opens an empty tab.</summary>
    public async Task<Tab> OpenTabAsync()
    {
        Chromium.Need();
        chromium ??= await Chromium.StartAsync();
        return await chromium.OpenTabAsync();
    }

    /// <summary>Asks the API for a report of the demo; returns what the document asks of it.</summary>
    /// <param name="fields">The fields of the report.</param>
    /// <param name="arguments">Further arguments of the report, with a comma before.</param>
    /// <param name="site">Key of the site.</param>
    public async Task<JsonElement> ReportAsync(string fields, string arguments = "", string site = "demo")
    {
        var answer = await Answers.AskAsync(
            client!, $$"""{ site(key: "{{site}}") { report(period: { month: "2026-10" }{{arguments}}) { {{fields}} } } }""");
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data").GetProperty("site").GetProperty("report");
    }

    /// <summary>Asks the API for the demo's site.</summary>
    public async Task<JsonElement> SiteAsync(string fields)
        => (await Answers.AskAsync(client!, $$"""{ site(key: "demo") { {{fields}} } }""")).GetProperty("data").GetProperty("site");

    /// <summary>Reads lines of a log into a site of the demo's lake, by the command.</summary>
    public async Task IngestAsync(string site, string log)
    {
        var end = await StatsGraphProcess.RunAsync(folder, ["ingest", "--data", Data, "--site", site, "-"], log);
        Assert.True(end.ExitStatus == 0, end.Error);
    }

    /// <summary>Starts a further server on the same data.</summary>
    public StatsGraphProcess Serve(params (string Name, string Value)[] settings)
        => StatsGraphProcess.Start(
            folder, ["serve", "--data", Data, "--urls", "http://127.0.0.1:0"], [("STATSGRAPH_Reports__Columns", "false"), .. settings]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        client?.Dispose();
        demo?.Dispose();
        folder.Dispose();
    }
}

/// <summary>The tests that share one demo and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class SharedDashboard : ICollectionFixture<DashboardStation>
{
    public const string Name = "dashboard";
}
