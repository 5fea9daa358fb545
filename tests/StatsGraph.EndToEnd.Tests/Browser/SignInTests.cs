namespace StatsGraph.EndToEnd.Tests.Browser;

/// <summary>A real browser on a server that asks for tokens.</summary>
[Collection(Alone.Name)]
public sealed class SignInTests
{
    [Fact]
    public async Task Somebody_signs_in_is_led_to_the_ide_asks_and_signs_out()
    {
        if (Chromium.Missing is { } reason)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", reason);
            Assert.Fail(reason);
        }

        using var folder = new TemporaryFolder();
        using var profile = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(6));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "radio", "access.log"]);
        var token = await AccessTests.AddAsync(folder, "--scope", "read", "--site", "radio");
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var home = await ServeTests.AddressAsync(server);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        await using (var chromium = await Chromium.StartAsync(profile, deadline.Token))
        {
            await chromium.OpenAsync(new Uri(home, "graphql/"), "Token", deadline.Token);
            await EnterAsync(chromium, "sg_wrong", deadline.Token);
            await chromium.UntilShownAsync("This token is unknown, has expired or was revoked.", deadline.Token);
            await EnterAsync(chromium, token, deadline.Token);
            await chromium.UntilShownAsync("Create Document", deadline.Token);
            Assert.Equal(new Uri(home, "graphql/").ToString(), await chromium.RunAsync("location.href", deadline.Token));
            Assert.Equal("", await chromium.RunAsync("document.cookie", deadline.Token));
            Assert.Contains("\"radio\"", await chromium.RunAsync(
                "fetch('../graphql?query={sites{nodes{key}}}').then(answer => answer.text())", deadline.Token), StringComparison.Ordinal);

            await chromium.OpenAsync(home, "Sign out", deadline.Token);
            await chromium.RunAsync("document.querySelector('form button').click()", deadline.Token);
            await chromium.UntilShownAsync("Sign in", deadline.Token);
            await chromium.OpenAsync(new Uri(home, "graphql/"), "Token", deadline.Token);
            Assert.All(chromium.Failures, failure => Assert.True(
                failure.StartsWith("401 ", StringComparison.Ordinal) || failure.EndsWith("/service-worker.js", StringComparison.Ordinal)
                    || failure.StartsWith("net::ERR_ABORTED", StringComparison.Ordinal), failure));
        }

        await server.TerminateAsync();
    }

    private static Task<string> EnterAsync(Chromium chromium, string token, CancellationToken cancellation) => chromium.RunAsync(
        $"document.querySelector('#token').value = '{token}'; document.querySelector('form button').click()", cancellation);
}
