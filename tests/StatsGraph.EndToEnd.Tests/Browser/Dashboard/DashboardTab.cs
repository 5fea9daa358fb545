using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>The dashboard in a tab: its cards, and what they show.</summary>
/// <param name="tab">The tab.</param>
public sealed class DashboardTab(Tab tab) : IAsyncDisposable
{
    /// <summary>Names of all cards.</summary>
    public static readonly IReadOnlyList<string> Cards =
    [
        "figures", "over-time", "hours", "weekday-hours", "entry-mounts", "mounts", "players", "referrers", "countries", "places", "errors", "left-out",
        "threshold",
    ];

    /// <summary>All cards that are there have their answers, and are not being asked again.</summary>
    private const string IsSettled =
        "() => { const cards = [...document.querySelectorAll('[data-card]')];"
        + " return cards.length > 0 && cards.every(card => card.dataset.state !== 'loading' && card.getAttribute('aria-busy') !== 'true'); }";

    /// <summary>Notes each breach of the policy of the page from its first moment on.</summary>
    private const string NoteBreaches =
        "window.breaches = []; addEventListener('securitypolicyviolation', event => window.breaches.push(event.violatedDirective + ' ' + event.blockedURI));";

    /// <summary>What went on in the tab.</summary>
    public Tab Tab => tab;

    /// <summary>The page.</summary>
    public IPage Page => tab.Page;

    /// <summary>The query string of the address.</summary>
    public string Query => new Uri(Page.Url).Query;

    /// <summary>Opens an address and waits until all cards have their answers.</summary>
    public async Task GoAsync(Uri address)
    {
        await Page.AddInitScriptAsync(NoteBreaches);
        await Page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await SettledAsync();
    }

    /// <summary>Waits until all cards have their answers.</summary>
    public Task SettledAsync() => Page.WaitForFunctionAsync(IsSettled);

    /// <summary>A card.</summary>
    public ILocator Card(string name) => Page.Locator($"[data-card='{name}']");

    /// <summary>A button of a card.</summary>
    public ILocator Action(string card, string action) => Card(card).Locator($"[data-action='{action}']");

    /// <summary>A row of a card.</summary>
    public ILocator Row(string card, string key) => Card(card).Locator($"[data-key='{key}']");

    /// <summary>The button that takes a filter away.</summary>
    public ILocator Chip(string filter) => Page.Locator($"[data-chip='{filter}']");

    /// <summary>The rows of a card, hidden ones too: their keys, and the figures that order or draw them, null where there is none.</summary>
    public async Task<IReadOnlyList<(string Key, double? Value)>> RowsAsync(string card)
    {
        var rows = await Card(card).Locator("[data-key]").EvaluateAllAsync<JsonElement>(
            "rows => rows.map(row => [row.dataset.key, row.dataset.value ?? null])");
        return [.. rows.EnumerateArray().Select(row => (row[0].GetString()!, row[1].GetString() is { } text ? Number(text) : (double?)null))];
    }

    /// <summary>The figures at a glance by name, each with its change since the period before; null where there is none.</summary>
    public async Task<IReadOnlyDictionary<string, (double Value, double? Change)>> FiguresAsync()
    {
        var figures = await Page.Locator("[data-figure]").EvaluateAllAsync<JsonElement>(
            "figures => figures.map(figure => [figure.dataset.figure, figure.dataset.value, figure.dataset.change ?? null])");
        return figures.EnumerateArray().ToDictionary(
            figure => figure[0].GetString()!,
            figure => (Number(figure[1].GetString()!), figure[2].GetString() is { } text ? Number(text) : (double?)null));
    }

    /// <summary>What breached the policy of the page.</summary>
    public Task<string[]> BreachesAsync() => Page.EvaluateAsync<string[]>("window.breaches");

    /// <summary>Fails where anything went wrong: an answer, a script, the policy, or a request to another server.</summary>
    public async Task AssertCleanAsync()
    {
        Assert.Empty(Tab.Failures);
        Assert.Empty(Tab.Dialogs);
        Assert.Empty(await BreachesAsync());
        Assert.All(Tab.Loaded, url => Assert.True(url.StartsWith("blob:", StringComparison.Ordinal) || new Uri(url).Authority == new Uri(Page.Url).Authority, url));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => tab.DisposeAsync();

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
