using System.Text.Json;

namespace StatsGraph.Tests.Server;

/// <summary>Answers on the ten lines of <see cref="SomeStation"/>; every figure is worked out by hand from the list of them.</summary>
[Collection(SharedServer.Name)]
public sealed class AnswerTests(RunningServer server)
{
    [Fact]
    public async Task Sites_are_listed() => Assert.Equal(
        """{"sites":{"totalCount":1,"nodes":[{"key":"demo","name":"Demo FM","timeZone":"Europe/Berlin"}]}}""",
        await DataAsync("{ sites { totalCount nodes { key name timeZone } } }"));

    [Fact]
    public async Task An_unknown_site_is_null() => Assert.Equal("""{"site":null}""", await DataAsync("""{ site(key: "other") { key } }"""));

    [Fact]
    public async Task Intake_accounts_for_every_line() => Assert.Equal(
        """{"dataThrough":"2026-10-06T11:00:00Z","mounts":["/jazz","/live.mp3"],"intake":{"lines":10,"blank":1,"classes":["""
        + string.Join(',', Classes(("LISTENER", 4), ("RELAY", 0), ("BOT", 1), ("SOURCE", 0), ("ADMIN", 0), ("ERROR", 3), ("NON_STREAM", 0), ("PROBE", 0), ("SUSPECT", 0), ("REJECTED", 1)))
        + """],"rejections":[{"reason":"no-duration","lines":1,"examples":["x - - [...]"]}]}}""",
        await SiteAsync("dataThrough mounts intake { lines blank classes { class lines } rejections { reason lines examples } }"));

    [Fact]
    public async Task A_period_is_of_the_sites_zone_unless_another_is_asked_for()
    {
        Assert.Equal(
            """{"period":{"from":"2026-09-30T22:00:00Z","to":"2026-10-31T23:00:00Z","timeZone":"Europe/Berlin","complete":false,"dataThrough":"2026-10-06T11:00:00Z"}}""",
            await ReportAsync("period { from to timeZone complete dataThrough }"));
        Assert.Equal(
            """{"site":{"report":{"period":{"from":"2026-10-01T00:00:00Z"}}}}""",
            await DataAsync("""{ site(key: "demo") { report(period: { month: "2026-10" }, timeZone: "UTC") { period { from } } } }"""));
    }

    // 3,600 + 600 + 1,800 + 900 = 6,900 seconds of listening, at 16,000 bytes a second; the second session continues the first visit.
    [Fact]
    public async Task Totals() => Assert.Equal(
        """{"totals":{"sessions":4,"visits":3,"listeners":3,"tuningHours":1.9166666666666667,"averageDuration":1725,"durationQuantile":1350,"bytes":110400000,"peakConcurrent":{"sessions":1,"at":"2026-10-01T10:00:00Z"}}}""",
        await ReportAsync("totals { sessions visits listeners tuningHours averageDuration durationQuantile bytes peakConcurrent { sessions at } }"));

    [Fact]
    public async Task Entry_mounts() => Assert.Equal(
        """{"entryMounts":{"nodes":[{"mount":"/live.mp3","share":0.6666666666666666,"metrics":{"visits":2,"sessions":3}},{"mount":"/jazz","share":0.3333333333333333,"metrics":{"visits":1,"sessions":1}}],"totalCount":2}}""",
        await ReportAsync("entryMounts { nodes { mount share metrics { visits sessions } } totalCount }"));

    [Fact]
    public async Task Countries_and_the_unknown_one()
    {
        Assert.Equal(
            """{"countries":{"nodes":[{"code":"DE","name":"Germany","continent":"EU","share":0.5},{"code":"US","name":"United States","continent":"NA","share":0.25},{"code":null,"name":"Unknown","continent":null,"share":0.25}]}}""",
            await ReportAsync("countries { nodes { code name continent share } }"));
        Assert.Equal("""{"countries":{"nodes":[{"latitude":null,"longitude":null}]}}""",
            await ReportAsync("countries(where: { key: { eq: null } }) { nodes { latitude longitude } }"));
    }

    [Fact]
    public async Task Referrers_and_players() => Assert.Equal(
        """{"referrers":{"nodes":[{"host":null,"kind":"DIRECT","metrics":{"visits":2}},{"host":"www.google.com","kind":"SEARCH","metrics":{"visits":1}}]},"players":{"nodes":[{"name":"VLC","metrics":{"sessions":3}},{"name":"foobar2000","metrics":{"sessions":1}}]}}""",
        await ReportAsync("referrers { nodes { host kind metrics { visits } } } players { nodes { name metrics { sessions } } }"));

    [Fact]
    public async Task Refused_requests() => Assert.Equal(
        """{"errors":{"nodes":[{"status":404,"path":"/gone","requests":2,"lastSeen":"2026-10-06T10:00:00Z"},{"status":403,"path":"/closed","requests":1,"lastSeen":"2026-10-06T11:00:00Z"}],"totalCount":2}}""",
        await ReportAsync("errors { nodes { status path requests lastSeen } totalCount }"));

    [Fact]
    public async Task Groups_of_several_dimensions_and_a_condition_on_them() => Assert.Equal(
        """{"groups":{"nodes":[{"keys":[{"dimension":"COUNTRY","value":"DE","label":"Germany"},{"dimension":"DATE","value":"2026-10-01","label":"2026-10-01"}],"metrics":{"sessions":2}}],"totalCount":1}}""",
        await ReportAsync("groups(by: [COUNTRY, DATE], where: { sessions: { gt: 1 } }) { nodes { keys { dimension value label } metrics { sessions } } totalCount }"));

    // 12:00, 13:10 and 22:00 on summer time's clock, 9:00 for the last one.
    [Fact]
    public async Task Hours_of_the_day()
    {
        var hours = JsonSerializer.Deserialize<JsonElement>(await ReportAsync("hourlyVisits { hour visits sessions }")).GetProperty("hourlyVisits");
        Assert.Equal(24, hours.GetArrayLength());
        Assert.Equal(
            ["9: 1 1", "12: 1 1", "13: 0 1", "22: 1 1"],
            hours.EnumerateArray().Where(h => h.GetProperty("sessions").GetInt64() > 0)
                .Select(h => $"{h.GetProperty("hour")}: {h.GetProperty("visits")} {h.GetProperty("sessions")}"));
    }

    [Fact]
    public async Task A_time_series_names_the_width_it_chose()
    {
        var series = JsonSerializer.Deserialize<JsonElement>(await ReportAsync("timeSeries { interval buckets { start metrics { sessions } } }")).GetProperty("timeSeries");
        Assert.Equal("DAY", series.GetProperty("interval").GetString());
        Assert.Equal(31, series.GetProperty("buckets").GetArrayLength());
        Assert.Equal("""{"start":"2026-09-30T22:00:00Z","metrics":{"sessions":2}}""", series.GetProperty("buckets")[0].GetRawText());
    }

    [Fact]
    public async Task A_filter_a_kind_and_a_comparison()
    {
        Assert.Equal("""{"site":{"report":{"totals":{"sessions":2},"comparedTo":{"totals":{"sessions":0}}}}}""", await DataAsync("""
            { site(key: "demo") { report(period: { month: "2026-10" }, where: { or: [{ mount: { endsWith: ".mp3" } }, { country: { in: ["FR"] } }] }) {
              totals { sessions } comparedTo(baseline: PREVIOUS_PERIOD) { totals { sessions } } } } }
            """));
        Assert.Equal("""{"site":{"report":{"totals":{"sessions":1}}}}""", await DataAsync(
            """{ site(key: "demo") { report(period: { month: "2026-10" }, where: { kind: { in: [BOT] } }) { totals { sessions } } } }"""));
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended()
    {
        var first = JsonSerializer.Deserialize<JsonElement>(await ReportAsync("mounts(first: 1) { nodes { mount } pageInfo { hasNextPage endCursor } }")).GetProperty("mounts");
        Assert.True(first.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        var cursor = first.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        Assert.Equal(
            """{"mounts":{"edges":[{"node":{"mount":"/jazz"}}],"pageInfo":{"hasNextPage":false,"hasPreviousPage":true},"totalCount":2}}""",
            await ReportAsync($$"""mounts(first: 1, after: "{{cursor}}") { edges { node { mount } } pageInfo { hasNextPage hasPreviousPage } totalCount }"""));
    }

    private static IEnumerable<string> Classes(params (string Class, int Lines)[] classes)
        => classes.Select(c => $$"""{"class":"{{c.Class}}","lines":{{c.Lines}}}""");

    private async Task<string> ReportAsync(string fields)
        => Within(await DataAsync($$"""{ site(key: "demo") { report(period: { month: "2026-10" }) { {{fields}} } } }"""), "site", "report");

    private async Task<string> SiteAsync(string fields) => Within(await DataAsync($$"""{ site(key: "demo") { {{fields}} } }"""), "site");

    private static string Within(string json, params string[] path)
        => path.Aggregate(JsonSerializer.Deserialize<JsonElement>(json), (element, name) => element.GetProperty(name)).GetRawText();

    private async Task<string> DataAsync(string query)
    {
        var answer = await server.QueryAsync(query);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data").GetRawText();
    }
}
