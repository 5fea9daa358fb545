using System.Text.RegularExpressions;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>The first command of the README.</summary>
public sealed partial class DemoTests
{
    [Fact]
    public async Task It_prints_the_same_figures_every_time_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var first = await OnceAsync(folder);
        var second = await OnceAsync(folder);
        Assert.Equal((0, "", 0, ""), (first.ExitStatus, first.Error, second.ExitStatus, second.Error));
        Assert.Equal(Timing().Replace(first.Output, ""), Timing().Replace(second.Output, ""));
        Assert.Empty(Directory.GetDirectories(folder.Path, "statsgraph-*"));
    }

    [Fact]
    public async Task It_serves_what_it_made_until_it_is_told_to_stop_and_then_removes_it()
    {
        using var folder = new TemporaryFolder();
        using var demo = StatsGraphProcess.Start(folder, ["demo", "--urls", "http://127.0.0.1:0"], ("TMPDIR", folder.Path));
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(demo) };
        Assert.Single(Directory.GetDirectories(folder.Path, "statsgraph-demo-*"));
        await ServeTests.UntilReadyAsync(client);
        var issued = (await Answers.AskAsync(client, "{ site(key: \"demo\") { issuedReports { nodes { profile period revisionCount } } issuedReportsOfUse { nodes { name period revisionCount } } } }"))
            .GetProperty("data").GetProperty("site");
        Assert.Equal(
            """{"issuedReports":{"nodes":[{"profile":"US-ATH","period":"2026-10","revisionCount":1}]},"issuedReportsOfUse":{"nodes":[{"name":"REPORT-OF-USE","period":"2026-10","revisionCount":1}]}}""",
            issued.GetRawText());
        Assert.Equal(0, (await demo.TerminateAsync()).ExitStatus);
        Assert.Empty(Directory.GetDirectories(folder.Path, "statsgraph-*"));
    }

    private static Task<CommandResult> OnceAsync(TemporaryFolder folder)
        => StatsGraphProcess.RunAsync(folder, ["demo", "--once"], "", ("TMPDIR", folder.Path));

    /// <summary>How long it took, and the temporary folder, which has another name every time.</summary>
    [GeneratedRegex(@" in [0-9.]+ s( \([0-9,]+ lines/s\))?|/\S*/statsgraph-demo-\w+")]
    private static partial Regex Timing();
}
