using System.Text.Json.Nodes;

namespace StatsGraph.Tests.Oracle;

/// <summary>What the questions are about: a site, the first month of its log, and a day near the middle of it.</summary>
public sealed record OracleScenario(string Site, DateOnly FirstMonth, DateOnly Day);

/// <summary>
/// Questions that together ask for every field of the API in every place, with every kind of filter, period, zone, cut, order
/// and page. Lists always run through all filters.
/// </summary>
public static class OracleQueries
{
    private const string Full =
        """
        sessions visits listeners tuningHours averageDuration durationQuantile low: durationQuantile(p: 0.1) high: durationQuantile(p: 0.95)
        averageConcurrent averageQuarterHour peakConcurrent { sessions at } bytes
        """;

    private const string Light = "sessions visits listeners tuningHours averageDuration bytes";
    private const string PageInfo = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
    private const string Period = "period { from to timeZone complete dataThrough }";
    private const string Totals = $"totals {{ {Full} }}";
    private const string LightTotals = $"totals {{ {Light} }}";
    private const string HourlyVisits = "hourlyVisits { hour visits sessions tuningHours averageConcurrent }";
    private const string Errors = $"errors {{ {PageInfo} nodes {{ status path requests lastSeen }} }}";
    private const string Everyone = """{ "kind": { "in": ["LISTENER", "BOT", "RELAY"] } }""";
    private const string Others = """{ "kind": { "in": ["BOT", "RELAY"] } }""";

    /// <summary>All questions of a scenario.</summary>
    public static IEnumerable<OracleQuery> All(OracleScenario scenario) =>
    [
        .. Sites(scenario), .. Filters(scenario), .. Periods(scenario), .. Zones(scenario), .. MinDurations(scenario),
        .. Cuts(scenario), .. Orders(scenario), .. Pages(scenario), .. ErrorLists(scenario),
    ];

    private static IEnumerable<OracleQuery> Sites(OracleScenario scenario)
    {
        const string intake = "intake { lines blank classes { class lines } rejections { reason lines examples } }";
        const string fields = $"key name timeZone mounts dataThrough {intake}";
        var site = new JsonObject { ["site"] = scenario.Site };
        yield return new OracleQuery("site", $"query Q($site: String!) {{ site(key: $site) {{ {fields} }} }}", site);
        yield return new OracleQuery("sites", $"{{ sites {{ {PageInfo} edges {{ cursor node {{ {fields} }} }} nodes {{ key }} }} }}", []);
        yield return new OracleQuery("unknown site", "{ site(key: \"no-such-site\") { key } }", []);
        yield return new OracleQuery(
            "literals instead of variables",
            $$"""
            {
              one: site(key: "{{scenario.Site}}") {
                all: report(period: { month: "{{scenario.FirstMonth:yyyy-MM}}" }) { totals { {{Light}} } }
                long: report(
                  period: { month: "{{scenario.FirstMonth:yyyy-MM}}" }
                  minDuration: 60
                  where: { mount: { neq: "/jazz" }, kind: { in: [LISTENER, BOT] } }
                ) {
                  totals { {{Light}} }
                  groups(by: [MOUNT, DATE], first: 3, order: [{ visits: DESC }, { key: ASC }]) { nodes { keys { value } share } }
                }
              }
            }
            """,
            []);
    }

    private static IEnumerable<OracleQuery> Filters(OracleScenario scenario)
    {
        foreach (var filter in OracleCases.Filters)
        {
            var variables = Variables(scenario, ("where", filter));
            yield return Report($"totals where {filter}", $"{Period} {Totals}", variables);
            yield return Report($"lists where {filter}", Lists("first: 5", Full), variables);
            yield return Report($"times where {filter}", $"{Series("AUTO", Full)} {HourlyVisits} {Errors}", variables);
        }
    }

    private static IEnumerable<OracleQuery> Periods(OracleScenario scenario)
    {
        var (month, day) = (scenario.FirstMonth, scenario.Day);
        string[] periods =
        [
            .. OracleCases.Presets.Select(preset => $$"""{ "preset": "{{preset}}" }"""),
            .. Enumerable.Range(-1, 4).Select(months => $$"""{ "month": "{{month.AddMonths(months):yyyy-MM}}" }"""),
            Days(day, day.AddDays(1)), Days(day.AddDays(-3), day.AddDays(4)), Days(month, month.AddMonths(2)),
            Days(new DateOnly(2024, 2, 29), new DateOnly(2024, 3, 1)),
            $$"""{ "instants": { "from": "{{day:yyyy-MM-dd}}T00:07:30Z", "to": "{{day.AddDays(2):yyyy-MM-dd}}T13:59:59Z" } }""",
            $$"""{ "instants": { "from": "{{day:yyyy-MM-dd}}T10:00:01Z", "to": "{{day:yyyy-MM-dd}}T10:14:59Z" } }""",
            $$"""{ "instants": { "from": "{{day:yyyy-MM-dd}}T23:00:00+05:45", "to": "{{day.AddDays(9):yyyy-MM-dd}}T00:00:00-03:30" } }""",
        ];
        foreach (var period in periods)
        {
            var variables = Variables(scenario, ("period", period));
            var body = $"{Period} {Totals} {Series("AUTO", Light + " averageConcurrent")} mounts {{ nodes {{ mount share }} }}";
            yield return Report($"period {period}", $"{body} {HourlyVisits} {Errors}", variables);
            yield return Report(
                $"compared {period}",
                $"before: comparedTo(baseline: PREVIOUS_PERIOD) {{ {body} comparedTo(baseline: PREVIOUS_YEAR) {{ {Period} {LightTotals} }} }} "
                + $"year: comparedTo(baseline: PREVIOUS_YEAR) {{ {body} comparedTo(baseline: PREVIOUS_PERIOD) {{ {Period} {LightTotals} }} }}",
                variables);
        }

        foreach (var interval in new[] { "AUTO", "HOUR", "DAY", "WEEK", "MONTH" })
            yield return Report($"series {interval}", Series(interval, Full), Variables(scenario));
        yield return Report("series by default", "timeSeries { interval buckets { start } }", Variables(scenario));
        var twoDays = Variables(scenario, ("period", Days(day.AddDays(-1), day.AddDays(1))));
        yield return Report("series QUARTER_HOUR", Series("QUARTER_HOUR", Full), twoDays);
    }

    private static IEnumerable<OracleQuery> Zones(OracleScenario scenario)
    {
        foreach (var zone in OracleCases.Zones)
        {
            var inZone = ("timeZone", $"\"{zone}\"");
            var variables = Variables(scenario, inZone, ("where", """{ "hourOfDay": { "nin": [12, 13] } }"""));
            yield return Report($"zone {zone}", $"{Period} {Totals} {Series("AUTO", Light)} {HourlyVisits}", variables);
            yield return Report(
                $"comparisons in {zone}", $"comparedTo(baseline: PREVIOUS_PERIOD) {{ {Period} {LightTotals} {HourlyVisits} }}", variables);
            foreach (var by in OracleCases.Dimensions.Where(CutsTime))
                yield return Groups($"by {by} in {zone}", Light, Variables(scenario, inZone, ("by", by), ("first", "60")));
        }
    }

    private static IEnumerable<OracleQuery> MinDurations(OracleScenario scenario)
    {
        foreach (var seconds in new[] { 1, 60, 300, 1_800, 1_000_000 })
        {
            var least = ("minDuration", $"{seconds}");
            var body = $"{Totals} {HourlyVisits} {Errors} {Lists("first: 20", Light)}";
            yield return Report($"at least {seconds} s", body, Variables(scenario, least));
            yield return Report($"at least {seconds} s of the rest", Totals, Variables(scenario, least, ("where", Others)));
        }
    }

    private static IEnumerable<OracleQuery> Cuts(OracleScenario scenario)
    {
        foreach (var by in OracleCases.Dimensions)
        {
            yield return Groups($"by {by}", Full, Variables(scenario, ("by", by), ("first", "40")));
            yield return Groups(
                $"by {by} of everything from 1 s",
                Light,
                Variables(scenario, ("by", by), ("first", "1000"), ("minDuration", "1"), ("where", Everyone)));
        }
    }

    private static IEnumerable<OracleQuery> Orders(OracleScenario scenario)
    {
        string[] cuts = ["""["MOUNT"]""", """["REFERRER"]""", """["HOUR_OF_DAY"]""", """["COUNTRY", "DATE"]"""];
        foreach (var order in OracleCases.Orders)
        {
            foreach (var by in cuts)
            {
                var variables = Variables(scenario, ("by", by), ("order", order), ("first", "100"));
                yield return Groups($"by {by} in order {order}", Light, variables);
            }

            var literal = order.Replace("\"", "", StringComparison.Ordinal);
            yield return Report($"lists in order {order}", Lists($"first: 100, order: {literal}", Light), Variables(scenario));
        }

        foreach (var having in OracleCases.Having)
        {
            foreach (var by in cuts)
            {
                var variables = Variables(scenario, ("by", by), ("having", having), ("first", "100"));
                yield return Groups($"by {by} having {having}", Light, variables);
            }
        }

        const string some = "where: { visits: { gte: 2 }, or: [{ key: { eq: null } }, { sessions: { gt: 3 } }] }";
        yield return Report("lists having", Lists(some, Light), Variables(scenario));
    }

    private static IEnumerable<OracleQuery> Pages(OracleScenario scenario)
    {
        (string Name, string Json)[][] pages =
        [
            [], [("first", "1")], [("first", "3")], [("last", "3")], [("first", "0")], [("first", "1000")],
            [("after", "\"@2\"")], [("first", "2"), ("after", "\"@0\"")], [("last", "2"), ("before", "\"@4\"")], [("before", "\"@3\"")],
            [("first", "10"), ("after", "\"@1\""), ("before", "\"@4\"")],
        ];
        foreach (var page in pages)
        {
            var name = string.Join(", ", page.Select(part => $"{part.Name} {part.Json}"));
            foreach (var by in new[] { """["MOUNT"]""", """["DATE", "MOUNT"]""" })
                yield return Groups($"by {by}, page {name}", Light, Variables(scenario, [("by", by), .. page]));
            yield return Paged($"errors, page {name}", "errors", "status path requests lastSeen", Variables(scenario, page));
            foreach (var list in new[] { "mounts", "entryMounts" })
                yield return Paged($"{list}, page {name}", list, "mount share metrics { visits }", Variables(scenario, page));
        }
    }

    private static IEnumerable<OracleQuery> ErrorLists(OracleScenario scenario)
    {
        foreach (var order in new[] { "requests: ASC", "status: ASC", "status: DESC", "lastSeen: ASC", "lastSeen: DESC" })
        {
            yield return Report(
                $"errors in order {order}",
                $"errors(first: 50, order: [{{ {order} }}, {{ requests: DESC }}]) {{ {PageInfo} nodes {{ status path requests lastSeen }} }}",
                Variables(scenario));
        }
    }

    private static bool CutsTime(string dimensions)
        => ((JsonArray)JsonNode.Parse(dimensions)!).Any(dimension => OracleKeys.IsTime((string)dimension!));

    private static string Series(string interval, string metrics)
        => $"timeSeries(interval: {interval}) {{ interval buckets {{ start end metrics {{ {metrics} }} }} }}";

    private static string Lists(string arguments, string metrics)
    {
        (string List, string Keys)[] lists =
        [
            ("entryMounts", "mount"), ("mounts", "mount"), ("countries", "code name continent latitude longitude"),
            ("referrers", "host kind"), ("players", "name"),
        ];
        var row = $"share metrics {{ {metrics} }}";
        return string.Join('\n', lists.Select(list => $"{list.List}({arguments}) {{ {PageInfo} nodes {{ {list.Keys} {row} }} }}"));
    }

    private static OracleQuery Groups(string name, string metrics, JsonObject variables)
        => Paged(name, "groups", $"keys {{ dimension value label }} share metrics {{ {metrics} }}", variables);

    /// <summary>A list, its arguments in variables, and the question for its cursors.</summary>
    private static OracleQuery Paged(string name, string list, string node, JsonObject variables)
    {
        const string paging = "first: $first, after: $after, last: $last, before: $before";
        const string types = "$first: Int, $after: String, $last: Int, $before: String";
        var isGroups = list == "groups";
        var arguments = isGroups ? "by: $by, where: $having, order: $order, " : "";
        const string cuts = "$by: [Dimension!]!, $having: GroupFilterInput, $order: [MetricSortInput!] = [{ sessions: DESC }], ";
        var declared = isGroups ? cuts : "";
        var withCursors = variables.Any(variable => variable.Key is "after" or "before");
        return new OracleQuery(
            name,
            Document(
                $"{declared}{types}, ",
                $"{list}({arguments}{paging}) {{ {PageInfo} edges {{ cursor node {{ {node} }} }} nodes {{ {node} }} }}"),
            variables,
            withCursors ? Document(declared, $"{list}({arguments}first: 1000) {{ edges {{ cursor }} }}") : null);
    }

    private static OracleQuery Report(string name, string body, JsonObject variables) => new(name, Document("", body), variables);

    private static string Document(string declared, string body)
        => $$"""
        query Q(
          {{declared}}$site: String!, $period: PeriodInput!, $timeZone: String, $minDuration: Int! = 0, $where: SessionFilterInput
        ) {
          site(key: $site) { report(period: $period, timeZone: $timeZone, minDuration: $minDuration, where: $where) { {{body}} } }
        }
        """;

    private static string Days(DateOnly from, DateOnly to) => $$"""{ "days": { "from": "{{from:yyyy-MM-dd}}", "to": "{{to:yyyy-MM-dd}}" } }""";

    private static JsonObject Variables(OracleScenario scenario, params (string Name, string Json)[] more)
    {
        var variables = new JsonObject
        {
            ["site"] = scenario.Site,
            ["period"] = new JsonObject { ["month"] = $"{scenario.FirstMonth:yyyy-MM}" },
        };
        foreach (var (name, json) in more)
            variables[name] = JsonNode.Parse(json);
        return variables;
    }
}
