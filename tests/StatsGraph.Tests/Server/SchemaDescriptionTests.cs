using System.Text.RegularExpressions;
using GraphQLParser;
using GraphQLParser.AST;
using StatsGraph.Server;

namespace StatsGraph.Tests.Server;

/// <summary>The schema says itself what everything in it means: no part of it is without a description that can be read alone.</summary>
public sealed partial class SchemaDescriptionTests
{
    private const string Bad =
        """
        type Query { "No full stop" a: String "" b: String c(d: Int): Long "Some." e: Int @deprecated "Some." f: Int @deprecated(reason: "Old.") }
        "lower case." enum Kind { LIVE }
        input Where { "Sessions." g: Long "The share." h: [Float!]! "Bytes." i: Text }
        scalar Text
        directive @mine("x" y: Int) on FIELD
        """;

    [Fact]
    public void Everything_says_in_sentences_what_it_is() => Assert.Empty(Undescribed(StatsGraphSchema.Print()));

    [Fact]
    public void Every_number_names_its_unit() => Assert.Empty(WithoutUnit(StatsGraphSchema.Print()));

    [Fact]
    public void Everything_that_is_deprecated_names_its_successor() => Assert.Empty(WithoutSuccessor(StatsGraphSchema.Print()));

    [Fact]
    public void What_is_not_described_is_found()
    {
        Assert.Equal(
            ["Query", "Query.a", "Query.b", "Query.c", "Query.c(d)", "Kind", "Kind.LIVE", "Where", "Text", "mine", "mine(y)"], Undescribed(Bad));
        Assert.Equal(["Query.c", "Query.c(d)", "Query.e", "Query.f", "Where.h", "mine(y)"], WithoutUnit(Bad));
        Assert.Equal(["Query.e", "Query.f"], WithoutSuccessor(Bad));
    }

    private static IEnumerable<string> Undescribed(string schema)
        => Members(schema).Where(member => !Sentences().IsMatch(Description(member.Node))).Select(member => member.Name);

    /// <summary>
    /// Numbers of which nothing says what they count or measure. The keys of a comparison are of the unit of what is compared, which the key
    /// that takes the comparison names.
    /// </summary>
    private static IEnumerable<string> WithoutUnit(string schema)
        => Members(schema)
            .Where(member => IsNumber(member.Node) && !ComparisonKey().IsMatch(member.Name) && !Unit().IsMatch(Description(member.Node)))
            .Select(member => member.Name);

    /// <summary>What is deprecated without a reason that has the name of something in back quotes.</summary>
    private static IEnumerable<string> WithoutSuccessor(string schema)
        => from member in Members(schema)
           let deprecated = (member.Node as IHasDirectivesNode)?.Directives?.Items.FirstOrDefault(directive => directive.Name.Value == "deprecated")
           where deprecated is not null && !Successor().IsMatch(Reason(deprecated))
           select member.Name;

    private static string Reason(GraphQLDirective deprecated)
        => (deprecated.Arguments?.Items.FirstOrDefault()?.Value as GraphQLStringValue)?.Value.ToString() ?? "";

    /// <summary>Types and directives, and their fields, keys, values and arguments, in the order of the schema.</summary>
    private static IEnumerable<(string Name, ASTNode Node)> Members(string schema)
    {
        foreach (var definition in Parser.Parse(schema).Definitions)
        {
            var name = ((INamedNode)definition).Name.StringValue;
            yield return (name, definition);
            foreach (var part in Parts(definition))
            {
                yield return definition is GraphQLDirectiveDefinition
                    ? ($"{name}({((INamedNode)part).Name.StringValue})", part)
                    : ($"{name}.{((INamedNode)part).Name.StringValue}", part);
                foreach (var argument in (part as GraphQLFieldDefinition)?.Arguments?.Items ?? [])
                {
                    yield return ($"{name}.{((INamedNode)part).Name.StringValue}({argument.Name.StringValue})", argument);
                }
            }
        }
    }

    private static IEnumerable<ASTNode> Parts(ASTNode definition) => definition switch
    {
        GraphQLObjectTypeDefinition type => type.Fields?.Items ?? [],
        GraphQLInterfaceTypeDefinition type => type.Fields?.Items ?? [],
        GraphQLInputObjectTypeDefinition type => type.Fields?.Items ?? [],
        GraphQLEnumTypeDefinition type => type.Values?.Items ?? [],
        GraphQLDirectiveDefinition directive => directive.Arguments?.Items ?? [],
        _ => [],
    };

    private static string Description(ASTNode node) => (node as IHasDescriptionNode)?.Description?.Value.ToString() ?? "";

    private static bool IsNumber(ASTNode node) => node switch
    {
        GraphQLFieldDefinition field => IsNumber(field.Type),
        GraphQLInputValueDefinition input => IsNumber(input.Type),
        GraphQLNonNullType type => IsNumber(type.Type),
        GraphQLListType type => IsNumber(type.Type),
        GraphQLNamedType type => NumberType().IsMatch(type.Name.StringValue),
        _ => false,
    };

    /// <summary>Begins like a sentence, or with a number or a name in back quotes, and ends with a full stop.</summary>
    [GeneratedRegex(@"\A[\p{Lu}\d`].+\.\z", RegexOptions.Singleline)]
    private static partial Regex Sentences();

    [GeneratedRegex(@"\A(Int|Long|Float|LongOperationFilterInput|FloatOperationFilterInput)\z")]
    private static partial Regex NumberType();

    [GeneratedRegex(@"\A(Long|Float)OperationFilterInput\.")]
    private static partial Regex ComparisonKey();

    [GeneratedRegex(@"\b(attempts|buckets|bytes|days|degrees|errors|fields|groups|hours?|items|lines|listeners|objects|plays|recordings|requests|revisions|rows|runs|seconds|sessions|status|versions|visits|years|0 to 1)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    [GeneratedRegex(@"`\w+(\.\w+)?`.*\.\z")]
    private static partial Regex Successor();
}
