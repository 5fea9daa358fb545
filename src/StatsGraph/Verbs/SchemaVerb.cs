using System.CommandLine;
using StatsGraph.Server;

namespace StatsGraph.Verbs;

/// <summary><c>statsgraph schema</c>: prints the GraphQL schema.</summary>
internal sealed class SchemaVerb(CommandHost host)
    : Verb(host, "schema", "Prints the GraphQL schema (SDL).", "statsgraph schema > schema.graphql")
{
    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Host.Output.Write(StatsGraphSchema.Print());
        return Task.FromResult(ExitStatus.Done);
    }
}
