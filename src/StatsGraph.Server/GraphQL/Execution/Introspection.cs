using GraphQL;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>Finds the questions of a document that are about the schema. <c>__typename</c> is none of them: clients add it to everything.</summary>
internal sealed class Introspection : ASTVisitor<NullVisitorContext>
{
    /// <summary>What the one who asks is told; HotChocolate's words, and where the schema is to be had.</summary>
    public const string Message =
        "Introspection is not allowed for the current request. The schema is at /graphql/schema.graphql, below the path of the server.";

    private GraphQLField? first;

    /// <summary>Why the document is refused where introspection is switched off; null where it asks nothing of the kind.</summary>
    public static ExecutionError? Refusal(GraphQLDocument document, string text)
    {
        var search = new Introspection();

        // The visitor is asynchronous in form only: it waits for nothing, so it is complete when it returns.
        var visit = search.VisitAsync(document, default);
        if (!visit.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("Visiting a document that is in memory has to wait for nothing.");
        }

        if (search.first is not { } field)
        {
            return null;
        }

        var error = new ExecutionError(Message) { Code = ErrorCodes.IntrospectionNotAllowed };
        error.AddLocation(Location.FromLinearPosition(text, field.Location.Start));
        return error;
    }

    /// <inheritdoc/>
    protected override ValueTask VisitFieldAsync(GraphQLField field, NullVisitorContext context)
    {
        if (field.Name.Value == "__schema" || field.Name.Value == "__type")
        {
            first ??= field;
        }

        return base.VisitFieldAsync(field, context);
    }
}
