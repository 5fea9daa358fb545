using Microsoft.Playwright;
using StatsGraph.EndToEnd.Tests.Browser;

namespace StatsGraph.EndToEnd.Tests.Proxy;

/// <summary>A real browser on a server of which a real nginx has taken the path away.</summary>
[Collection(Alone.Name)]
public sealed class PathInBrowserTests(ProxiedStation station) : IClassFixture<ProxiedStation>
{
    [Fact]
    public async Task Somebody_signs_in_and_the_ide_asks_under_the_path_of_the_proxy()
    {
        NginxTests.NeedNginx();
        Chromium.Need();

        var home = station.Home("plain");
        await using var chromium = await Chromium.StartAsync();
        await using var tab = await chromium.OpenTabAsync();
        await tab.OpenAsync(home, "Sign in");
        await tab.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign in" }).First.ClickAsync();
        await tab.Page.FillAsync("#token", station.Token);
        await tab.ClickAsync("Sign in");
        await tab.Page.WaitForSelectorAsync("[data-card='figures'][data-state='ready'], [data-card='figures'][data-state='empty']");
        Assert.StartsWith(home.ToString(), tab.Page.Url, StringComparison.Ordinal);
        Assert.Contains(tab.Loaded, url => url.StartsWith(new Uri(home, "assets/").ToString(), StringComparison.Ordinal));
        await tab.OpenAsync(new Uri(home, "graphql/"), "Create Document");

        await IdeTests.OpenDocumentAsync(tab);
        Assert.Contains(tab.Loaded, url => url.StartsWith(new Uri(home, "graphql/static/js/").ToString(), StringComparison.Ordinal));
        Assert.Contains("\"radio\"", await tab.RunAsync(
            "fetch('../graphql?query={sites{nodes{key}}}').then(answer => answer.text())"), StringComparison.Ordinal);
        Assert.All(tab.Loaded, url => Assert.StartsWith(home.ToString(), url, StringComparison.Ordinal));
        Assert.All(tab.Failures, failure => Assert.True(
            failure.StartsWith("401 ", StringComparison.Ordinal) || failure.EndsWith("/service-worker.js", StringComparison.Ordinal) || failure.StartsWith("net::ERR_ABORTED", StringComparison.Ordinal), failure));
    }
}
