namespace StatsGraph.EndToEnd.Tests.Browser;

/// <summary>The IDE in a real browser.</summary>
[Collection(Alone.Name)]
public sealed class IdeTests
{
    [Fact]
    public async Task It_loads_its_parts_from_the_server_alone_and_reads_the_schema()
    {
        if (Chromium.Missing is { } reason)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", reason);
            Assert.Fail(reason);
        }

        using var folder = new TemporaryFolder();
        using var profile = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(6));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var home = await ServeTests.AddressAsync(server);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        await using (var chromium = await Chromium.StartAsync(profile, deadline.Token))
        {
            await chromium.OpenAsync(new Uri(home, "graphql/"), "Create Document", deadline.Token);
            await OpenDocumentAsync(chromium, deadline.Token);
            Assert.Contains(chromium.Loaded, url => url.Contains("/graphql/static/js/main.", StringComparison.Ordinal));
            Assert.All(chromium.Loaded, url => Assert.StartsWith(home.ToString(), url, StringComparison.Ordinal));
            Assert.DoesNotContain(chromium.Failures, failure => !failure.EndsWith("/service-worker.js", StringComparison.Ordinal));
        }

        await server.TerminateAsync();
    }

    /// <summary>Has the IDE, whose start page is shown, open a document, for which its workers have to ask the server for the schema.</summary>
    internal static async Task OpenDocumentAsync(Chromium chromium, CancellationToken cancellation)
    {
        await chromium.ClickAsync("Create Document", cancellation);
        await chromium.UntilShownAsync("Schema available", cancellation);
    }
}
