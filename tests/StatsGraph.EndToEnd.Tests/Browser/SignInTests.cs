namespace StatsGraph.EndToEnd.Tests.Browser;

/// <summary>A real browser on a server that asks for tokens.</summary>
[Collection(Alone.Name)]
public sealed class SignInTests
{
    [Fact]
    public async Task Somebody_signs_in_is_led_to_the_ide_asks_and_signs_out()
    {
        Chromium.Need();

        using var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(6));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "radio", "access.log"]);
        var token = await AccessTests.AddAsync(folder, "--scope", "read", "--site", "radio");
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var home = await ServeTests.AddressAsync(server);
        await using (var chromium = await Chromium.StartAsync())
        await using (var tab = await chromium.OpenTabAsync())
        {
            await tab.OpenAsync(new Uri(home, "graphql/"), "Token");
            await EnterAsync(tab, "sg_wrong");
            await tab.UntilShownAsync("This token is unknown, has expired or was revoked.");
            await EnterAsync(tab, token);
            await tab.UntilShownAsync("Create Document");
            Assert.Equal(new Uri(home, "graphql/").ToString(), await tab.RunAsync("location.href"));
            Assert.Equal("", await tab.RunAsync("document.cookie"));
            Assert.Contains("\"radio\"", await tab.RunAsync(
                "fetch('../graphql?query={sites{nodes{key}}}').then(answer => answer.text())"), StringComparison.Ordinal);

            await tab.OpenAsync(home, "Sign out");
            await tab.ClickAsync("Sign out");
            await tab.UntilShownAsync("Sign in");
            await tab.OpenAsync(new Uri(home, "graphql/"), "Token");
            Assert.All(tab.Failures, failure => Assert.True(
                failure.StartsWith("401 ", StringComparison.Ordinal) || failure.EndsWith("/service-worker.js", StringComparison.Ordinal)
                    || failure.StartsWith("net::ERR_ABORTED", StringComparison.Ordinal), failure));
        }

        await server.TerminateAsync();
    }

    private static Task<string> EnterAsync(Tab tab, string token) => tab.RunAsync(
        $"document.querySelector('#token').value = '{token}'; document.querySelector('form button').click()");
}
