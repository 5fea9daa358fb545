using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Types;

namespace StatsGraph.Server;

/// <summary>The schema of the API.</summary>
public static class StatsGraphSchema
{
    private static readonly Lazy<Schema> Shared = new(Create);

    private static readonly Lazy<string> Printed =
        new(() => Shared.Value.Print(new PrintOptions { StringComparison = null }).Trim() + "\n");

    /// <summary>One instance for the process: it holds no data and is safe for any number of requests.</summary>
    internal static ISchema Instance => Shared.Value;

    /// <summary>The schema in GraphQL's definition language, with descriptions, in the order of its definition.</summary>
    public static string Print() => Printed.Value;

    /// <summary>The same without descriptions: what a client's documents can break on.</summary>
    internal static string PrintBare()
        => Shared.Value.Print(new PrintOptions { StringComparison = null, IncludeDescriptions = false }).Trim() + "\n";

    private static Schema Create()
    {
        var schema = new Schema { Query = new QueryType(), Subscription = new SubscriptionType() };
        schema.Directives.Register(new CostDirective(), new ListSizeDirective());
        schema.Initialize();
        return schema;
    }
}
