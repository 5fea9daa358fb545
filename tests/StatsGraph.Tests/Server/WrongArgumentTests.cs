using System.Text.Json;

namespace StatsGraph.Tests.Server;

/// <summary>Every wrong argument is an error that names itself: a code, and the value that is wrong.</summary>
[Collection(SharedServer.Name)]
public sealed class WrongArgumentTests(RunningServer server)
{
    private const string October = """period: { month: "2026-10" }""";

    [Theory]
    [InlineData("""period: { month: "2026-13" }""", "PERIOD_INVALID", "2026-13")]
    [InlineData("""period: { month: "October" }""", "PERIOD_INVALID", "October")]
    [InlineData("""period: { days: { from: "2026-02-30", to: "2026-03-01" } }""", "PERIOD_INVALID", "2026-02-30")]
    [InlineData("""period: { instants: { from: "2026-10-01", to: "2026-10-02T00:00:00Z" } }""", "PERIOD_INVALID", "2026-10-01")]
    [InlineData("""period: { instants: { from: "2026-10-01T00:00:00.5Z", to: "2026-10-02T00:00:00Z" } }""", "PERIOD_INVALID", "2026-10-01T00:00:00.5Z")]
    [InlineData(October + """, timeZone: "Mars/Olympus" """, "TIME_ZONE_UNKNOWN", "Mars/Olympus")]
    [InlineData(October + ", minDuration: -1", "MIN_DURATION_INVALID", "-1")]
    [InlineData(October + ", where: { mount: { contains: null } }", "FILTER_INVALID", "null")]
    public async Task Of_a_report(string arguments, string code, string value)
        => await ErrorAsync($"{{ site(key: \"demo\") {{ report({arguments}) {{ period {{ from }} }} }} }}", code, value);

    [Fact]
    public async Task Of_one_request_that_asks_for_too_many_minimum_durations()
    {
        var reports = string.Join(' ', Enumerable.Range(0, 5).Select(seconds => $"r{seconds}: report({October}, minDuration: {seconds}) {{ totals {{ sessions }} }}"));
        var answer = await server.QueryAsync($"{{ site(key: \"demo\") {{ {reports} }} }}");
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal("MIN_DURATION_INVALID", error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(
            $"'minDuration' {error.GetProperty("extensions").GetProperty("value").GetString()} is one value too many: a request may ask for 4 of one site; ask for the others apart.",
            error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("""period: { days: { from: "2026-10-02", to: "2026-10-02" } }""", "PERIOD_INVALID")]
    [InlineData("period: { month: null }", "INVALID_VALUE")]
    [InlineData("""period: { month: "2026-10", preset: TODAY }""", "INVALID_VALUE")]
    [InlineData("period: { preset: NEXT_MONTH }", "ARGUMENTS_OF_CORRECT_TYPE")]
    [InlineData("period: { days: { from: 20261001, to: 20261002 } }", "ARGUMENTS_OF_CORRECT_TYPE")]
    [InlineData(October + ", minDuration: 2147483648", "ARGUMENTS_OF_CORRECT_TYPE")]
    public async Task Of_a_report_that_no_one_value_is_to_blame_for(string arguments, string code)
        => await ErrorAsync($"{{ site(key: \"demo\") {{ report({arguments}) {{ period {{ from }} }} }} }}", code);

    [Theory]
    [InlineData("totals { durationQuantile(p: 1.5) }", "QUANTILE_INVALID", "1.5")]
    [InlineData("mounts(first: 1001) { totalCount }", "HC0051", "1001")]
    [InlineData("mounts(first: -1) { totalCount }", "PAGE_SIZE_INVALID", "-1")]
    [InlineData("errors(last: -1) { totalCount }", "PAGE_SIZE_INVALID", "-1")]
    [InlineData("mounts(after: \"x\") { totalCount }", "CURSOR_INVALID", "x")]
    [InlineData("mounts(order: [{ visits: DESC, key: ASC }]) { totalCount }", "ORDER_INVALID", "key, visits")]
    [InlineData("errors(order: [{}]) { totalCount }", "ORDER_INVALID", "")]
    [InlineData("mounts(where: { key: { startsWith: null } }) { totalCount }", "FILTER_INVALID", "null")]
    [InlineData("groups(by: [MOUNT, MOUNT]) { totalCount }", "DIMENSIONS_INVALID", null)]
    [InlineData("groups(by: []) { totalCount }", "DIMENSIONS_INVALID", null)]
    public async Task Of_a_field_of_a_report(string field, string code, string? value)
        => await ErrorAsync($"{{ site(key: \"demo\") {{ report({October}) {{ {field} }} }} }}", code, value);

    [Fact]
    public async Task A_wrong_variable_says_the_same_as_a_wrong_literal()
    {
        const string Query = "query($from: LocalDate!) { site(key: \"demo\") { report(period: { days: { from: $from, to: \"2026-11-01\" } }) { period { from } } } }";
        var error = Error(await server.QueryAsync(Query, new { from = "2026-10-32" }));
        Assert.Equal("'2026-10-32' is no day; expected year, month and day as in 2026-10-25.", error.GetProperty("message").GetString());
        Assert.Equal("2026-10-32", error.GetProperty("extensions").GetProperty("value").GetString());
    }

    [Fact]
    public async Task One_wrong_field_leaves_the_others_answered()
    {
        var answer = await server.QueryAsync(
            $"{{ site(key: \"demo\") {{ name report({October}) {{ totals {{ sessions }} mounts(first: -1) {{ totalCount }} }} }} }}");
        var report = answer.GetProperty("data").GetProperty("site").GetProperty("report");
        Assert.Equal(4, report.GetProperty("totals").GetProperty("sessions").GetInt64());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("mounts").ValueKind);
        Assert.Equal("""["site","report","mounts"]""", Error(answer).GetProperty("path").GetRawText());
    }

    [Fact]
    public async Task An_answer_tells_the_first_five_errors()
    {
        var answer = await server.QueryAsync($"{{ site(key: \"demo\") {{ {string.Join(' ', Enumerable.Range(0, 500).Select(i => "nothing" + i))} }} }}");
        Assert.Equal(5, answer.GetProperty("errors").GetArrayLength());
    }

    [Theory]
    [InlineData("The document has 4000 fields; at most 512 are allowed (setting Server:Limits:MaximumFields).", 4000)]
    public async Task A_document_that_asks_for_too_much_is_refused_unseen(string message, int fields)
    {
        var answer = await server.QueryAsync($"{{ {string.Join('\n', Enumerable.Repeat("__typename", fields))} }}");
        Assert.Equal(message, Error(answer).GetProperty("message").GetString());
        Assert.Equal("TOO_MANY_FIELDS", Error(answer).GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_limit_is_told_as_data_and_in_words()
    {
        var error = Error(await server.QueryAsync($"{{ {string.Join(' ', Enumerable.Range(0, 25).Select(i => $"a{i}: __typename"))} }}"));
        Assert.Equal(
            "The document has 25 fields at the root of an operation; at most 20 are allowed (setting Server:Limits:MaximumRootFields).",
            error.GetProperty("message").GetString());
        Assert.Equal("""{"code":"TOO_MANY_ROOT_FIELDS","limit":20,"actual":25}""", error.GetProperty("extensions").GetRawText());
    }

    [Fact]
    public async Task A_long_wrong_value_is_told_without_its_middle()
    {
        var error = Error(await server.QueryAsync(
            "query($m: String!) { site(key: \"demo\") { report(period: { month: $m }) { period { from } } } }", new { m = "ab" + new string('x', 9_000) + "yz" }));
        var message = error.GetProperty("message").GetString()!;
        Assert.Equal(505, message.Length);
        Assert.StartsWith("'abxx", message, StringComparison.Ordinal);
        Assert.EndsWith("from 1970-01 to 9989-12.", message, StringComparison.Ordinal);
        Assert.Equal(505, error.GetProperty("extensions").GetProperty("value").GetString()!.Length);
    }

    private async Task ErrorAsync(string query, string code, string? value = null)
    {
        var answer = await server.QueryAsync(query);
        var extensions = Error(answer).GetProperty("extensions");
        Assert.Equal(code, extensions.GetProperty("code").GetString());
        if (value is not null)
        {
            Assert.Equal(value, extensions.GetProperty("value").GetString());
        }
    }

    private static JsonElement Error(JsonElement answer) => Assert.Single(answer.GetProperty("errors").EnumerateArray());
}
