using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Documents;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Ide;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Server.Http;

/// <summary>GraphQL over HTTP.</summary>
internal sealed partial class GraphQLEndpoint(
    GraphQLEngine engine,
    ReportStore store,
    ServerOptions options,
    OtherSites others,
    AnswerCache cache,
    DocumentResolver documents,
    IdeFiles ide,
    ServerMetrics metrics,
    QueryWatch watch,
    ILogger logger)
{
    /// <summary>Parameters that say, each in its way, what is to be executed.</summary>
    private static readonly string[] DocumentParameters = ["query", "id", "documentId", "extensions"];

    private readonly GraphQLLimits limits = options.Limits;
    private readonly bool allowsExplain = options.AllowsExplain;

    /// <summary>A query in the query string, the schema with <c>?sdl</c>, or the IDE for a browser that asks for neither.</summary>
    public Task GetAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Query.ContainsKey("sdl"))
        {
            return SchemaAsync(context);
        }

        if (!Array.Exists(DocumentParameters, request.Query.ContainsKey) && MediaTypes.AcceptsHtml(request.Headers))
        {
            return ide.GetAsync(context);
        }

        var (query, fault) = ReadQuery(request);
        return AnswerAsync(context, query, fault);
    }

    /// <summary>The request in a query string, or why there is none to answer.</summary>
    public (GraphQLRequest? Request, RequestFault? Fault) ReadQuery(HttpRequest request)
    {
        var (query, fault) = RequestReader.FromQuery(request, limits.MaximumQueryStringBytes);
        return (query, others.Fault(request) ?? fault);
    }

    /// <summary>The request for a saved document, by its name or hash in the path, or why there is none to answer.</summary>
    public (GraphQLRequest? Request, RequestFault? Fault) ReadSaved(HttpRequest request)
    {
        var id = (string)request.RouteValues["name"]!;
        var (saved, fault) = documents.Saved.Find(id) is { } document
            ? SavedRequestReader.Read(request, document, limits.MaximumQueryStringBytes)
            : (null, new RequestFault(
                StatusCodes.Status404NotFound,
                ErrorCodes.DocumentNotFound,
                $"There is no saved document '{id}'; there are {string.Join(", ", documents.Saved.Names)}."));
        return (saved, others.Fault(request) ?? fault);
    }

    /// <summary>The request in a body, or why there is none to answer.</summary>
    public Task<(GraphQLRequest? Request, RequestFault? Fault)> ReadBodyAsync(HttpRequest request)
        => RequestReader.FromBodyAsync(request, limits.MaximumBytes);

    /// <summary>The schema in GraphQL's definition language.</summary>
    public static Task SchemaAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(StatsGraphSchema.Print(), context.RequestAborted);
    }

    /// <summary>Says why there is no answer, as JSON.</summary>
    public async Task RefuseAsync(HttpContext context, RequestFault fault)
        => await WriteAsync(
            context,
            AnswerType.Json,
            fault.Status ?? StatusCodes.Status400BadRequest,
            await Refusals.AnswerAsync(fault, context.RequestAborted));

    /// <summary>Says why a request is not executed, as its client accepts it.</summary>
    public Task WriteAsync(HttpContext context, Answer answer)
    {
        var type = MediaTypes.Accepted(context.Request.Headers) ?? AnswerType.Json;
        return WriteAsync(context, type, Status(context, type, answer), answer);
    }

    /// <summary>Says what went wrong with an answer of which something else was to be made.</summary>
    public Task WriteErrorsAsync(HttpContext context, Answer answer) => WriteAsync(
        context,
        AnswerType.Json,
        answer switch
        {
            { RetryAfter: not null } => StatusCodes.Status429TooManyRequests,
            { Outcome: GraphQLOutcome.Failed } => StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status400BadRequest,
        },
        answer);

    /// <summary>Answers a request once, as JSON.</summary>
    /// <param name="context">Where the answer goes.</param>
    /// <param name="request">The request; null where there is a fault.</param>
    /// <param name="fault">Why it is not answered.</param>
    public async Task AnswerAsync(HttpContext context, GraphQLRequest? request, RequestFault? fault)
    {
        using var asked = metrics.Ask();
        var accepted = MediaTypes.Accepted(context.Request.Headers);
        if (accepted is null)
        {
            fault = new RequestFault(
                StatusCodes.Status406NotAcceptable,
                ErrorCodes.NotAcceptable,
                $"Answers are {MediaTypes.GraphQLResponse} or {MediaTypes.Json}; the request accepts neither.");
        }

        if (fault is null && request is { } named)
        {
            (request, fault) = documents.Resolve(named);
        }

        if (fault is null && request is { } costed)
        {
            (request, fault) = CostHeader.Read(context.Request.Headers, costed);
        }

        var type = accepted ?? AnswerType.Json;
        if (fault is not null || request is null)
        {
            asked.Refused(fault!);
            var refusal = await Refusals.AnswerAsync(fault!, context.RequestAborted);
            await WriteAsync(context, type, fault!.Status ?? Status(context, type, refusal), refusal);
            return;
        }

        var answer = await AnswerAsync(request, Caller.Of(context), context.RequestAborted);
        asked.Answered(request.Saved, answer);
        await WriteAsync(context, type, Status(context, type, answer), answer);
    }

    /// <summary>The answer that is kept for all who may see the same, or a new one; one that is to be explained, or to tell its cost, is always new.</summary>
    public Task<Answer> AnswerAsync(GraphQLRequest asked, Caller caller, CancellationToken cancellation)
    {
        var request = asked.Explanation == Explanation.Given && !allowsExplain ? asked with { Explanation = Explanation.Refused } : asked;
        Task<Answer> ExecuteAsync(CancellationToken token) => this.ExecuteAsync(request, caller, engine.ExecuteAsync, token);
        if (request.IsAnnotated)
        {
            metrics.Answered(AnswerSource.Computed);
            return ExecuteAsync(cancellation);
        }

        return RecallAsync(request, caller, isEvent: false, ExecuteAsync, cancellation);
    }

    /// <summary>The newest event of a subscription: one that is kept, or a new one. It is never explained, for it is the same for all.</summary>
    public Task<Answer> AnswerEventAsync(GraphQLRequest asked, Caller caller, CancellationToken cancellation)
    {
        var request = asked with { Explanation = Explanation.None, CostMode = CostMode.Enforced };
        return RecallAsync(request, caller, isEvent: true, token => ExecuteAsync(request, caller, engine.ExecuteEventAsync, token), cancellation);
    }

    private async Task<Answer> RecallAsync(
        GraphQLRequest request, Caller caller, bool isEvent, Func<CancellationToken, Task<Answer>> execute, CancellationToken cancellation)
    {
        try
        {
            var variables = request.Variables.ValueKind == JsonValueKind.Object ? request.Variables.GetRawText() : "";
            var question = new Question(store.Version, caller.Sight, request.Query, request.OperationName ?? "", variables)
            {
                PlaysVersion = store.PlaysVersion,
                RefusesExplanation = request.Explanation == Explanation.Refused,
                IsEvent = isEvent,
            };
            var source = AnswerSource.Computed;
            var answer = await cache.GetAsync(question, store.Now, execute, cancellation, found => source = found);
            if (source != AnswerSource.Computed && answer.RetryAfter is not null)
            {
                // What another one may not have computed, this one may.
                (source, answer) = (AnswerSource.Computed, await execute(cancellation));
            }

            metrics.Answered(source);
            return answer;
        }
        catch (LakeException error)
        {
            return await SerializeAsync(Failure(error), cancellation);
        }
    }

    private async Task<Answer> ExecuteAsync(
        GraphQLRequest request,
        Caller caller,
        Func<GraphQLRequest, Caller, CancellationToken, ReportTrace?, Task<GraphQLAnswer>> execute,
        CancellationToken cancellation)
    {
        using var watched = watch.Begin(request, caller);
        try
        {
            var answer = await execute(request, caller, cancellation, watched.Trace);
            watched.End(answer);
            var serialized = (await SerializeAsync(answer, cancellation)) with
            {
                IsAnnotated = request.IsAnnotated,
                RetryAfter = answer.RetryAfter,
            };
            return answer.Reports is not { } reports ? serialized
                : serialized with
                {
                    Version = reports.Version,
                    PlaysVersion = reports.PlaysVersion,
                    From = reports.Now,
                    Until = reports.AnswersEnd,
                };
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var failure = Failure(error);
            watched.End(failure);
            return await SerializeAsync(failure, cancellation);
        }
    }

    /// <summary>An answer that says that the server failed. What failed is for its log alone.</summary>
    public Task<Answer> FailAsync(Exception error, CancellationToken cancellation) => SerializeAsync(Failure(error), cancellation);

    private GraphQLAnswer Failure(Exception error)
    {
        LogFailure(error);
        return error is LakeException ? GraphQLAnswer.Error(GraphQLOutcome.Failed, ErrorCodes.LakeUnreadable, ErrorMapping.UnreadableMessage)
            : GraphQLAnswer.Error(GraphQLOutcome.Failed, ErrorCodes.Internal, ErrorMapping.InternalMessage);
    }

    /// <summary>An answer as it goes over the wire.</summary>
    public static async Task<Answer> SerializeAsync(GraphQLAnswer answer, CancellationToken cancellation)
        => new(answer.Outcome, answer.Result.Errors?.Count > 0, await GraphQLEngine.SerializeAsync(answer.Result, cancellation))
        {
            Codes = ErrorMapping.CodesOf(answer.Result),
            IsOfNoSite = answer.Result.Errors?.Any(error => ErrorMapping.Reason(error)?.Code == ReportErrorCodes.SiteNotFound) == true,
        };

    private static int Status(HttpContext context, AnswerType type, Answer answer) => answer.Outcome switch
    {
        _ when answer.RetryAfter is not null => StatusCodes.Status429TooManyRequests,
        GraphQLOutcome.Failed => StatusCodes.Status500InternalServerError,
        GraphQLOutcome.NotAQuery when HttpMethods.IsGet(context.Request.Method) => StatusCodes.Status405MethodNotAllowed,
        GraphQLOutcome.Executed => StatusCodes.Status200OK,
        _ => type == AnswerType.Json ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
    };

    private async Task WriteAsync(HttpContext context, AnswerType type, int status, Answer answer)
    {
        var response = context.Response;
        response.Headers.Vary = "Accept, Accept-Encoding";
        response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = HttpMethods.Post;
        }

        if (HttpMethods.IsGet(context.Request.Method) && answer.IsWhole)
        {
            var tag = answer.Tag(type);
            response.Headers.ETag = tag;
            response.Headers.CacheControl = options.CacheControl;
            if (EntityTags.Hold(context.Request.Headers.IfNoneMatch, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        if (answer.RetryAfter is { } wait)
        {
            Refusals.RetryAfter(response, wait);
        }

        response.StatusCode = status;
        response.ContentType = MediaTypes.Header(type);
        response.ContentLength = answer.Json.Length;
        await response.Body.WriteAsync(answer.Json, context.RequestAborted);
    }

    [LoggerMessage(2, LogLevel.Error, "Answering a GraphQL request failed")]
    private partial void LogFailure(Exception exception);
}
