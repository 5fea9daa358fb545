using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>Who asks for a stream writes into the log what they like, and the page shows it as text.</summary>
[Collection(SharedDashboard.Name)]
public sealed class HostileLogTests(DashboardStation station)
{
    private const string Mount = "/<img src=x onerror=alert(1)>";

    /// <summary>Script in the user agent, the page that the listener came from, the mount, the path of an error, and a line that is rejected.</summary>
    private const string Log =
        """
        81.2.69.160 - - [12/Oct/2026:12:00:00 +0000] "GET /%3Cimg%20src=x%20onerror=alert(1)%3E HTTP/1.1" 200 9600000 "https://<svg onload=alert(2)>.example/" "<script>alert(3)</script>/1.0" 600
        81.2.69.161 - - [12/Oct/2026:12:30:00 +0000] "GET /a'\"--><script>alert(4)</script> HTTP/1.1" 200 9600000 "javascript:alert(5)" "'\"><iframe src=javascript:alert(6)>" 600
        81.2.69.162 - - [12/Oct/2026:12:40:00 +0000] "GET /{{alert(7)}}<base%20href=//evil.example> HTTP/1.1" 404 100 "-" "<b>" 0
        81.2.69.163 - - [no date <img src=x onerror=alert(8)>] "GET /live.mp3 HTTP/1.1" 200 9600000 "-" "<style>*{display:none}</style>" 600

        """;

    [Fact]
    public async Task Script_in_a_log_line_is_text_everywhere_on_the_page()
    {
        await station.IngestAsync("hostile", Log);
        using var server = station.Serve(("STATSGRAPH_Sites__hostile__Name", "<img src=x onerror=alert(9)>"));
        var home = await ServeTests.AddressAsync(server);
        await using var tab = new DashboardTab(await station.OpenTabAsync());
        await tab.GoAsync(new Uri(home, "?site=hostile&period=2026-10"));
        await Assertions.Expect(tab.Card("mounts")).ToContainTextAsync(Mount);
        await Assertions.Expect(tab.Card("left-out")).ToContainTextAsync("<img src=x onerror=alert(8)>");
        await Assertions.Expect(tab.Card("errors")).ToContainTextAsync("<base href=/evil.example>");

        // Narrowed to it: in a chip, in the address, and in what charts and dialogs say.
        await tab.Card("mounts").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = Mount, Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Chip("mount")).ToContainTextAsync(Mount);
        await tab.SettledAsync();
        await tab.Card("over-time").HoverAsync();
        await tab.Action("mounts", "query").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("dialog[open]")).ToContainTextAsync("onerror=alert(1)");
        await tab.Page.ReloadAsync();
        await Assertions.Expect(tab.Chip("mount")).ToContainTextAsync(Mount);
        await tab.GoAsync(new Uri(tab.Page.Url + "&player=" + Uri.EscapeDataString("<img src=x onerror=alert(10)>")));
        await Assertions.Expect(tab.Chip("player")).ToContainTextAsync("<img src=x onerror=alert(10)>");

        Assert.Equal(0, await tab.Page.Locator("img[src=x], iframe, base, svg[onload], main style, script:not([src])").CountAsync());
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("[...document.querySelectorAll('*')].filter(one => [...one.attributes].some(a => a.name.startsWith('on'))).length"));
        Assert.Equal(0, await tab.Page.Locator("a[href^='javascript:']").CountAsync());
        await tab.AssertCleanAsync();
        await server.TerminateAsync();
    }
}
