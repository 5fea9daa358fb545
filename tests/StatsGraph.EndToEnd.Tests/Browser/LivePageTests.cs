using System.Globalization;
using System.Text.RegularExpressions;

namespace StatsGraph.EndToEnd.Tests.Browser;

/// <summary>The script of the README's section "Live", as it stands there, on a page of the server in a real browser.</summary>
[Collection(Alone.Name)]
public sealed partial class LivePageTests
{
    [Fact]
    public async Task The_script_of_the_readme_shows_the_day_and_each_change_of_it()
    {
        Chromium.Need();

        using var folder = new TemporaryFolder();
        await IngestAsync(folder, listener: 1);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var home = await ServeTests.AddressAsync(server);
        await using (var chromium = await Chromium.StartAsync())
        await using (var tab = await chromium.OpenTabAsync())
        {
            await tab.OpenAsync(new Uri(home, "graphql/"), "Create Document");
            await tab.RunAsync("var told = []; console.log = (...words) => told.push(JSON.stringify(words)); 0");
            await tab.RunAsync(Script());
            Assert.Contains("\"sessions\":1,", await ToldAsync(tab, events: 1), StringComparison.Ordinal);
            await IngestAsync(folder, listener: 2);
            Assert.Contains("\"sessions\":2,", await ToldAsync(tab, events: 2), StringComparison.Ordinal);
        }

        await server.TerminateAsync();
    }

    private static string Script()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Folder("."), "README.md"));
        return Example().Match(readme) is { Success: true } example ? example.Groups[1].Value
            : throw new InvalidOperationException("the README has no script in its section Live");
    }

    /// <summary>Ingests a session of today, by a listener of its own.</summary>
    private static async Task IngestAsync(TemporaryFolder folder, int listener)
    {
        var stamp = DateTimeOffset.UtcNow.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
        folder.Write("access.log", $"10.0.{listener}.1 - - [{stamp} +0000] \"GET /live.mp3 HTTP/1.1\" 200 123456 \"-\" \"VLC/3.0.20\" 1\n");
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "radio", "access.log"]);
    }

    /// <summary>The latest of so many events, once they have come.</summary>
    private static async Task<string> ToldAsync(Tab tab, int events)
    {
        while (true)
        {
            var told = await tab.RunAsync(FormattableString.Invariant($"told.length >= {events} ? told.at(-1) : ''"));
            if (told.Length > 0)
                return told;
            await Task.Delay(100);
        }
    }

    [GeneratedRegex(@"### Live\n.*?```js\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
