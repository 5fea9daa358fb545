using GraphQLParser;
using StatsGraph.Server;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Tests.Server;

public sealed class DocumentCostTests
{
    [Fact]
    public void Fields_are_counted_as_deep_as_they_are()
        => Assert.Equal(new DocumentCost(4, 3, 0, 0, 0, 1), Cost("{ a { b { c } } d }"));

    [Fact]
    public void Fragments_count_as_often_as_they_are_spread()
        => Assert.Equal(new DocumentCost(7, 2, 0, 0, 0, 2), Cost("{ a { ...f } b { ...f ... { c } } } fragment f on T { x y }"));

    [Fact]
    public void Doubling_fragments_cannot_hide_their_number()
    {
        var fragments = Enumerable.Range(0, 60).Select(i => $"fragment f{i} on T {{ ...f{i + 1} ...f{i + 1} }}");
        var cost = Cost($"{{ ...f0 }} {string.Join(' ', fragments)} fragment f60 on T {{ x }}");
        Assert.Equal(int.MaxValue, cost.Fields);
        Assert.Equal("The document has 2147483647 fields; at most 512 are allowed.", cost.Excess(new GraphQLLimits()));
    }

    [Fact]
    public void A_fragment_within_itself_comes_to_an_end()
        => Assert.Equal(1, Cost("{ ...f } fragment f on T { x ...f }").Fields);

    [Fact]
    public void Arguments_directives_variables_and_definitions_are_counted()
        => Assert.Equal(
            new DocumentCost(2, 1, 3, 3, 2, 2),
            Cost("query($a: Int = 1 @d, $b: Int) { x(a: 1, b: {c: 2}) @skip(if: true) } fragment f on T { y @d }"));

    [Theory]
    [InlineData(513, 1, "The document has 513 fields; at most 512 are allowed.")]
    [InlineData(1, 16, "The document has 16 fields within one another; at most 15 are allowed.")]
    [InlineData(512, 15, null)]
    public void What_is_over_a_limit_is_told(int fields, int depth, string? excess)
        => Assert.Equal(excess, new DocumentCost(fields, depth, 0, 0, 0, 1).Excess(new GraphQLLimits()));

    private static DocumentCost Cost(string document) => DocumentCost.Of(Parser.Parse(document));
}
