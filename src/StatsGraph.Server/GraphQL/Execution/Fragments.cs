using GraphQLParser.AST;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>Finds the fragments of a document.</summary>
internal static class Fragments
{
    /// <summary>Fragments by name; of several of one name, which validation refuses later, the first.</summary>
    public static Dictionary<string, GraphQLFragmentDefinition> ByName(GraphQLDocument document)
        => document.Definitions.OfType<GraphQLFragmentDefinition>()
            .GroupBy(fragment => fragment.FragmentName.Name.StringValue)
            .ToDictionary(sameName => sameName.Key, sameName => sameName.First());
}
