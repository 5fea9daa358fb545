using Microsoft.AspNetCore.Http;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Http;

/// <summary>Reads the header that asks for the cost of an operation, as HotChocolate has it.</summary>
internal static class CostHeader
{
    private const string Name = "GraphQL-Cost";

    /// <summary>The request with what its header asks for.</summary>
    public static (GraphQLRequest? Request, RequestFault? Fault) Read(IHeaderDictionary headers, GraphQLRequest request)
        => headers[Name].ToString() switch
        {
            "" => (request, null),
            "report" => (request with { CostMode = CostMode.Reported }, null),
            "validate" => (request with { CostMode = CostMode.Validated }, null),
            var other => (null, RequestFault.Invalid($"The header '{Name}' is '{other}'; expected 'report' or 'validate'.")),
        };
}
