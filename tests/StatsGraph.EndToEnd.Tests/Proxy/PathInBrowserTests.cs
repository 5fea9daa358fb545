using StatsGraph.EndToEnd.Tests.Browser;

namespace StatsGraph.EndToEnd.Tests.Proxy;

/// <summary>A real browser on a server of which a real nginx has taken the path away.</summary>
[Collection(Alone.Name)]
public sealed class PathInBrowserTests(ProxiedStation station) : IClassFixture<ProxiedStation>
{
    [Fact]
    public async Task Somebody_signs_in_and_the_ide_asks_under_the_path_of_the_proxy()
    {
        NginxTests.NeedNginx();
        if (Chromium.Missing is { } reason)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", reason);
            Assert.Fail(reason);
        }

        using var profile = new TemporaryFolder();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        var home = station.Home("plain");
        await using var chromium = await Chromium.StartAsync(profile, deadline.Token);
        await chromium.OpenAsync(home, "Ask a question", deadline.Token);
        await chromium.RunAsync("document.querySelector('a[href=\"graphql/\"]').click()", deadline.Token);
        await chromium.UntilShownAsync("Token", deadline.Token);
        await chromium.RunAsync(
            $"document.querySelector('#token').value = '{station.Token}'; document.querySelector('form button').click()", deadline.Token);
        await chromium.UntilShownAsync("Create Document", deadline.Token);
        Assert.Equal(new Uri(home, "graphql/").ToString(), await chromium.RunAsync("location.href", deadline.Token));

        await IdeTests.OpenDocumentAsync(chromium, deadline.Token);
        Assert.Contains(chromium.Loaded, url => url.StartsWith(new Uri(home, "graphql/static/js/").ToString(), StringComparison.Ordinal));
        Assert.Contains("\"radio\"", await chromium.RunAsync(
            "fetch('../graphql?query={sites{nodes{key}}}').then(answer => answer.text())", deadline.Token), StringComparison.Ordinal);
        Assert.All(chromium.Loaded, url => Assert.StartsWith(home.ToString(), url, StringComparison.Ordinal));
        Assert.All(chromium.Failures, failure => Assert.True(
            failure.EndsWith("/service-worker.js", StringComparison.Ordinal) || failure.StartsWith("net::ERR_ABORTED", StringComparison.Ordinal), failure));
    }
}
