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
using StatsGraph.Schedules;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Types;
using StatsGraph.Server.Schedules;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>Executes documents on the schema. Safe for any number of requests at once.</summary>
/// <param name="store">The figures.</param>
/// <param name="limits">What one request may ask for.</param>
/// <param name="logger">Is told what nobody expected.</param>
/// <param name="introspection">Whether documents may ask for <c>__schema</c> and <c>__type</c>.</param>
/// <param name="compliance">Makes compliance reports; null for those of the program's profiles, of which none were issued.</param>
/// <param name="schedules">The schedules; null for none.</param>
internal sealed partial class GraphQLEngine(
    ReportStore store, GraphQLLimits limits, ILogger logger, bool introspection = true, ComplianceDesk? compliance = null, ScheduleBook? schedules = null)
{
    /// <summary>
    /// What one is told who asks for a subscription where there is one answer only: by plain HTTP, or without a server.
    /// </summary>
    private const string OneAnswerOnly =
        "A subscription has many answers, and here there is one: ask a server for it with 'Accept: text/event-stream', or over a WebSocket with "
        + "the protocol graphql-transport-ws.";

    /// <summary>Each event of a subscription is executed as a query is: its fields read one snapshot, and none has to wait for another.</summary>
    private static readonly DocumentExecuter Executer = new(
        new GraphQLDocumentBuilder(),
        new DocumentValidator(),
        new DefaultExecutionStrategySelector([new ExecutionStrategyRegistration(new ParallelExecutionStrategy(), OperationType.Subscription)]),
        []);

    private readonly ComplianceDesk desk = compliance ?? new ComplianceDesk(new ComplianceOptions(), store);

    private static readonly DocumentValidator Validator = new();

    private static readonly Dictionary<GraphQLField, IDictionary<string, ArgumentValue>> EmptyArguments = [];

    private static readonly GraphQLSerializer Serializer = new(
        new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }, new ErrorMapping());

    /// <summary>
    /// Executes a request on one snapshot, which is opened once the document is found worth it and disposed at the end. One that takes longer
    /// than <see cref="ReportOptions.QueryTimeout"/> is stopped, and its answer says so for each field that is missing.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who asks: the snapshot has the sites alone that it may read.</param>
    /// <param name="cancellation">The asker is gone.</param>
    /// <param name="watched">Where what it takes is noted; null where nobody but an explanation wants to know.</param>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphQLAnswer> ExecuteAsync(GraphQLRequest request, Caller caller, CancellationToken cancellation, ReportTrace? watched = null)
        => ExecuteAsync(request, OperationType.Query, caller, watched, cancellation);

    /// <summary>Executes one event of a subscription: its fields at the newest snapshot.</summary>
    /// <inheritdoc cref="ExecuteAsync(GraphQLRequest, Caller, CancellationToken, ReportTrace?)"/>
    public Task<GraphQLAnswer> ExecuteEventAsync(GraphQLRequest request, Caller caller, CancellationToken cancellation, ReportTrace? watched = null)
        => ExecuteAsync(request, OperationType.Subscription, caller, watched, cancellation);

    /// <summary>Whether a request asks for a subscription, as far as it can be read.</summary>
    public bool IsSubscription(GraphQLRequest request)
        => DocumentCheck.Parse(request.Query, limits, out var document) is null
            && Selected(document!, request.OperationName) is [{ Operation: OperationType.Subscription }];

    /// <summary>The site that a subscription is to, or why it cannot be executed. What it costs is taken when events are computed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<(string Site, GraphQLAnswer? Refusal)> SiteOfAsync(GraphQLRequest request, CancellationToken cancellation)
    {
        if (Refusal(request, OperationType.Subscription, out var document) is { } refusal)
        {
            return ("", refusal);
        }

        var costs = new CostRule(limits, store.Options, store.Now, CostMode.Enforced, CostBudget.Unlimited);
        var (validated, result) = await ValidateAsync(request, document!, costs, cancellation);
        var sites = (validated.ArgumentValues ?? EmptyArguments)
            .Where(field => field.Key.Name.Value == SubscriptionType.SiteChanged)
            .Select(field => (string)field.Value[SubscriptionType.Key].Value!).Distinct(StringComparer.Ordinal).ToList();
        return result.Errors is not null ? ("", new GraphQLAnswer(GraphQLOutcome.Refused, result))
            : sites is [var site] ? (site, null)
            : ("", NotSupported(GraphQLOutcome.Refused, $"A subscription asks for '{SubscriptionType.SiteChanged}' of one site, and for nothing else."));
    }

    private async Task<GraphQLAnswer> ExecuteAsync(
        GraphQLRequest request, OperationType operation, Caller caller, ReportTrace? watched, CancellationToken cancellation)
    {
        using var budget = store.StartBudget();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellation);
        var trace = watched ?? (request.Explanation == Explanation.Given ? store.StartTrace() : null);
        if (Refusal(request, operation, out var document) is { } refusal)
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
        var result = await ExecuteAsync(request, document!, reports, caller, costs, stop.Token, cancellation);
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
    /// <param name="caller">Who asks.</param>
    /// <param name="costs">Refuses what costs too much.</param>
    /// <param name="stop">The time is over, or the asker is gone.</param>
    /// <param name="gone">The asker is gone.</param>
    private Task<ExecutionResult> ExecuteAsync(
        GraphQLRequest request, GraphQLDocument document, LakeReports reports, Caller caller, CostRule costs, CancellationToken stop, CancellationToken gone)
        => Executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = StatsGraphSchema.Instance,
            Root = reports,
            Query = request.Query,
            Document = document,
            OperationName = string.IsNullOrEmpty(request.OperationName) ? null : request.OperationName,
            Variables = Variables(request),
            ValidationRules = Rules(costs),
            UserContext = new RequestScope(limits, store.Options, desk, new ScheduleSight(schedules, caller, reports.Now.ToDateTimeOffset()), stop).ToUserContext(),
            CancellationToken = gone,
            UnhandledExceptionDelegate = Report,
        });

    private static IValidationRule[] Rules(CostRule costs) => [.. DocumentValidator.CoreRules, costs];

    private static Inputs Variables(GraphQLRequest request)
        => request.Variables.ValueKind == JsonValueKind.Object ? Serializer.ReadNode<Inputs>(request.Variables)! : Inputs.Empty;

    /// <summary>What the operation costs, or what is wrong with it; nothing is executed.</summary>
    private async Task<GraphQLAnswer> TellCostAsync(GraphQLRequest request, GraphQLDocument document, CostRule costs, CancellationToken stop)
    {
        var (validated, result) = await ValidateAsync(request, document, costs, stop);
        AddCost(result, costs);
        return new GraphQLAnswer(validated.IsValid ? GraphQLOutcome.Executed : GraphQLOutcome.Refused, result);
    }

    /// <summary>What is wrong with an operation, if anything is; nothing is executed.</summary>
    private async Task<(IValidationResult Validated, ExecutionResult Result)> ValidateAsync(
        GraphQLRequest request, GraphQLDocument document, CostRule costs, CancellationToken stop)
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
        return (validated, result);
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

    /// <summary>An answer that tells why a request is not executed.</summary>
    public static GraphQLAnswer Refuse(ReportException reason)
        => GraphQLAnswer.Error(GraphQLOutcome.Refused, new ExecutionError(reason.Message, reason));

    /// <summary>The answer as JSON in UTF-8.</summary>
    public static async Task<byte[]> SerializeAsync(ExecutionResult result, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await Serializer.WriteAsync(buffer, result, cancellation);
        return buffer.ToArray();
    }

    /// <summary>Why the request is not executed, found without the schema; else null and its document.</summary>
    private GraphQLAnswer? Refusal(GraphQLRequest request, OperationType operation, out GraphQLDocument? document)
        => DocumentCheck.Parse(request.Query, limits, out document) is { } error ? GraphQLAnswer.Error(GraphQLOutcome.Refused, error)
            : ValueSize.Of(request.Variables).Over(limits, "variables") is { } excess
                ? GraphQLAnswer.Error(GraphQLOutcome.Refused, new ExcessError(excess))
            : !introspection && Introspection.Refusal(document!, request.Query) is { } secret
                ? GraphQLAnswer.Error(GraphQLOutcome.Refused, secret)
            : Selection(document!, request, operation);

    /// <summary>Why there is no one operation of a kind to execute, or null. What a subscription costs is told of it as of a query.</summary>
    private static GraphQLAnswer? Selection(GraphQLDocument document, GraphQLRequest request, OperationType operation)
        => Selected(document, request.OperationName) switch
        {
            [var selected] when selected.Operation == operation => null,
            [{ Operation: OperationType.Subscription }] when request.CostMode == CostMode.Validated => null,
            [{ Operation: OperationType.Subscription }] => NotSupported(GraphQLOutcome.Refused, OneAnswerOnly),
            [_] => NotSupported(GraphQLOutcome.NotAQuery, DocumentCheck.NoMutations),
            [] when document.Definitions.OfType<GraphQLOperationDefinition>().Any()
                => Unknown($"The document has no operation '{request.OperationName}'."),
            [] => Unknown("The document has no operation."),
            _ when string.IsNullOrEmpty(request.OperationName)
                => Unknown("The document has several operations; operationName has to say which one is meant."),
            _ => Unknown($"The document has several operations '{request.OperationName}'."),
        };

    /// <summary>The operations that a name means; without one, all.</summary>
    private static GraphQLOperationDefinition[] Selected(GraphQLDocument document, string? name)
        => [.. document.Definitions.OfType<GraphQLOperationDefinition>().Where(o => string.IsNullOrEmpty(name) || o.Name?.StringValue == name)];

    private static GraphQLAnswer NotSupported(GraphQLOutcome outcome, string message)
        => GraphQLAnswer.Error(outcome, ErrorCodes.OperationNotSupported, message);

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
