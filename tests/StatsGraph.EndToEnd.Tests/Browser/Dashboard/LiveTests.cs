using System.Globalization;
using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>A page that stays open all day.</summary>
[Collection(SharedDashboard.Name)]
public sealed class LiveTests(DashboardStation station)
{
    [Fact]
    public async Task New_data_appears_without_a_reload()
    {
        await station.IngestAsync("live", Session(listener: 1));
        await using var tab = await station.OpenAsync("?site=live&period=today");
        await Assertions.Expect(Sessions(tab)).ToHaveAttributeAsync("data-value", "1");
        await tab.Page.EvaluateAsync("window.loadedOnce = true");
        await station.IngestAsync("live", Session(listener: 2));
        await Assertions.Expect(Sessions(tab)).ToHaveAttributeAsync("data-value", "2", new LocatorAssertionsToHaveAttributeOptions { Timeout = 20_000 });
        Assert.True(await tab.Page.EvaluateAsync<bool>("window.loadedOnce === true"));
        await tab.AssertCleanAsync();
    }

    private static ILocator Sessions(DashboardTab tab) => tab.Page.Locator("[data-figure='sessions']");

    /// <summary>A session of today, by a listener of its own.</summary>
    private static string Session(int listener)
    {
        var stamp = DateTimeOffset.UtcNow.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
        return $"10.0.{listener}.1 - - [{stamp} +0000] \"GET /live.mp3 HTTP/1.1\" 200 123456 \"-\" \"VLC/3.0.20\" 1\n";
    }
}
