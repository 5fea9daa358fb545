using StatsGraph.Reports;
using StatsGraph.Reports.Filters;
using StatsGraph.Server.GraphQL.Conversion;
using Sessions = StatsGraph.Reports.Filters.Condition<StatsGraph.Reports.Filters.SessionField>;

namespace StatsGraph.Tests.Server;

/// <summary>Conditions hold lists, which records compare by reference, so they are compared as text here.</summary>
public sealed class FilterConverterTests
{
    [Theory]
    [InlineData("mount", "Mount")]
    [InlineData("entryMount", "EntryMount")]
    [InlineData("country", "Country")]
    [InlineData("region", "Region")]
    [InlineData("city", "City")]
    [InlineData("referrer", "Referrer")]
    [InlineData("player", "Player")]
    [InlineData("userAgent", "UserAgent")]
    [InlineData("durationSeconds", "DurationSeconds")]
    [InlineData("hourOfDay", "HourOfDay")]
    [InlineData("kind", "Kind")]
    public void Every_key_is_a_field(string key, string field)
        => Assert.Equal($"{field} Equal a", Text(Object((key, Object(("eq", "a"))))));

    [Theory]
    [InlineData("eq", "Equal")]
    [InlineData("neq", "NotEqual")]
    [InlineData("contains", "Contains")]
    [InlineData("ncontains", "NotContains")]
    [InlineData("startsWith", "StartsWith")]
    [InlineData("nstartsWith", "NotStartsWith")]
    [InlineData("endsWith", "EndsWith")]
    [InlineData("nendsWith", "NotEndsWith")]
    [InlineData("gt", "Greater")]
    [InlineData("gte", "GreaterOrEqual")]
    [InlineData("lt", "Less")]
    [InlineData("lte", "LessOrEqual")]
    public void Every_operator_is_a_comparison(string key, string comparison)
        => Assert.Equal($"Mount {comparison} /a", Text(Object(("mount", Object((key, "/a"))))));

    [Fact]
    public void Lists_keep_their_values_null_among_them()
    {
        Assert.Equal("Country In DE|null", Text(Object(("country", Object(("in", new List<object?> { "DE", null }))))));
        Assert.Equal("Country NotIn ", Text(Object(("country", Object(("nin", new List<object?>()))))));
    }

    [Fact]
    public void Equality_takes_null()
        => Assert.Equal("all(Country Equal null, City NotEqual null)",
            Text(Object(("country", Object(("eq", null))), ("city", Object(("neq", null))))));

    [Fact]
    public void Keys_and_operators_of_one_object_must_all_hold()
        => Assert.Equal("all(all(DurationSeconds GreaterOrEqual 60, DurationSeconds Less 600), Mount Equal /a)",
            Text(Object(("durationSeconds", Object(("gte", 60L), ("lt", 600L))), ("mount", Object(("eq", "/a"))))));

    [Fact]
    public void Objects_and_operations_combine()
    {
        Assert.Equal("all(Mount Equal /a, any(Country Equal DE, Country Equal AT))", Text(Object(
            ("mount", Object(("eq", "/a"))),
            ("or", new List<object> { Object(("country", Object(("eq", "DE")))), Object(("country", Object(("eq", "AT")))) }))));
        Assert.Equal("any(Mount StartsWith /a, all(Mount EndsWith .mp3))", Text(Object(("mount", Object(("or", new List<object>
        {
            Object(("startsWith", "/a")),
            Object(("and", new List<object> { Object(("endsWith", ".mp3")) })),
        }))))));
    }

    [Fact]
    public void Nothing_is_no_condition()
    {
        Assert.Null(FilterConverter.Sessions(null));
        Assert.Equal("all()", Text(Object()));
        Assert.Equal("all()", Text(Object(("mount", null), ("and", null))));
        Assert.Equal("all()", Text(Object(("kind", Object()))));
        Assert.Equal("any()", Text(Object(("or", new List<object>()))));
    }

    [Theory]
    [InlineData("mount", "contains")]
    [InlineData("mount", "in")]
    [InlineData("durationSeconds", "gt")]
    public void Other_operators_need_a_value(string field, string comparison)
    {
        var error = Assert.Throws<ReportException>(() => FilterConverter.Sessions(Object((field, Object((comparison, null))))));
        Assert.Equal("FILTER_INVALID", error.Code);
        Assert.Equal("null", error.Value);
        Assert.Equal(
            $"{field}: {{ {comparison}: null }} compares with nothing; expected a value. Use eq or neq for null.", error.Message);
    }

    [Theory]
    [InlineData("key", GroupField.Key)]
    [InlineData("sessions", GroupField.Sessions)]
    [InlineData("visits", GroupField.Visits)]
    [InlineData("tuningHours", GroupField.TuningHours)]
    public void Rows_are_filtered_by_their_figures(string key, GroupField field)
    {
        var condition = Assert.IsType<Condition<GroupField>.Compare>(FilterConverter.Groups(Object((key, Object(("neq", 1.5))))));
        Assert.Equal((field, Operator.NotEqual, 1.5), (condition.Field, condition.Operator, condition.Values.Single()));
    }

    private static Dictionary<string, object?> Object(params (string Key, object? Value)[] entries)
        => entries.ToDictionary(e => e.Key, e => e.Value);

    private static string Text(Dictionary<string, object?> filter) => Text(FilterConverter.Sessions(filter)!);

    private static string Text(Sessions condition) => condition switch
    {
        Sessions.All all => $"all({string.Join(", ", all.Parts.Select(Text))})",
        Sessions.Any any => $"any({string.Join(", ", any.Parts.Select(Text))})",
        Sessions.Compare compare => $"{compare.Field} {compare.Operator} {string.Join('|', compare.Values.Select(v => v ?? "null"))}",
        _ => throw new ArgumentException($"{condition} is no condition.", nameof(condition)),
    };
}
