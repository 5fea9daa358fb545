using GraphQLParser;
using StatsGraph.Server;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Tests.Server;

public sealed class DocumentSizeTests
{
    [Fact]
    public void Fields_are_counted_as_deep_as_they_are()
        => Assert.Equal(new DocumentSize(4, 3, 2, 0, 0, 0, 1), Size("{ a { b { c } } d }"));

    [Fact]
    public void Fragments_count_as_often_as_they_are_spread()
        => Assert.Equal(new DocumentSize(7, 2, 2, 0, 0, 0, 2), Size("{ a { ...f } b { ...f ... { c } } } fragment f on T { x y }"));

    [Fact]
    public void Doubling_fragments_cannot_hide_their_number()
    {
        var fragments = Enumerable.Range(0, 60).Select(i => $"fragment f{i} on T {{ ...f{i + 1} ...f{i + 1} }}");
        var size = Size($"{{ ...f0 }} {string.Join(' ', fragments)} fragment f60 on T {{ x }}");
        Assert.Equal(int.MaxValue, size.Fields);
        Assert.Equal("The document has 2147483647 fields; at most 512 are allowed (setting Server:Limits:MaximumFields).", size.Over(new GraphQLLimits())?.Message);
    }

    [Fact]
    public void A_fragment_within_itself_comes_to_an_end()
        => Assert.Equal(2, Size("{ ...f } fragment f on T { x ...f }").Fields);

    [Fact]
    public void Doubling_fragments_without_any_field_are_as_heavy()
    {
        var fragments = Enumerable.Range(0, 60).Select(i => $"fragment f{i} on T {{ ...f{i + 1} ...f{i + 1} }}");
        Assert.Equal(int.MaxValue, Size($"{{ ...f0 }} {string.Join(' ', fragments)}").Fields);
    }

    [Fact]
    public void Fields_at_the_root_are_those_of_the_widest_operation_with_its_fragments()
        => Assert.Equal(5, Size("query a { x { y y y y y y } } query b { ...f ... { x } ...f } fragment f on T { a: x b: x }").RootFields);

    [Theory]
    [InlineData("{ x(a: [1, 2, 3]) }", "LIST_TOO_LONG", 2, 3)]
    [InlineData("{ x(a: {b: {c: {d: 1}}}) }", "VALUE_TOO_DEEP", 2, 3)]
    [InlineData("{ x(a: [1, 2], b: [1, 2], c: {d: 1}) }", "TOO_MANY_VALUES", 4, 5)]
    [InlineData("{ x(a: \"123456789\") }", "TEXT_TOO_LONG", 8, 9)]
    [InlineData("{ x(a: 123456789) }", "TEXT_TOO_LONG", 8, 9)]
    [InlineData("{ x(a: [123456.89]) }", "TEXT_TOO_LONG", 8, 9)]
    [InlineData("{ x(a: WORD_WORD) }", "TEXT_TOO_LONG", 8, 9)]
    [InlineData("{ x(a: {abcdefghi: 1}) }", "TEXT_TOO_LONG", 8, 9)]
    [InlineData("{ abcdefghi: x }", "TEXT_TOO_LONG", 8, 9)]
    [InlineData("{ abcdefghi }", "TEXT_TOO_LONG", 8, 9)]
    [InlineData("query($a: [Int] = [1, 2, 3]) { x }", "LIST_TOO_LONG", 2, 3)]
    [InlineData("query($a: [Int] = [1, 2]) { x @d @d @d }", "TOO_MANY_DIRECTIVES_PER_LOCATION", 2, 3)]
    [InlineData("{ a b c d }", "TOO_MANY_ROOT_FIELDS", 3, 4)]
    public void Values_names_directives_and_the_root_are_bounded(string document, string code, int limit, int actual)
    {
        var limits = new GraphQLLimits
        {
            MaximumListItems = 2,
            MaximumValueDepth = 2,
            MaximumValues = 4,
            MaximumTextLength = 8,
            MaximumDirectivesPerLocation = 2,
            MaximumRootFields = 3,
        };
        var excess = Size(document).Over(limits);
        Assert.Equal((code, limit, actual), (excess?.Code, excess?.Limit, excess?.Actual));
    }

    [Fact]
    public void Arguments_directives_variables_and_definitions_are_counted()
        => Assert.Equal(
            new DocumentSize(2, 1, 1, 3, 3, 2, 2) { DirectivesPerLocation = 1 },
            Size("query($a: Int = 1 @d, $b: Int) { x(a: 1, b: {c: 2}) @skip(if: true) } fragment f on T { y @d }"));

    [Theory]
    [InlineData(513, 1, "The document has 513 fields; at most 512 are allowed (setting Server:Limits:MaximumFields).")]
    [InlineData(1, 16, "The document has 16 fields within one another; at most 15 are allowed (setting Server:Limits:MaximumDepth).")]
    [InlineData(512, 15, null)]
    public void What_is_over_a_limit_is_told(int fields, int depth, string? excess)
        => Assert.Equal(excess, new DocumentSize(fields, depth, 0, 0, 0, 0, 1).Over(new GraphQLLimits())?.Message);

    [Theory]
    [InlineData("{ a a: b c { a } }", 2)]
    [InlineData("{ x { a } x { a b: a } ... { x { ...f } } } fragment f on T { a }", 3)]
    [InlineData("{ x { a } y { a } z { a } }", 1)]
    [InlineData("{ x } fragment f on T { a a a a ...g } fragment g on T { a ...f }", 5)]
    public void Fields_of_one_name_in_one_place_are_counted(string document, int most)
        => Assert.Equal(most, Repetitions.Most(Parser.Parse(document)));

    private static DocumentSize Size(string document) => DocumentSize.Of(Parser.Parse(document));
}
