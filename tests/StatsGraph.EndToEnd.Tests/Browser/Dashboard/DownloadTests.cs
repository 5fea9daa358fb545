using System.Buffers.Binary;
using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>What can be taken away from each card: its rows, its picture, its query.</summary>
[Collection(SharedDashboard.Name)]
public sealed class DownloadTests(DashboardStation station)
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>But that of regions and cities, which the demo's file of places does not know: it says so, and has nothing to save.</summary>
    [Fact]
    public async Task Every_card_is_saved_as_csv_and_as_a_picture()
    {
        await using var tab = await station.OpenAsync("?site=demo&period=2026-10");
        var saved = 0;
        foreach (var card in DashboardTab.Cards.Except(["places"]))
        {
            var csv = await SavedAsync(tab, card, "csv");
            Assert.StartsWith($"statsgraph-demo-{card}-2026-10-01", csv.Name, StringComparison.Ordinal);
            Assert.True(Lines(csv.Content).Length > await tab.Card(card).Locator("tbody tr").CountAsync(), $"{card}: {csv.Name}");
            var picture = await SavedAsync(tab, card, "png");
            Assert.True(picture.Content.AsSpan().StartsWith(PngSignature), card);
            Assert.True(BinaryPrimitives.ReadInt32BigEndian(picture.Content.AsSpan(16)) >= 600, card);

            // Chromium saves ten files of a page in a row, and drops more until a second has passed without one. Nobody clicks so fast.
            if (++saved % 4 == 0)
                await tab.Page.WaitForTimeoutAsync(1_100);
        }

        await Assertions.Expect(tab.Card("places")).ToHaveAttributeAsync("data-state", "empty");
        await Assertions.Expect(tab.Action("places", "csv")).ToBeDisabledAsync();
        await tab.AssertCleanAsync();
    }

    [Fact]
    public async Task The_csv_of_a_list_has_all_rows_of_the_api()
    {
        await using var tab = await station.OpenAsync("?site=demo&period=2026-10");
        var lines = Lines((await SavedAsync(tab, "countries", "csv")).Content);
        var countries = (await station.ReportAsync("countries(first: 1000) { nodes { name metrics { sessions } } }"))
            .GetProperty("countries").GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(countries.Count, lines.Length - 1);
        Assert.All(countries.Zip(lines.Skip(1)), row =>
        {
            Assert.StartsWith(row.First.GetProperty("name").GetString()!, row.Second.Trim('"'), StringComparison.Ordinal);
            Assert.Contains("," + row.First.GetProperty("metrics").GetProperty("sessions"), row.Second, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_query_of_a_card_is_shown_and_opened_in_the_ide()
    {
        await using var tab = await station.OpenAsync("?site=demo&period=2026-10&country=DE");
        await tab.Action("countries", "query").ClickAsync();
        var dialog = tab.Page.Locator("dialog[open]");
        await Assertions.Expect(dialog).ToContainTextAsync("query ByCountry(");
        await Assertions.Expect(dialog).ToContainTextAsync("\"country\": \"DE\"");
        await tab.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var ide = await tab.Page.Context.RunAndWaitForPageAsync(() => dialog.GetByText("open in the IDE").ClickAsync());
        Assert.Equal(new Uri(station.Home, "graphql/").ToString(), ide.Url);
        await tab.Page.BringToFrontAsync();
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(Repository.Folder("queries"), "by-country.graphql"), TestContext.Current.CancellationToken),
            await tab.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    private static async Task<(string Name, byte[] Content)> SavedAsync(DashboardTab tab, string card, string action)
    {
        // A click that finds no place to click at says why, and sooner than that nothing came of it.
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Action(card, action).ClickAsync(new LocatorClickOptions { Timeout = 15_000 }));
        return (download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    private static string[] Lines(byte[] csv)
        => System.Text.Encoding.UTF8.GetString(csv).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
