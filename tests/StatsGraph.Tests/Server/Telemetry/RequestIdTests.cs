using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StatsGraph.Server;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Tests.Server.Telemetry;

/// <summary>Each request has an id, which its answer, its errors and its lines in the log bear.</summary>
[Collection(WatchedServers.Name)]
public sealed class RequestIdTests
{
    private const string Sessions = """{ site(key: "demo") { report(period: { month: "2026-10" }) { totals { sessions } } } }""";

    [Theory]
    [InlineData("0123abcd", true)]
    [InlineData("550e8400-e29b-41d4-a716-446655440000", true)]
    [InlineData("Root_1-67891233-abcdef012345678912345678", true)]
    [InlineData("0123abc", false)]
    [InlineData("81.2.69.160", false)]
    [InlineData("2001:db8::1234:5678", false)]
    [InlineData("radio.example.org", false)]
    [InlineData("a b c d e f g h", false)]
    [InlineData("héhéhéhéhé", false)]
    public void An_id_is_taken_when_it_is_well_formed(string id, bool isTaken)
        => Assert.Equal(isTaken, RequestId.Of(new HeaderDictionary { ["X-Request-Id"] = id }) == id);

    [Fact]
    public void An_id_of_64_characters_is_taken_and_a_longer_one_or_two_are_not()
    {
        var longest = new string('a', 64);
        Assert.Equal(longest, RequestId.Of(new HeaderDictionary { ["X-Request-Id"] = longest }));
        Assert.NotEqual(longest + "a", RequestId.Of(new HeaderDictionary { ["X-Request-Id"] = longest + "a" }));
        Assert.Matches("^[0-9a-f]{32}$", RequestId.Of(new HeaderDictionary { ["X-Request-Id"] = new(["0123abcd", "0123abce"]) }));
    }

    [Fact]
    public void Without_one_it_is_that_of_the_trace_and_else_a_new_one()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        Assert.Equal(Trace, RequestId.Of(new HeaderDictionary { ["traceparent"] = $"00-{Trace}-00f067aa0ba902b7-01" }));
        Assert.Matches("^[0-9a-f]{32}$", RequestId.Of(new HeaderDictionary { ["traceparent"] = "00-4bf9-01" }));
        Assert.NotEqual(RequestId.Of(new HeaderDictionary()), RequestId.Of(new HeaderDictionary()));
    }

    [Fact]
    public async Task Every_response_has_one()
    {
        using var station = new SomeStation();
        await using var server = await WatchedServer.StartAsync(station.Store, new ServerOptions { LogLevel = LogLevel.None });
        foreach (var address in new[] { "", "graphql", "graphql/", "health/live", "metrics", "reports/none.csv", "nothing", "graphql?query={nothing}" })
        {
            using var response = await server.Client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Matches("^[0-9a-f]{32}$", response.Headers.GetValues("X-Request-Id").Single());
        }
    }

    [Fact]
    public async Task An_unexpected_error_has_the_id_that_stands_in_the_log_and_is_never_kept()
    {
        using var station = new SomeStation();
        station.SpoilFiles();
        await using var server = await WatchedServer.StartAsync(station.Store, new ServerOptions { LogLevel = LogLevel.Warning });
        foreach (var id in new[] { "first-of-two", "second-of-two" })
        {
            var (json, given) = await server.AskAsync(Sessions, id: id);
            var extensions = json.GetProperty("errors")[0].GetProperty("extensions");
            Assert.Equal(("INTERNAL", id, id), (extensions.GetProperty("code").GetString(), extensions.GetProperty("requestId").GetString(), given));
        }

        var lines = await server.LinesAsync(lines => lines.Count(line => line.StartsWith("error", StringComparison.Ordinal)) >= 2);
        Assert.Contains(lines, line => line.StartsWith("error: StatsGraph.Server [first-of-two] Answering ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("error: StatsGraph.Server [second-of-two] Answering ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_fails_outside_of_GraphQL_is_answered_with_its_id_and_nothing_of_the_inside()
    {
        using var station = new SomeStation();
        await using var server = await WatchedServer.StartAsync(
            station.Store,
            new ServerOptions { LogLevel = LogLevel.Warning },
            app => app.MapGet("/broken", (RequestDelegate)(_ => throw new InvalidOperationException("secret inside"))));
        using var request = new HttpRequestMessage(HttpMethod.Get, "broken") { Headers = { { "X-Request-Id", "broken-request" } } };
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(500, (int)response.StatusCode);
        var extensions = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("errors")[0].GetProperty("extensions");
        Assert.Equal("""{"code":"INTERNAL","requestId":"broken-request"}""", extensions.GetRawText());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        await server.LinesAsync(lines => lines.Any(line => line.StartsWith("error: StatsGraph.Server [broken-request] A request failed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task At_level_information_each_request_has_a_line_without_its_address()
    {
        using var station = new SomeStation();
        await using var server = await WatchedServer.StartAsync(station.Store, new ServerOptions { LogLevel = LogLevel.Information });
        using var request = new HttpRequestMessage(HttpMethod.Get, "graphql/persisted/overview?site=demo&month=2026-10") { Headers = { { "X-Request-Id", "one-request" } } };
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var nowhere = await server.Client.GetAsync("no/such/path?with=query", TestContext.Current.CancellationToken);
        var lines = await server.LinesAsync(lines => lines.Count(line => line.Contains(" ms for ", StringComparison.Ordinal)) >= 2);

        Assert.Matches(
            @"^info: StatsGraph\.Server \[one-request\] GET /graphql/persisted/\{name\} 200 in [0-9.]+ ms for operator$", lines.Single(line => line.Contains("one-request", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("] GET - 404 in ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("such", StringComparison.Ordinal) || line.Contains("2026-10", StringComparison.Ordinal));
    }
}
