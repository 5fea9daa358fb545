using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>
/// The pictures of the README: the dashboard of the demo in light, in dark and on a phone. They are always taken, and with
/// <c>STATSGRAPH_UPDATE_IMAGES=1</c> in the environment kept.
/// </summary>
[Collection(SharedDashboard.Name)]
public sealed class ScreenshotTests(DashboardStation station)
{
    [Theory]
    [InlineData("dashboard", ColorScheme.Light, 1440, 1080)]
    [InlineData("dashboard-dark", ColorScheme.Dark, 1440, 1080)]
    [InlineData("dashboard-phone", ColorScheme.Light, 390, 844)]
    public async Task The_pictures_of_the_readme_can_be_taken(string name, ColorScheme colors, int width, int height)
    {
        await using var tab = await station.OpenAsync("?site=demo&period=2026-10", new BrowserNewContextOptions
        {
            ColorScheme = colors,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            DeviceScaleFactor = 2,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
        });

        // Charts come after the figures, and are drawn when the browser has time for them.
        await tab.Page.WaitForFunctionAsync("() => document.querySelector(\"[data-card='over-time'] canvas, [data-card='over-time'] svg path\")");
        await tab.Page.EvaluateAsync("() => new Promise(drawn => requestIdleCallback(() => requestAnimationFrame(() => requestAnimationFrame(drawn))))");
        var picture = await tab.Page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled });
        Assert.True(picture.Length > 50_000, $"{picture.Length} bytes");
        if (Environment.GetEnvironmentVariable("STATSGRAPH_UPDATE_IMAGES") == "1")
        {
            await File.WriteAllBytesAsync(
                Path.Combine(Repository.Folder(".github/images"), name + ".png"), picture, TestContext.Current.CancellationToken);
        }
    }
}
