using Microsoft.Playwright;

namespace StatsGraph.EndToEnd.Tests.Browser;

/// <summary>The Chromium of the system without a window, which reaches this machine and nothing else.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <summary>Skips a test where there is no Chromium to start; there it fails where all parts have to be.</summary>
    public static void Need()
    {
        if (!File.Exists(Executable))
        {
            const string Reason = $"{Executable} is not installed (Debian package chromium)";
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", Reason);
            Assert.Fail(Reason);
        }
    }

    /// <summary>Starts it.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        try
        {
            // Root may not use the sandbox. The rule for names keeps the browser's own errands from leaving the machine.
            return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Executable,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
            }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>Opens an empty tab of a profile of its own: it shares no cookie and no file with others.</summary>
    /// <param name="options">What is special of its screen, language or clock.</param>
    public async Task<Tab> OpenTabAsync(BrowserNewContextOptions? options = null)
    {
        var context = await browser.NewContextAsync(options);
        return new Tab(await context.NewPageAsync());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
