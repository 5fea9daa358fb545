using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using StatsGraph.Reports.Columns;
using StatsGraph.Server;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Tests.Server.Telemetry;

/// <summary>Which answers take long is told in the log, and no more of them than what they are called.</summary>
[Collection(WatchedServers.Name)]
public sealed class SlowQueryTests
{
    private const string Own = """
        query Own($agent: String) { site(key: "demo") { report(period: { month: "2026-10" }, where: { userAgent: { eq: $agent }, bytes: { gt: 4711 } }) {
          totals { sessions listeners } } } } # mine
        """;

    private static readonly ServerOptions All = new()
    {
        LogLevel = LogLevel.Debug,
        Telemetry = new TelemetryOptions { SlowQuery = TimeSpan.Zero },
    };

    [Fact]
    public async Task A_line_says_what_was_asked_what_it_took_and_for_which_request()
    {
        using var station = new SomeStation();
        using var columns = new ColumnStore(station.Lake, station.Folder, station.Sites, _ => { });
        columns.Start();
        using var store = station.Open(columns);
        while (store.Building is not null)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await using var server = await WatchedServer.StartAsync(store, All);
        await server.AskAsync(Repository("tuning-hours"), new { site = "demo", month = "2026-10" }, "saved-one");
        await server.AskAsync(Own, new { agent = "Secret/1.0" }, "own-one-1");
        await server.AskAsync(Own.Replace("4711", "815", StringComparison.Ordinal), new { agent = "Other/1.0" }, "own-one-2");
        var lines = await server.LinesAsync(lines => lines.Count(line => line.Contains("took", StringComparison.Ordinal)) >= 3);

        Assert.Matches(
            @"^warn: StatsGraph\.Server \[saved-one\] Slow query: tuning-hours took [0-9]+ ms, [1-9][0-9]* figures by (columns, )?(lake, )?rollup, [1-9][0-9]* rows read, lake version 0, for operator$",
            lines.Single(line => line.Contains("[saved-one] Slow query: tuning", StringComparison.Ordinal)));
        var hashes = lines.Select(line => Regex.Match(line, @"\[own-one-.\] Slow query: document ([0-9a-f]{16}) took ")).Where(match => match.Success).ToList();
        Assert.Equal(2, hashes.Count);
        Assert.Single(hashes.Select(match => match.Groups[1].Value).Distinct());
        Assert.Contains(
            "debug: StatsGraph.Server [own-one-1] Slow query: query Own($agent:String){site(key:?){report(period:{month:?}where:{userAgent:{eq:$agent}bytes:{gt:?}}){totals{sessions listeners}}}}",
            lines);
        Assert.DoesNotContain(lines, line => line.Contains("Secret", StringComparison.Ordinal) || line.Contains("4711", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(3_600_000, 0)]
    [InlineData(0, 1)]
    public async Task Those_under_the_threshold_are_not_told(int? milliseconds, int lines)
    {
        using var station = new SomeStation();
        await using var server = await WatchedServer.StartAsync(
            station.Store, All with { LogLevel = LogLevel.Information, Telemetry = new TelemetryOptions { SlowQuery = milliseconds is { } some ? TimeSpan.FromMilliseconds(some) : null } });
        await server.AskAsync(Own);
        await server.LinesAsync(written => written.Any(line => line.Contains("POST /graphql", StringComparison.Ordinal)));
        Assert.Equal(lines, server.Lines.Count(line => line.Contains("Slow query", StringComparison.Ordinal)));
    }

    [Fact]
    public void In_a_minute_there_are_ten_lines_and_then_a_count()
    {
        var log = new SomeLog();
        var clock = new MinuteClock();
        var slow = new SlowQueries(TimeSpan.Zero, log, clock);
        using var station = new SomeStation();
        void Ask() => slow.Tell(new GraphQLRequest("{ a }", null, default), "operator", station.Store.StartTrace(), version: 7);
        for (var asked = 0; asked < 1_000; asked++)
            Ask();
        Assert.Equal(10, log.Lines.Count);

        clock.Minutes++;
        Ask();
        Ask();
        Assert.Equal(
            ["Slow queries: 990 more were not told, for there were too many in a minute", "Slow query: document", "Slow query: document"],
            log.Lines.Skip(10).Select(line => line.StartsWith("Slow query: document", StringComparison.Ordinal) ? "Slow query: document" : line));
    }

    [Theory]
    [InlineData("""{ a(b: "c \" d", e: [1, -2.5e3], f: EAST, g: $h) @i(j: true) }""", "{a(b:? e:[? ?]f:EAST g:$h)@i(j:true)}")]
    [InlineData("{ a(b: \"\"\"block \"quoted\"\n text\"\"\") ...C } # comment 81.2.69.160\nfragment C on D { e }", "{a(b:?)...C}fragment C on D{e}")]
    [InlineData("{ a(b: \"unended", "{a(b: ...")]
    public void A_normalised_document_has_no_values(string document, string expected)
        => Assert.Equal(expected, NormalizedDocument.TextOf(document));

    [Fact]
    public void Documents_that_differ_in_values_and_layout_have_one_hash()
    {
        var hash = NormalizedDocument.HashOf("""{ a(b: "c") }""");
        Assert.Equal(hash, NormalizedDocument.HashOf("{\n  a(b: \"other\") # so\n}"));
        Assert.NotEqual(hash, NormalizedDocument.HashOf("""{ a(c: "c") }"""));
    }

    private static string Repository(string query) => Command.Repository.Read($"queries/{query}.graphql");

    private sealed class MinuteClock : TimeProvider
    {
        public int Minutes { get; set; }

        public override long GetTimestamp() => Minutes * TimestampFrequency * 60;
    }

    private sealed class SomeLog : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Lines.Add(formatter(state, exception));
    }
}
