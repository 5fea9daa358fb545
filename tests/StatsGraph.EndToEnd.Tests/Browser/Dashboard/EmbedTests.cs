using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>Cards of the dashboard in frames of a station's own page, on a server that asks for tokens and shows the site to everybody.</summary>
[Collection(SharedDashboard.Name)]
public sealed class EmbedTests(DashboardStation station)
{
    private const string Allowed = "http://radio.localhost:9";
    private const string Other = "http://other.localhost:9";

    [Fact]
    public async Task A_card_is_framed_by_the_named_page_and_no_other_card_and_no_other_page()
    {
        using var server = station.Serve(
            ("STATSGRAPH_Server__Access", "tokens"),
            ("STATSGRAPH_Sites__demo__Public", "true"),
            ("STATSGRAPH_Server__Embed__Cards__0", "countries"),
            ("STATSGRAPH_Server__Embed__Origins__0", Allowed));
        var home = await ServeTests.AddressAsync(server);
        await using var tab = await station.OpenTabAsync();
        var page = tab.Page;

        var framed = await FrameAsync(page, Allowed, new Uri(home, "?embed=countries&site=demo&period=2026-10"));
        await framed.Locator("[data-card='countries'][data-state='ready']").WaitForAsync();
        Assert.Equal(1, await framed.Locator("[data-card]").CountAsync());
        var first = (await station.ReportAsync("countries(first: 1) { nodes { metrics { sessions } } }")).GetProperty("countries").GetProperty("nodes")[0];
        Assert.Equal(
            first.GetProperty("metrics").GetProperty("sessions").ToString(),
            await framed.Locator("tr[data-key]").First.GetAttributeAsync("data-value"));
        Assert.All(page.Frames.Skip(1), frame => Assert.StartsWith(home.ToString(), frame.Url, StringComparison.Ordinal));

        foreach (var (origin, query) in new[] { (Allowed, "?embed=players&site=demo"), (Allowed, "?site=demo"), (Allowed, "sign-in"), (Other, "?embed=countries&site=demo") })
        {
            await FrameAsync(page, origin, new Uri(home, query));
            await page.WaitForFunctionAsync("() => window.framed");
            Assert.True(page.Frames[1].Url.StartsWith("chrome-error:", StringComparison.Ordinal), $"{origin} {query} {page.Frames[1].Url}");
        }

        await server.TerminateAsync();
    }

    /// <summary>Opens a page of an origin that frames an address.</summary>
    private static async Task<IFrameLocator> FrameAsync(IPage page, string origin, Uri address)
    {
        await page.UnrouteAllAsync();
        await page.RouteAsync(origin + "/", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html",
            Body = $"<!doctype html><title>Radio</title><iframe src=\"{System.Net.WebUtility.HtmlEncode(address.ToString())}\" width=800 height=600 onload=\"window.framed = true\"></iframe>",
        }));
        await page.GotoAsync(origin + "/");
        return page.FrameLocator("iframe");
    }
}
