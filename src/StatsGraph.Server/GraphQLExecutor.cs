using System.Text.Json;
using GraphQLParser;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StatsGraph.Compliance;
using StatsGraph.Reports;
using StatsGraph.Schedules;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Tables;

namespace StatsGraph.Server;

/// <summary>The answer to a document.</summary>
/// <param name="Json">The GraphQL response, one JSON object in UTF-8.</param>
/// <param name="HasErrors">Whether it has errors, beside data or instead of it.</param>
public sealed record GraphQLResponse(ReadOnlyMemory<byte> Json, bool HasErrors);

/// <summary>Executes documents without a server in between.</summary>
public static class GraphQLExecutor
{
    /// <summary>Executes a document on the newest snapshot of the lake.</summary>
    /// <param name="store">The figures.</param>
    /// <param name="query">The document.</param>
    /// <param name="operationName">Which of its operations; null where it has only one.</param>
    /// <param name="variablesJson">The variables as a JSON object; null or blank for none.</param>
    /// <param name="cancellation">Ends the execution.</param>
    /// <param name="logger">Is told the details of unexpected errors, which the response leaves out.</param>
    /// <param name="explain">Whether the response tells, in its <c>extensions.explain</c>, how the figures were computed.</param>
    /// <param name="limits">What the document may ask for; null for the usual limits.</param>
    /// <param name="compliance">Profiles, channels and issued reports; null for the program's profiles alone.</param>
    /// <param name="schedules">The schedules; null for none.</param>
    /// <exception cref="Lake.LakeException">The lake cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<GraphQLResponse> ExecuteAsync(
        ReportStore store,
        string query,
        string? operationName,
        string? variablesJson,
        CancellationToken cancellation,
        ILogger? logger = null,
        bool explain = false,
        GraphQLLimits? limits = null,
        ComplianceOptions? compliance = null,
        ScheduleBook? schedules = null)
    {
        var explanation = explain ? Explanation.Given : Explanation.None;
        var desk = compliance is null ? null : new ComplianceDesk(compliance, store);
        var engine = new GraphQLEngine(store, limits ?? new GraphQLLimits(), logger ?? NullLogger.Instance, compliance: desk, schedules: schedules);
        var answer = Variables(variablesJson) is { } variables
            ? await engine.ExecuteAsync(new GraphQLRequest(query, operationName, variables) { Explanation = explanation }, Caller.Operator, cancellation)
            : GraphQLAnswer.Error(GraphQLOutcome.Refused, ErrorCodes.RequestInvalid, "The variables are no JSON object.");
        var json = await GraphQLEngine.SerializeAsync(answer.Result, cancellation);
        return new GraphQLResponse(json, answer.Result.Errors?.Count > 0);
    }

    /// <summary>The data of a response as a table.</summary>
    /// <param name="query">The document that was answered without errors.</param>
    /// <param name="operationName">Which of its operations; null where it has only one.</param>
    /// <param name="response">The response.</param>
    /// <exception cref="NoTableException">The document asks for more than one table.</exception>
    public static FlatTable Table(string query, string? operationName, GraphQLResponse response)
    {
        using var json = JsonDocument.Parse(response.Json);
        var shape = TableShape.Of(Parser.Parse(query), operationName, StatsGraphSchema.Instance);
        return TableReader.Read(shape, json.RootElement.GetProperty("data"));
    }

    /// <summary>Makes sure that the answers to a document are tables.</summary>
    /// <param name="query">A valid document of one operation.</param>
    /// <exception cref="NoTableException">It asks for more than one table.</exception>
    internal static TableShape Shape(string query) => TableShape.Of(Parser.Parse(query), null, StatsGraphSchema.Instance);

    /// <summary>The object, or undefined without one; null when the text is anything else.</summary>
    private static JsonElement? Variables(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return default(JsonElement);
        }

        try
        {
            var variables = JsonSerializer.Deserialize<JsonElement>(json);
            return variables.ValueKind is JsonValueKind.Object or JsonValueKind.Null ? variables : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
