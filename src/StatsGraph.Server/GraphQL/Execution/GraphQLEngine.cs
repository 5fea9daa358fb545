using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using GraphQL.SystemTextJson;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.Extensions.Logging;
using StatsGraph.Compliance;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Cost;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>Executes documents on the schema. Safe for any number of requests at once.</summary>
/// <param name="store">The figures.</param>
/// <param name="limits">What one request may ask for.</param>
/// <param name="logger">Is told what nobody expected.</param>
/// <param name="introspection">Whether documents may ask for <c>__schema</c> and <c>__type</c>.</param>
/// <param name="compliance">Makes compliance reports; null for those of the program's profiles, of which none were issued.</param>
internal sealed partial class GraphQLEngine(
    ReportStore store, GraphQLLimits limits, ILogger logger, bool introspection = true, ComplianceDesk? compliance = null)
{
    private readonly ComplianceDesk desk = compliance ?? new ComplianceDesk(new ComplianceOptions(), store);

    private static readonly DocumentExecuter Executer = new();

    private static readonly DocumentValidator Validator = new();

    private static readonly GraphQLSerializer Serializer = new(
        new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }, new ErrorMapping());

    /// <summary>
    /// Executes a request on one snapshot, which is opened once the document is found worth it and disposed at the end. One that takes longer
    /// than <see cref="ReportOptions.QueryTimeout"/> is stopped, and its answer says so for each field that is missing.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who asks: the snapshot has the sites alone that it may read.</param>
    /// <param name="cancellation">The asker is gone.</param>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<GraphQLAnswer> ExecuteAsync(GraphQLRequest request, Caller caller, CancellationToken cancellation)
    {
        using var budget = store.StartBudget();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellation);
        var trace = request.Explanation == Explanation.Given ? store.StartTrace() : null;
        if (Refusal(request, out var document) is { } refusal)
        {
            return refusal;
        }

        var costs = new CostRule(limits, store.Options, store.Now, request.CostMode, caller.Budget);
        if (request.CostMode == CostMode.Validated)
        {
            return await TellCostAsync(request, document!, costs, stop.Token);
        }

        using var reports = store.Open(caller.Reads.IsAll ? null : caller.MayRead);
        reports.Trace = trace;
        var result = await ExecuteAsync(request, document!, reports, costs, stop.Token, cancellation);
        KeepFirst(result);
        Explain.Add(result, request.Explanation, reports);
        if (request.CostMode == CostMode.Reported)
        {
            AddCost(result, costs);
        }

        return new GraphQLAnswer(result.Executed ? GraphQLOutcome.Executed : GraphQLOutcome.Refused, result)
        {
            Reports = reports,
            RetryAfter = costs.RetryAfter,
        };
    }

    /// <summary>
    /// The result. A field that is not finished when the time is over is an error of its own, as any that fails: what was finished stays.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="document">Its document.</param>
    /// <param name="reports">The snapshot.</param>
    /// <param name="costs">Refuses what costs too much.</param>
    /// <param name="stop">The time is over, or the asker is gone.</param>
    /// <param name="gone">The asker is gone.</param>
    private Task<ExecutionResult> ExecuteAsync(
        GraphQLRequest request, GraphQLDocument document, LakeReports reports, CostRule costs, CancellationToken stop, CancellationToken gone)
        => Executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = StatsGraphSchema.Instance,
            Root = reports,
            Query = request.Query,
            Document = document,
            OperationName = string.IsNullOrEmpty(request.OperationName) ? null : request.OperationName,
            Variables = Variables(request),
            ValidationRules = Rules(costs),
            UserContext = new RequestScope(limits, store.Options, desk, stop).ToUserContext(),
            CancellationToken = gone,
            UnhandledExceptionDelegate = Report,
        });

    private static IValidationRule[] Rules(CostRule costs) => [.. DocumentValidator.CoreRules, costs];

    private static Inputs Variables(GraphQLRequest request)
        => request.Variables.ValueKind == JsonValueKind.Object ? Serializer.ReadNode<Inputs>(request.Variables)! : Inputs.Empty;

    /// <summary>What the operation costs, or what is wrong with it; nothing is executed.</summary>
    private async Task<GraphQLAnswer> TellCostAsync(GraphQLRequest request, GraphQLDocument document, CostRule costs, CancellationToken stop)
    {
        var validated = await Validator.ValidateAsync(new ValidationOptions
        {
            Schema = StatsGraphSchema.Instance,
            Document = document,
            Operation = Selected(document, request.OperationName)[0],
            Rules = Rules(costs),
            Variables = Variables(request),
            CancellationToken = stop,
        });
        var result = new ExecutionResult { Errors = validated.IsValid ? null : [.. validated.Errors] };
        KeepFirst(result);
        AddCost(result, costs);
        return new GraphQLAnswer(validated.IsValid ? GraphQLOutcome.Executed : GraphQLOutcome.Refused, result);
    }

    private static void AddCost(ExecutionResult result, CostRule costs)
    {
        if (costs.Cost is { } cost)
        {
            (result.Extensions ??= [])[OperationCost.Key] = cost.Told();
        }
    }

    private ExecutionError TooLong() => new(FormattableString.Invariant(
        $"Answering takes longer than the {store.Options.QueryTimeout.TotalSeconds} s that a request may take: narrow the period or the filter, or ask for fewer figures at once."))
    {
        Code = ErrorCodes.Timeout,
    };

    /// <summary>The answer as JSON in UTF-8.</summary>
    public static async Task<byte[]> SerializeAsync(ExecutionResult result, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await Serializer.WriteAsync(buffer, result, cancellation);
        return buffer.ToArray();
    }

    /// <summary>Why the request is not executed, found without the schema; else null and its document.</summary>
    private GraphQLAnswer? Refusal(GraphQLRequest request, out GraphQLDocument? document)
        => DocumentCheck.Parse(request.Query, limits, out document) is { } error ? GraphQLAnswer.Error(GraphQLOutcome.Refused, error)
            : ValueSize.Of(request.Variables).Over(limits, "variables") is { } excess
                ? GraphQLAnswer.Error(GraphQLOutcome.Refused, new ExcessError(excess))
            : !introspection && Introspection.Refusal(document!, request.Query) is { } secret
                ? GraphQLAnswer.Error(GraphQLOutcome.Refused, secret)
            : Selection(document!, request.OperationName);

    /// <summary>Why there is no one query to execute, or null.</summary>
    private static GraphQLAnswer? Selection(GraphQLDocument document, string? name)
        => Selected(document, name) switch
        {
            [{ Operation: OperationType.Query }] => null,
            [_] => GraphQLAnswer.Error(
                GraphQLOutcome.NotAQuery, ErrorCodes.OperationNotSupported, "There are queries only; no mutations and no subscriptions."),
            [] when document.Definitions.OfType<GraphQLOperationDefinition>().Any() => Unknown($"The document has no operation '{name}'."),
            [] => Unknown("The document has no operation."),
            _ when string.IsNullOrEmpty(name)
                => Unknown("The document has several operations; operationName has to say which one is meant."),
            _ => Unknown($"The document has several operations '{name}'."),
        };

    /// <summary>The operations that a name means; without one, all.</summary>
    private static GraphQLOperationDefinition[] Selected(GraphQLDocument document, string? name)
        => [.. document.Definitions.OfType<GraphQLOperationDefinition>().Where(o => string.IsNullOrEmpty(name) || o.Name?.StringValue == name)];

    private static GraphQLAnswer Unknown(string message)
        => GraphQLAnswer.Error(GraphQLOutcome.Refused, ErrorCodes.OperationUnknown, message);

    private void KeepFirst(ExecutionResult result)
    {
        if (result.Errors?.Count > limits.MaximumErrors)
        {
            result.Errors = [.. result.Errors.Take(limits.MaximumErrors)];
        }
    }

    /// <summary>Logs what nobody expected. Wrong arguments are answers, not events, and so is the end of the time.</summary>
    private Task Report(UnhandledExceptionContext context)
    {
        if (context.OriginalException is OperationCanceledException)
        {
            context.Exception = TooLong();
        }
        else if (context.OriginalException is not ReportException)
        {
            LogFailure(context.FieldContext?.FieldDefinition.Name ?? "the request", context.OriginalException);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Error, "Answering {Field} failed")]
    private partial void LogFailure(string field, Exception exception);
}
