namespace StatsGraph.EndToEnd.Tests.Browser;

/// <summary>The IDE in a real browser.</summary>
[Collection(Alone.Name)]
public sealed class IdeTests
{
    [Fact]
    public async Task It_loads_its_parts_from_the_server_alone_and_reads_the_schema()
    {
        Chromium.Need();

        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(6));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var home = await ServeTests.AddressAsync(server);
        await using (var chromium = await Chromium.StartAsync())
        await using (var tab = await chromium.OpenTabAsync())
        {
            await tab.OpenAsync(new Uri(home, "graphql/"), "Create Document");
            await OpenDocumentAsync(tab);
            Assert.Contains(tab.Loaded, url => url.Contains("/graphql/static/js/main.", StringComparison.Ordinal));
            Assert.All(tab.Loaded, url => Assert.StartsWith(home.ToString(), url, StringComparison.Ordinal));
            Assert.DoesNotContain(tab.Failures, failure => !failure.EndsWith("/service-worker.js", StringComparison.Ordinal));
        }

        await server.TerminateAsync();
    }

    /// <summary>Has the IDE, whose start page is shown, open a document, for which its workers have to ask the server for the schema.</summary>
    internal static async Task OpenDocumentAsync(Tab tab)
    {
        await tab.ClickAsync("Create Document");
        await tab.UntilShownAsync("Schema available");
    }
}
