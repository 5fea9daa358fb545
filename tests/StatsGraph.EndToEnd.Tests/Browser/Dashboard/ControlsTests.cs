using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>What somebody can do on the page, with a mouse and without, and what stays of it in the address.</summary>
[Collection(SharedDashboard.Name)]
public sealed class ControlsTests(DashboardStation station)
{
    private const string All = "?site=demo&period=2026-10";

    [Fact]
    public async Task A_click_narrows_the_page_a_chip_widens_it_again_and_the_address_tells_all_of_it()
    {
        await using var tab = await station.OpenAsync(All);
        await tab.Row("countries", "AT").GetByRole(AriaRole.Button).ClickAsync();
        await tab.Chip("country").WaitForAsync();
        await tab.SettledAsync();
        Assert.Equal(All + "&country=AT", tab.Query);
        Assert.Equal(await SessionsAsync("""country: { eq: "AT" }"""), await ShownAsync(tab));

        await tab.Row("mounts", "/jazz.mp3").GetByRole(AriaRole.Button).ClickAsync();
        await tab.Chip("mount").WaitForAsync();
        await tab.SettledAsync();
        var both = tab.Page.Url;
        var sessions = await SessionsAsync("""country: { eq: "AT" }, mount: { eq: "/jazz.mp3" }""");
        Assert.Equal(sessions, await ShownAsync(tab));

        await tab.Chip("country").ClickAsync();
        await UntilShownAsync(tab, await SessionsAsync("""mount: { eq: "/jazz.mp3" }"""));
        Assert.Equal(All + "&mount=/jazz.mp3", tab.Query);
        await tab.Page.GoBackAsync();
        await UntilShownAsync(tab, sessions);
        Assert.Equal(both, tab.Page.Url);

        await using var other = await station.OpenAsync(new Uri(both).Query);
        Assert.Equal(sessions, await ShownAsync(other));
        foreach (var card in DashboardTab.Cards)
            Assert.Equal(await tab.RowsAsync(card), await other.RowsAsync(card));
        await tab.AssertCleanAsync();
    }

    [Fact]
    public async Task All_of_it_can_be_done_with_the_keyboard_alone()
    {
        await using var tab = await station.OpenAsync(All);
        await ReachAsync(tab, "[data-card='players'] tr[data-key] button");
        var player = await tab.Page.EvaluateAsync<string>("document.activeElement.closest('tr').dataset.key");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Chip("player").WaitForAsync();
        await UntilShownAsync(tab, await SessionsAsync($$"""player: { eq: "{{player}}" }"""));

        await ReachAsync(tab, "[data-card='over-time'] [data-action='query']");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.Locator("dialog[open]").WaitForAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.querySelector('dialog[open]').contains(document.activeElement)"));
        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tab.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        Assert.Equal("query", await tab.Page.EvaluateAsync<string>("document.activeElement.dataset.action"));

        await ReachAsync(tab, "[data-chip='player']");
        await tab.Page.Keyboard.PressAsync("Space");
        await UntilShownAsync(tab, await SessionsAsync(""));
        Assert.Equal(All, tab.Query);
    }

    private async Task<double> SessionsAsync(string where)
        => (await station.ReportAsync("totals { sessions }", $", where: {{ {where} }}")).GetProperty("totals").GetProperty("sessions").GetDouble();

    private static async Task<double> ShownAsync(DashboardTab tab) => (await tab.FiguresAsync())["sessions"].Value;

    private static async Task UntilShownAsync(DashboardTab tab, double sessions)
    {
        await Assertions.Expect(tab.Page.Locator("[data-figure='sessions']")).ToHaveAttributeAsync("data-value", FormattableString.Invariant($"{sessions}"));
        await tab.SettledAsync();
    }

    /// <summary>Presses the tab key until the focus, which is always to be seen, is on what a selector names.</summary>
    private static async Task ReachAsync(DashboardTab tab, string selector)
    {
        for (var pressed = 0; pressed < 300; pressed++)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            if (await tab.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                Assert.True(await tab.Page.EvaluateAsync<bool>("document.activeElement.matches(':focus-visible')"), selector);
                return;
            }
        }

        Assert.Fail($"the tab key never reaches {selector}");
    }
}
