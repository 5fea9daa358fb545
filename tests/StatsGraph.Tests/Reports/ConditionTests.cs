using StatsGraph.Reports;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Filters;

namespace StatsGraph.Tests.Reports;

public sealed class ConditionTests : IDisposable
{
    private readonly QueryEngine engine = new("256MB");

    public static TheoryData<Operator, string?[], string> Comparisons => new()
    {
        { Operator.Equal, ["/a"], "/a" },
        { Operator.Equal, [null], "-" },
        { Operator.NotEqual, ["/a"], "/A /b /ab -" },
        { Operator.NotEqual, [null], "/a /A /b /ab" },
        { Operator.In, ["/a", "/b"], "/a /b" },
        { Operator.In, ["/a", null], "/a -" },
        { Operator.In, [], "" },
        { Operator.NotIn, ["/a", "/b"], "/A /ab -" },
        { Operator.NotIn, ["/a", null], "/A /b /ab" },
        { Operator.NotIn, [], "/a /A /b /ab -" },
        { Operator.Contains, ["a"], "/a /ab" },
        { Operator.NotContains, ["a"], "/A /b -" },
        { Operator.StartsWith, ["/a"], "/a /ab" },
        { Operator.NotStartsWith, ["/a"], "/A /b -" },
        { Operator.EndsWith, ["b"], "/b /ab" },
        { Operator.NotEndsWith, ["b"], "/a /A -" },
        { Operator.Contains, ["%"], "" },
    };

    [Theory]
    [MemberData(nameof(Comparisons))]
    public async Task Texts_compare_exactly_and_negations_match_null(Operator comparison, string?[] values, string expected) =>
        Assert.Equal(expected, await Select(Mount(comparison, values)));

    [Fact]
    public async Task Conditions_join_by_and_and_or_and_empty_ones_are_none()
    {
        var a = Mount(Operator.Equal, "/a");
        var b = Mount(Operator.Equal, "/b");
        Assert.Equal("/a /b", await Select(new Condition<SessionField>.Any([a, b])));
        Assert.Equal("", await Select(new Condition<SessionField>.All([a, b])));
        Assert.Equal("/a /A /b /ab -", await Select(new Condition<SessionField>.Any([])));
        Assert.Equal("/a /A /b /ab -", await Select(new Condition<SessionField>.All([])));
        Assert.Equal("/a /A /b /ab -", await Select(null));
        Assert.Equal("/b", await Select(new Condition<SessionField>.All([new Condition<SessionField>.Any([a, b]), Mount(Operator.NotEqual, "/a")])));
    }

    [Fact]
    public void A_filter_names_a_kind_however_deep_it_stands()
    {
        var kind = new Condition<SessionField>.Compare(SessionField.Kind, Operator.Equal, ["bot"]);
        var deep = new Condition<SessionField>.All([Mount(Operator.Equal, "/a"), new Condition<SessionField>.Any([kind])]);
        Assert.Same(deep, deep.OfListeners());
        Assert.True(Mount(Operator.Equal, "/a").OfListeners().Names(SessionField.Kind));
        Assert.True(((Condition<SessionField>?)null).OfListeners().Names(SessionField.Kind));
    }

    [Fact]
    public void What_a_request_does_not_have_drops_out_of_its_filter()
    {
        var kind = new Condition<SessionField>.Compare(SessionField.Kind, Operator.Equal, ["bot"]);
        var mount = Mount(Operator.Equal, "/a");
        Assert.Null(new Condition<SessionField>.Any([new Condition<SessionField>.All([kind])]).Without(SessionField.Kind));
        var kept = Assert.IsType<Condition<SessionField>.Any>(new Condition<SessionField>.Any([kind, mount]).Without(SessionField.Kind));
        Assert.Equal([mount], kept.Parts);
    }

    [Fact]
    public void Null_is_refused_where_a_value_is_needed()
    {
        var error = Assert.Throws<ReportException>(() => new Condition<SessionField>.All([Mount(Operator.Contains, [null])]).Check());
        Assert.Equal(("FILTER_INVALID", "The filter on MOUNT compares with null: CONTAINS needs a value."), (error.Code, error.Message));
    }

    public void Dispose() => engine.Dispose();

    private static Condition<SessionField>.Compare Mount(Operator comparison, params string?[] values) =>
        new(SessionField.Mount, comparison, values);

    private async Task<string> Select(Condition<SessionField>? condition)
    {
        var (sql, values) = ConditionSql.Write(condition, ConditionSql.Column, "where_");
        var statement = new Statement(
            $"select coalesce(mount, '-') from (values (1, '/a'), (2, '/A'), (3, '/b'), (4, '/ab'), (5, null)) t(n, mount) where {sql} order by n")
            .Bind(values);
        return string.Join(' ', await engine.QueryAsync(statement, row => row.GetString(0), TestContext.Current.CancellationToken));
    }
}
