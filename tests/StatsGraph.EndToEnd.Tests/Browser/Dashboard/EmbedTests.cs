using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>Cards of the dashboard in frames of a station's own page, on a server that asks for tokens and shows the site to everybody.</summary>
[Collection(SharedDashboard.Name)]
public sealed class EmbedTests(DashboardStation station)
{
    [Fact]
    public async Task A_card_is_framed_by_the_named_page_and_no_other_card_and_no_other_page()
    {
        using var framing = new FramingPage();
        using var server = station.Serve(
            ("STATSGRAPH_Server__Access", "tokens"),
            ("STATSGRAPH_Sites__demo__Public", "true"),
            ("STATSGRAPH_Server__Embed__Cards__0", "countries"),
            ("STATSGRAPH_Server__Embed__Origins__0", framing.Named("localhost")));
        var home = await ServeTests.AddressAsync(server);
        await using var tab = await station.OpenTabAsync();
        var page = tab.Page;

        await OpenAsync(page, framing.Named("localhost"), new Uri(home, "?embed=countries&site=demo&period=2026-10"));
        var framed = page.FrameLocator("iframe");
        await framed.Locator("[data-card='countries'][data-state='ready']").WaitForAsync();
        Assert.Equal(1, await framed.Locator("[data-card]").CountAsync());
        var first = (await station.ReportAsync("countries(first: 1) { nodes { metrics { sessions } } }")).GetProperty("countries").GetProperty("nodes")[0];
        Assert.Equal(
            first.GetProperty("metrics").GetProperty("sessions").ToString(),
            await framed.Locator("[data-key]").First.GetAttributeAsync("data-value"));

        foreach (var (name, query) in new[] { ("localhost", "?embed=players&site=demo"), ("localhost", "?site=demo"), ("localhost", "sign-in"), ("127.0.0.1", "?embed=countries&site=demo") })
        {
            await OpenAsync(page, framing.Named(name), new Uri(home, query));
            Assert.True(page.Frames[1].Url.StartsWith("chrome-error:", StringComparison.Ordinal), $"{name} {query} {page.Frames[1].Url}");
        }

        await server.TerminateAsync();
    }

    /// <summary>Opens the page by one of its origins, and waits until its frame has loaded the address, or refused to.</summary>
    private static async Task OpenAsync(IPage page, string origin, Uri address)
    {
        await page.GotoAsync($"{origin}/?{Uri.EscapeDataString(address.ToString())}");
        await page.WaitForFunctionAsync("() => window.framed");
    }
}
