using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphQLParser;
using GraphQLParser.AST;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

/// <summary>The documents in queries/, which people and programs rely on.</summary>
public sealed partial class SavedQueryTests
{
    private static readonly string Folder = RepositoryFolder.Path("queries");

    private static readonly Dictionary<string, string> Values =
        new() { ["site"] = "demo", ["month"] = "2026-10", ["from"] = "2026-09-28", ["to"] = "2026-11-02" };

    public static TheoryData<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.graphql").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_is_answered_without_errors(string name)
    {
        using var station = new SomeStation();
        var variables = JsonSerializer.Serialize(Operation(name).Variables!.Select(v => v.Variable.Name.StringValue)
            .Where(Values.ContainsKey).ToDictionary(variable => variable, variable => Values[variable]));
        var response = await GraphQLExecutor.ExecuteAsync(station.Store, Text(name), null, variables, TestContext.Current.CancellationToken);
        Assert.False(response.HasErrors, Encoding.UTF8.GetString(response.Json.Span));
        var root = JsonSerializer.Deserialize<JsonElement>(response.Json.Span).GetProperty("data").EnumerateObject().Single();
        Assert.Equal(name == "schedules" ? JsonValueKind.Array : JsonValueKind.Object, root.Value.ValueKind);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_is_one_operation_named_after_its_file_with_scalar_variables(string name)
    {
        var operation = Operation(name);
        Assert.Equal(name.Replace("-", "", StringComparison.Ordinal), operation.Name!.StringValue, ignoreCase: true);
        Assert.All(operation.Variables!, variable => Assert.Contains(Named(variable.Type), (string[])["String", "Int", "Long", "LocalDate"]));
        Assert.Matches("^# .+[?]", Text(name));
    }

    [Fact]
    public async Task The_days_of_a_month_add_up_to_it()
    {
        using var station = new SomeStation();
        async Task<JsonElement> Report(string name, string period) => JsonSerializer.Deserialize<JsonElement>((await GraphQLExecutor.ExecuteAsync(
            station.Store, Text(name), null, "{\"site\":\"demo\"," + period + "}", TestContext.Current.CancellationToken)).Json.Span)
            .GetProperty("data").GetProperty("site").GetProperty("report");
        var month = await Report("tuning-hours", """ "month":"2026-10" """);
        var days = (await Report("days", """ "from":"2026-10-01","to":"2026-11-01" """)).GetProperty("timeSeries").GetProperty("buckets");
        Assert.Equal(31, days.GetArrayLength());
        Assert.Equal(
            month.GetProperty("totals").GetProperty("tuningHours").GetDouble(),
            days.EnumerateArray().Sum(day => day.GetProperty("metrics").GetProperty("tuningHours").GetDouble()),
            tolerance: 1e-9);
    }

    [Fact]
    public async Task A_country_and_a_mount_narrow_what_is_asked_only_where_they_are_given()
    {
        using var station = new SomeStation();
        const string Month = """ "site":"demo","month":"2026-10" """;
        string[] expected = ["4", "2", "1", "0"];
        string[] variables = ["", ""","country":"DE" """, ""","country":null""", ""","country":"DE","mount":"/none" """];
        var sessions = new List<string>();
        foreach (var more in variables)
        {
            var response = await GraphQLExecutor.ExecuteAsync(
                station.Store, Text("overview"), null, "{" + Month + more + "}", TestContext.Current.CancellationToken);
            Assert.False(response.HasErrors, Encoding.UTF8.GetString(response.Json.Span));
            sessions.Add(JsonSerializer.Deserialize<JsonElement>(response.Json.Span).GetProperty("data").GetProperty("site")
                .GetProperty("report").GetProperty("totals").GetProperty("sessions").GetRawText());
        }

        Assert.Equal(expected, sessions);
    }

    [Fact]
    public void The_table_lists_each_with_its_question()
    {
        var rows = TableRow().Matches(File.ReadAllText(Path.Combine(Folder, "README.md")))
            .Select(m => (Name: m.Groups[1].Value, Question: m.Groups[2].Value)).OrderBy(row => row.Name, StringComparer.Ordinal);
        Assert.Equal(Names.Select(row => (row.Data, Question().Match(Text(row.Data)).Groups[1].Value)), rows);
    }

    private static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".graphql"));

    private static GraphQLOperationDefinition Operation(string name)
        => Assert.Single(Parser.Parse(Text(name)).Definitions.OfType<GraphQLOperationDefinition>());

    private static string Named(GraphQLType type) => type switch
    {
        GraphQLNonNullType nonNull => Named(nonNull.Type),
        GraphQLNamedType named => named.Name.StringValue,
        _ => "list",
    };

    [GeneratedRegex(@"^\| \[`([a-z-]+)`\]\(\1\.graphql\) \| (.*?) \|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^# (.*?\?)")]
    private static partial Regex Question();
}
