using System.Text.Json;
using GraphQL;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Cost;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>What is to be executed.</summary>
/// <param name="Query">The document; empty while it is only named.</param>
/// <param name="OperationName">Which of its operations; null or empty where it has only one.</param>
/// <param name="Variables">An object, null or undefined.</param>
internal sealed record GraphQLRequest(string Query, string? OperationName, JsonElement Variables)
{
    /// <summary>Whether the answer tells how it was computed.</summary>
    public Explanation Explanation { get; init; }

    /// <summary>What is to be done about its cost.</summary>
    public CostMode CostMode { get; init; }

    /// <summary>Whether the answer tells more than its data: how it was computed, or what it costs.</summary>
    public bool IsAnnotated => Explanation == Explanation.Given || CostMode != CostMode.Enforced;

    /// <summary>Name or hash of a saved document; empty for none.</summary>
    public string DocumentId { get; init; } = "";

    /// <summary>Name of the saved document that the document is; null for any other.</summary>
    public string? Saved { get; init; }

    /// <summary>Name that the client gives to what it asks for, to tell the answers on one event stream apart; empty for none.</summary>
    public string OperationId { get; init; } = "";

    /// <summary>Hash that the client has of the document, as automatic persisted queries send it; empty for none.</summary>
    public string Sha256 { get; init; } = "";
}

/// <summary>Whether an answer tells how it was computed.</summary>
internal enum Explanation
{
    /// <summary>Nobody asked.</summary>
    None,

    /// <summary>It does.</summary>
    Given,

    /// <summary>It was asked for, and the answer says that it is not allowed.</summary>
    Refused,
}

/// <summary>How far a request got.</summary>
internal enum GraphQLOutcome
{
    /// <summary>It was executed; there is data, of which fields may have failed or been stopped for taking too long.</summary>
    Executed,

    /// <summary>It was refused before execution.</summary>
    Refused,

    /// <summary>It asks for a mutation; there are none.</summary>
    NotAQuery,

    /// <summary>The server failed.</summary>
    Failed,
}

/// <summary>An answer: the result as it is serialised, and how far the request got.</summary>
internal sealed record GraphQLAnswer(GraphQLOutcome Outcome, ExecutionResult Result)
{
    /// <summary>The snapshot that it speaks of, no longer in use; null where none was opened.</summary>
    public LakeReports? Reports { get; init; }

    /// <summary>How long the asker has to wait, who has had too much computed; null for an answer of any other kind.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>An answer that is one error.</summary>
    public static GraphQLAnswer Error(GraphQLOutcome outcome, string code, string message)
        => Error(outcome, new ExecutionError(message) { Code = code });

    /// <summary>An answer that is one error.</summary>
    public static GraphQLAnswer Error(GraphQLOutcome outcome, ExecutionError error)
        => new(outcome, new ExecutionResult { Errors = [error] });
}
