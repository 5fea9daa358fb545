using Microsoft.Playwright;

namespace StatsGraph.Benchmarks.Measuring;

/// <summary>Chromium without a window, on the same cores as the server.</summary>
internal sealed class Browser : IDisposable
{
    private const string Program = "/usr/bin/chromium";

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    /// <summary>Starts it.</summary>
    public Browser()
    {
        playwright = Playwright.CreateAsync().GetAwaiter().GetResult();
        // Root may not use the sandbox.
        browser = playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] })
            .GetAwaiter().GetResult();
    }

    /// <summary>Whether it is on this machine.</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Opens a page in a profile that has never seen it.</summary>
    /// <param name="page">Its address.</param>
    /// <param name="selector">What it is opened for.</param>
    /// <returns>Milliseconds from the start of the navigation until that was in the page, by the browser's own clock.</returns>
    /// <exception cref="PlaywrightException">It did not come within half a minute.</exception>
    public double Until(Uri page, string selector) => UntilAsync(page, selector).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        browser.CloseAsync().GetAwaiter().GetResult();
        playwright.Dispose();
    }

    private async Task<double> UntilAsync(Uri page, string selector)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var tab = await context.NewPageAsync();
        await tab.AddInitScriptAsync(
            $$"""
            new MutationObserver((_, observer) => {
              if (!document.querySelector({{System.Text.Json.JsonSerializer.Serialize(selector)}})) return;
              window.seenAt = performance.now();
              observer.disconnect();
            }).observe(document, { childList: true, subtree: true, attributes: true });
            """);
        await tab.GotoAsync(page.AbsoluteUri);
        await tab.WaitForFunctionAsync("() => window.seenAt");
        return await tab.EvaluateAsync<double>("() => window.seenAt");
    }
}
