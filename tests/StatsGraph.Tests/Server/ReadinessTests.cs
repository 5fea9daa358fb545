using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Http;
using StatsGraph.Tests.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server;

/// <summary>A server says that it is ready once it answers as fast as it will.</summary>
public sealed class ReadinessTests : LakeTest
{
    [Fact]
    public async Task It_is_not_ready_before_its_columns_are_there_and_answers_all_the_same()
    {
        Append(SomeLines.Every(100));
        using var columns = new ColumnStore(LakeTable.Open(Data), Data, [], _ => { });
        using var store = new ReportStore(Lake, [], TimeProvider.System, new ReportOptions { MemoryLimit = "256MB" }, columns);
        await using var app = await StartAsync(store);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "not ready: building columns, 0 of 0 lines of 0 sites\n"), await GetAsync(client, "health/ready"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "health/live")).Status);
        Assert.Contains("\"lines\":100", await AskAsync(client), StringComparison.Ordinal);

        // How far they are counts lines and sites, which is not for everybody.
        await using (var guarded = await StartAsync(store, AccessMode.Tokens))
        {
            using var anybody = new HttpClient { BaseAddress = new Uri(guarded.Urls.Single()) };
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: building columns\n"), await GetAsync(anybody, "health/ready"));
        }

        columns.Start();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await GetAsync(client, "health/ready")).Status != HttpStatusCode.OK)
            await Task.Delay(20, deadline.Token);
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await GetAsync(client, "health/ready"));
        Assert.Contains("\"lines\":100", await AskAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_columns_it_is_ready_when_the_lake_can_be_read()
    {
        Append(SomeLines.Every(10));
        using var store = new ReportStore(LakeTable.Open(Data), [], TimeProvider.System, new ReportOptions { MemoryLimit = "256MB" });
        await using var app = await StartAsync(store);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await GetAsync(client, "health/ready"));
        Append(SomeLines.Every(10, firstHash: 100));
        File.WriteAllText(Path.Combine(Log, $"{1:D20}.json"), "{");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: the lake cannot be read\n"), await GetAsync(client, "health/ready"));
    }

    [Theory]
    [InlineData(1, 10_000_000, 3_250_000, "not ready: building columns, 3,250,000 of 10,000,000 lines of 1 site")]
    [InlineData(12, 900, 0, "not ready: building columns, 0 of 900 lines of 12 sites")]
    public void Progress_is_told_in_numbers(int sites, long lines, long done, string text)
        => Assert.Equal(text, Health.TextOf(new ColumnProgress(sites, lines, done)));

    private static async Task<WebApplication> StartAsync(ReportStore store, AccessMode? access = null)
    {
        var app = StatsGraphServer.Build(new ServerOptions { Urls = "http://127.0.0.1:0", LogLevel = LogLevel.None, Access = access }, store);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static Task<string> AskAsync(HttpClient client)
        => client.GetStringAsync("graphql?query=" + Uri.EscapeDataString("""{ site(key: "radio") { intake { lines } } }"""), TestContext.Current.CancellationToken);
}
