using System.Text.Json;
using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>The page for all eyes and screens: barriers that axe knows of (WCAG 2.2 AA), dark mode, phones, and what it takes to load it.</summary>
[Collection(SharedDashboard.Name)]
public sealed class LooksTests(DashboardStation station)
{
    /// <summary>Most bytes of all scripts together, compressed, the map and the charts among them.</summary>
    private const long MostScriptBytes = 400 * 1024;

    private const string Barriers =
        """
        async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
          .flatMap(broken => broken.nodes.map(node => `${broken.id}: ${node.target.join(' ')}: ${node.failureSummary}`))
        """;

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 900)]
    [InlineData(ColorScheme.Dark, 1280, 900)]
    [InlineData(ColorScheme.Light, 390, 844)]
    [InlineData(ColorScheme.Dark, 320, 640)]
    public async Task It_has_no_barriers_and_fits_the_screen(ColorScheme colors, int width, int height)
    {
        await using var tab = await station.OpenAsync(
            "?site=demo&period=2026-10&country=DE",
            new BrowserNewContextOptions { ColorScheme = colors, ViewportSize = new ViewportSize { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce });
        await tab.Page.EvaluateAsync(Axe() + "; 0");
        Assert.Empty(await tab.Page.EvaluateAsync<string[]>(Barriers));
        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var paper = await tab.Page.EvaluateAsync<JsonElement>("getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).map(Number)");
        Assert.Equal(colors == ColorScheme.Dark, paper.EnumerateArray().Take(3).Average(part => part.GetDouble()) < 128);
        await tab.AssertCleanAsync();
    }

    [Fact]
    public async Task Its_scripts_are_small_and_those_of_charts_are_loaded_after_the_page()
    {
        var scripts = Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Repository.Value("CommandPath"))!, "dashboard", "assets"), "*.js");
        using var client = new HttpClient { BaseAddress = station.Home };
        var bytes = 0L;
        foreach (var script in scripts)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "assets/" + Path.GetFileName(script)) { Headers = { { "Accept-Encoding", "br" } } };
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            bytes += (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        }

        Assert.True(bytes is > 0 and < MostScriptBytes, $"{scripts.Length} scripts of {bytes} bytes");
        var page = await client.GetStringAsync(new Uri("", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "<script"));
        Assert.True(scripts.Length > 1);
    }

    private static string Axe()
    {
        using var reader = new StreamReader(typeof(LooksTests).Assembly.GetManifestResourceStream("axe.js")!);
        return reader.ReadToEnd();
    }
}
