using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>Every figure of the page is the API's, asked here in other words.</summary>
[Collection(SharedDashboard.Name)]
public sealed class FiguresTests(DashboardStation station)
{
    private const string Totals =
        "totals { tuningHours sessions visits listeners averageDuration averageConcurrent peakConcurrent { sessions } }";

    [Theory]
    [InlineData("", "")]
    [InlineData("&min=60&country=DE&mount=/live.mp3&hour=18", """, minDuration: 60, where: { country: { eq: "DE" }, mount: { eq: "/live.mp3" }, hourOfDay: { eq: 18 } }""")]
    public async Task Every_card_shows_what_the_api_tells(string query, string arguments)
    {
        await using var tab = await station.OpenAsync("?site=demo&period=2026-10" + query);
        Assert.Equal(
            DashboardTab.Cards.Order(StringComparer.Ordinal),
            (await tab.Page.Locator("[data-card]").EvaluateAllAsync<string[]>("cards => cards.map(card => card.dataset.card)")).Order(StringComparer.Ordinal));
        var report = await station.ReportAsync(
            $$"""
            {{Totals}} comparedTo(baseline: PREVIOUS_PERIOD) { {{Totals}} }
            timeSeries { buckets { start metrics { tuningHours } } }
            hourlyVisits { hour visits }
            weeks: groups(by: [DAY_OF_WEEK, HOUR_OF_DAY], first: 168) { nodes { keys { value } metrics { visits } } }
            entryMounts(first: 5) { nodes { mount metrics { visits } } }
            mounts(first: 5) { nodes { mount metrics { tuningHours } } }
            players(first: 5) { nodes { name metrics { sessions } } }
            referrers(first: 5) { nodes { host metrics { visits } } }
            countries(first: 5) { nodes { code metrics { sessions } } }
            errors(first: 5) { nodes { status path requests } }
            """,
            arguments);

        await AssertFiguresAsync(tab, report);
        AssertRows(await tab.RowsAsync("over-time"), report.GetProperty("timeSeries").GetProperty("buckets"), "start", "tuningHours");
        Assert.Equal(
            report.GetProperty("hourlyVisits").EnumerateArray().Select(hour => (hour.GetProperty("hour").ToString(), (double?)hour.GetProperty("visits").GetDouble())),
            await tab.RowsAsync("hours"));
        AssertWeek(await tab.RowsAsync("weekday-hours"), report.GetProperty("weeks").GetProperty("nodes"));
        AssertRows(await tab.RowsAsync("entry-mounts"), report, "entryMounts", "mount", "visits");
        AssertRows(await tab.RowsAsync("mounts"), report, "mounts", "mount", "tuningHours");
        AssertRows(await tab.RowsAsync("players"), report, "players", "name", "sessions");
        AssertRows(await tab.RowsAsync("referrers"), report, "referrers", "host", "visits");
        AssertRows(await tab.RowsAsync("countries"), report, "countries", "code", "sessions");
        var errors = await tab.RowsAsync("errors");
        Assert.Equal(
            report.GetProperty("errors").GetProperty("nodes").EnumerateArray().Select(error => (double?)error.GetProperty("requests").GetDouble()),
            errors.Take(5).Select(row => row.Value));
        await tab.AssertCleanAsync();
    }

    [Fact]
    public async Task What_was_left_out_and_the_threshold_are_what_the_api_tells()
    {
        await using var tab = await station.OpenAsync("?site=demo&period=2026-10");
        var site = await station.SiteAsync(
            """
            intake { classes { class lines } rejections { reason lines } }
            compliance(profile: "US-ATH", period: { month: "2026-10" }) { channels { name threshold { share } } }
            """);
        var leftOut = (await tab.RowsAsync("left-out")).ToDictionary(row => row.Key, row => row.Value);
        var intake = site.GetProperty("intake");
        Assert.All(
            intake.GetProperty("rejections").EnumerateArray(),
            rejection => Assert.Equal(rejection.GetProperty("lines").GetDouble(), leftOut[rejection.GetProperty("reason").GetString()!]));
        Assert.All(
            intake.GetProperty("classes").EnumerateArray().Where(count => count.GetProperty("class").GetString() is not ("LISTENER" or "REJECTED") && count.GetProperty("lines").GetDouble() > 0),
            count => Assert.Equal(count.GetProperty("lines").GetDouble(), leftOut[count.GetProperty("class").GetString()!]));
        var threshold = (await tab.RowsAsync("threshold")).ToDictionary(row => row.Key, row => row.Value);
        Assert.All(
            site.GetProperty("compliance").GetProperty("channels").EnumerateArray(),
            channel => Assert.Equal(channel.GetProperty("threshold").GetProperty("share").GetDouble(), threshold[channel.GetProperty("name").GetString()!]));
    }

    [Fact]
    public void The_readme_names_every_card_that_can_be_framed()
    {
        var readme = File.ReadAllText(Repository.Folder("README.md"));
        Assert.All(DashboardTab.Cards, card => Assert.Contains($"`{card}`", readme, StringComparison.Ordinal));
    }

    private static async Task AssertFiguresAsync(DashboardTab tab, JsonElement report)
    {
        var (now, before) = (report.GetProperty("totals"), report.GetProperty("comparedTo").GetProperty("totals"));
        var figures = await tab.FiguresAsync();
        Assert.Equal(7, figures.Count);
        Assert.All(figures, figure =>
        {
            var (value, baseline) = (Figure(now, figure.Key), Figure(before, figure.Key));
            Assert.Equal(value, figure.Value.Value);
            if (figure.Value.Change is { } change)
                Assert.Equal((value - baseline) / baseline, change, 1e-9);
            else
                Assert.True(baseline is 0 or double.NaN, $"{figure.Key} has no change");
        });
    }

    /// <summary>A figure of totals; NaN where there is none.</summary>
    private static double Figure(JsonElement totals, string name)
        => totals.GetProperty(name) is { ValueKind: JsonValueKind.Object } peak ? peak.GetProperty("sessions").GetDouble()
            : totals.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble()
            : double.NaN;

    /// <summary>The first rows of a card are those of a list.</summary>
    private static void AssertRows(IReadOnlyList<(string Key, double? Value)> shown, JsonElement report, string list, string key, string figure)
        => AssertRows([.. shown.Take(5)], report.GetProperty(list).GetProperty("nodes"), key, figure);

    private static void AssertRows(IReadOnlyList<(string Key, double? Value)> shown, JsonElement rows, string key, string figure)
    {
        Assert.NotEmpty(shown);
        Assert.Equal(
            rows.EnumerateArray().Select(row => (row.GetProperty(key).GetString() ?? "", (double?)row.GetProperty("metrics").GetProperty(figure).GetDouble())),
            shown);
    }

    /// <summary>A cell for each day of the week and hour, also where nobody came.</summary>
    private static void AssertWeek(IReadOnlyList<(string Key, double? Value)> shown, JsonElement groups)
    {
        var told = groups.EnumerateArray().ToDictionary(
            group => $"{group.GetProperty("keys")[0].GetProperty("value")}-{group.GetProperty("keys")[1].GetProperty("value")}",
            group => group.GetProperty("metrics").GetProperty("visits").GetDouble());
        Assert.NotEmpty(told);
        Assert.Equal(168, shown.Count);
        Assert.All(shown, cell => Assert.Equal(told.GetValueOrDefault(cell.Key), cell.Value));
    }
}
