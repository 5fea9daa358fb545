using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Tests.Server;

namespace StatsGraph.Tests.Schedules;

/// <summary>Schedules and deliveries in the API: to those who administer the site, and without secrets.</summary>
public sealed class ScheduleApiTests : IAsyncLifetime
{
    private const string Names = "{ schedules { name } deliveries { totalCount } }";

    private readonly SomeSchedules some = new("2026-10-31T00:00:00Z");
    private readonly SomeStation station = new();
    private RunningServer server = null!;
    private RunningServer guarded = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var book = await some.BookAsync();
        server = new RunningServer(new SomeStation(), new ServerOptions { Schedules = book });
        guarded = new RunningServer(new SomeStation(), new ServerOptions { Schedules = book, DataFolder = station.Folder, Access = AccessMode.Tokens, Public = true });
        await server.InitializeAsync();
        await guarded.InitializeAsync();
    }

    [Fact]
    public async Task A_schedule_tells_what_it_makes_when_and_where_to()
    {
        var schedules = (await AskAsync(
            "{ schedules { name site cron timeZone report query period settleAfterDays catchUp formats targets { kind address } nextRun nextPeriod "
            + "lastRun { due period onDemand madeAt endedAt title revision files { name mediaType bytes sha256 } deliveries { target state attempts } } } }"))
            .GetProperty("schedules");
        Assert.Equal(
            """{"name":"hours","site":"demo","cron":"0 6 1 * *","timeZone":"UTC","report":"US-ATH","query":null,"period":"last month","settleAfterDays":0,"catchUp":12,"formats":["csv","pdf"],"targets":[{"kind":"folder","address":"OUT"},{"kind":"webhook","address":"http://127.0.0.1:1"}],"nextRun":"2026-12-01T06:00:00Z","nextPeriod":"2026-11","""
                .Replace("OUT", some.Out, StringComparison.Ordinal)
            + """
            "lastRun":{"due":"2026-11-01T06:00:00Z","period":"2026-10","onDemand":false,"madeAt":"2026-12-01T00:00:00Z","endedAt":null,"title":"Figures of 2026-10","revision":null,"files":[{"name":"2026-10_20261101T0600.txt","mediaType":"text/plain","bytes":7,"sha256":"b61370e40756
            """,
            schedules[0].GetRawText()[..schedules[0].GetRawText().IndexOf("b61370e40756", StringComparison.Ordinal)] + "b61370e40756");
        Assert.EndsWith(
            """
            "deliveries":[{"target":"folder","state":"DELIVERED","attempts":1},{"target":"webhook","state":"RETRYING","attempts":1}]}}
            """,
            schedules[0].GetRawText(), StringComparison.Ordinal);
        Assert.Equal(("stations", "2026-11-23T07:00:00Z"), (schedules[1].GetProperty("name").GetString(), schedules[1].GetProperty("nextRun").GetString()));
        Assert.Equal(JsonValueKind.Null, schedules[1].GetProperty("lastRun").ValueKind);
        Assert.DoesNotContain("S3CRET", schedules.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_tells_how_far_it_is_and_why()
    {
        const string Fields = "nodes { schedule site due period target address state attempts lastAttempt lastError nextAttempt files { name } } totalCount";
        var all = (await AskAsync($"{{ deliveries {{ {Fields} }} }}")).GetProperty("deliveries");
        Assert.Equal(2, all.GetProperty("totalCount").GetInt32());
        var failed = (await AskAsync($"{{ deliveries(state: RETRYING, schedule: \"hours\", site: \"demo\") {{ {Fields} }} }}")).GetProperty("deliveries").GetProperty("nodes");
        Assert.Equal(1, failed.GetArrayLength());
        Assert.StartsWith(
            """{"schedule":"hours","site":"demo","due":"2026-11-01T06:00:00Z","period":"2026-10","target":"webhook","address":"http://127.0.0.1:1","state":"RETRYING","attempts":1,"lastAttempt":"2026-12-01T00:00:00Z","lastError":"http://127.0.0.1:1: """,
            failed[0].GetRawText(),
            StringComparison.Ordinal);
        Assert.EndsWith(
            ""","nextAttempt":"2026-12-01T00:01:00Z","files":[{"name":"2026-10_20261101T0600.txt"}]}""", failed[0].GetRawText(), StringComparison.Ordinal);
        var page = (await AskAsync("{ deliveries(first: 1) { nodes { target } pageInfo { endCursor hasNextPage } } }")).GetProperty("deliveries");
        Assert.Equal("folder", page.GetProperty("nodes")[0].GetProperty("target").GetString());
        var cursor = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        Assert.Equal(
            """{"deliveries":{"nodes":[{"target":"webhook"}],"pageInfo":{"hasNextPage":false}}}""",
            (await AskAsync($"{{ deliveries(after: \"{cursor}\") {{ nodes {{ target }} pageInfo {{ hasNextPage }} }} }}")).GetRawText());
        Assert.DoesNotContain("S3CRET", all.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TokenScope.Admin, "", """{"schedules":[{"name":"hours"},{"name":"stations"}],"deliveries":{"totalCount":2}}""")]
    [InlineData(TokenScope.Admin, "demo", """{"schedules":[{"name":"hours"}],"deliveries":{"totalCount":2}}""")]
    [InlineData(TokenScope.Admin, "other", """{"schedules":[],"deliveries":{"totalCount":0}}""")]
    [InlineData(TokenScope.Read, "", """{"schedules":[],"deliveries":{"totalCount":0}}""")]
    [InlineData(TokenScope.Ingest, "demo", """{"schedules":[],"deliveries":{"totalCount":0}}""")]
    public async Task Only_those_who_administer_a_site_see_what_runs_for_it(TokenScope scope, string site, string expected)
    {
        // Somebody else asked the same before, and that answer is not for everybody, although all may read all figures here.
        await AskAsync(guarded, Names, Token(TokenScope.Admin, ""));
        await AskAsync(guarded, Names, null);
        Assert.Equal(expected, (await AskAsync(guarded, Names, Token(scope, site))).GetRawText());
        Assert.Equal("""{"schedules":[],"deliveries":{"totalCount":0}}""", (await AskAsync(guarded, Names, null)).GetRawText());
    }

    [Fact]
    public async Task An_answer_from_memory_never_hides_what_has_become_of_a_delivery()
    {
        const string Count = "{ deliveries(state: RETRYING) { totalCount } }";
        Assert.Equal("""{"deliveries":{"totalCount":1}}""", (await AskAsync(Count)).GetRawText());
        Directory.Delete(Path.Combine(some.Data, "schedules", "hours"), recursive: true);
        Assert.Equal("""{"deliveries":{"totalCount":0}}""", (await AskAsync(Count)).GetRawText());
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await guarded.DisposeAsync();
        station.Dispose();
        some.Dispose();
    }

    private string Token(TokenScope scope, string site)
        => new TokenFolder(station.Folder, TimeProvider.System).Add(scope, site.Length == 0 ? [] : [site], null, null).Text;

    private Task<JsonElement> AskAsync(string query) => AskAsync(server, query, null);

    private static async Task<JsonElement> AskAsync(RunningServer asked, string query, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query }) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await asked.Client.SendAsync(request, Cancellation);
        var answer = await RunningServer.JsonAsync(response);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }
}
