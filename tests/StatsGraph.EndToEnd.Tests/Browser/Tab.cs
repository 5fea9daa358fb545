using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser;

/// <summary>A tab of a browser, and what went on in it.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> failures = [];
    private readonly ConcurrentQueue<string> loaded = [];
    private readonly ConcurrentQueue<string> dialogs = [];

    /// <param name="page">An empty page.</param>
    public Tab(IPage page)
    {
        Page = page;
        page.Response += (_, response) => (response.Status >= 400 ? failures : loaded).Enqueue(
            response.Status >= 400 ? $"{response.Status} {response.Url}" : response.Url);
        page.RequestFailed += (_, request) => failures.Enqueue($"{request.Failure} {request.Url}");
        page.PageError += (_, exception) => failures.Enqueue(exception);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                failures.Enqueue(message.Text);
            }
        };
        page.Dialog += (_, dialog) =>
        {
            dialogs.Enqueue(dialog.Message);
            _ = dialog.DismissAsync();
        };
    }

    /// <summary>The page that it shows.</summary>
    public IPage Page { get; }

    /// <summary>
    /// Requests that were answered with an error or not at all, exceptions that no script caught, and what the policy of a page forbade.
    /// </summary>
    public IReadOnlyList<string> Failures => [.. failures];

    /// <summary>Addresses of all that was loaded.</summary>
    public IReadOnlyList<string> Loaded => [.. loaded];

    /// <summary>What scripts said in dialogs.</summary>
    public IReadOnlyList<string> Dialogs => [.. dialogs];

    /// <summary>Opens a page and waits until a text is on it.</summary>
    public async Task OpenAsync(Uri address, string text)
    {
        await Page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await UntilShownAsync(text);
    }

    /// <summary>Runs a script on the page and returns its value as text; empty where it has none.</summary>
    public async Task<string> RunAsync(string script) => (await Page.EvaluateAsync<object?>(script))?.ToString() ?? "";

    /// <summary>Clicks the first button that has a text on it.</summary>
    public Task ClickAsync(string text) => Page.Locator("button", new PageLocatorOptions { HasText = text }).First.ClickAsync();

    /// <summary>Waits, no more than half a minute, until a text is on the page.</summary>
    public async Task UntilShownAsync(string text)
    {
        try
        {
            await Page.GetByText(text).First.WaitForAsync();
        }
        catch (TimeoutException)
        {
            Assert.Fail($"'{text}' is not on the page, which shows '{await RunAsync("document.body?.innerText")}'; {string.Join(", ", Failures)}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
