using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Ide;

namespace StatsGraph.Server.Http;

/// <summary>GraphQL over HTTP.</summary>
internal sealed partial class GraphQLEndpoint(
    GraphQLEngine engine, ReportStore store, GraphQLLimits limits, IdeFiles ide, ILogger logger)
{
    /// <summary>A query in the query string, the schema with <c>?sdl</c>, or the IDE for a browser that asks for neither.</summary>
    public Task GetAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Query.ContainsKey("sdl"))
        {
            return SchemaAsync(context);
        }

        if (!request.Query.ContainsKey("query") && AcceptsHtml(request))
        {
            return ide.GetAsync(context);
        }

        var (query, fault) = RequestReader.FromQuery(request, limits.MaximumQueryStringBytes);
        return AnswerAsync(context, query, fault);
    }

    /// <summary>A request in the body.</summary>
    public async Task PostAsync(HttpContext context)
    {
        var (request, fault) = await RequestReader.FromBodyAsync(context.Request, limits.MaximumBytes);
        await AnswerAsync(context, request, fault);
    }

    /// <summary>The schema in GraphQL's definition language.</summary>
    public static Task SchemaAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(StatsGraphSchema.Print(), context.RequestAborted);
    }

    private static bool AcceptsHtml(HttpRequest request)
        => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private async Task AnswerAsync(HttpContext context, GraphQLRequest? request, RequestFault? fault)
    {
        var accepted = MediaTypes.Accepted(context.Request.Headers);
        if (accepted is null)
        {
            fault = new RequestFault(
                StatusCodes.Status406NotAcceptable,
                ErrorCodes.NotAcceptable,
                $"Answers are {MediaTypes.GraphQLResponse} or {MediaTypes.Json}; the request accepts neither.");
        }

        var type = accepted ?? AnswerType.Json;
        if (fault is not null || request is null)
        {
            var error = GraphQLAnswer.Error(GraphQLOutcome.Refused, fault!.Code, fault.Message);
            await WriteAsync(context, type, fault.Status, error);
            return;
        }

        var answer = await ExecuteAsync(context, request);
        await WriteAsync(context, type, Status(context, type, answer.Outcome), answer);
    }

    private async Task<GraphQLAnswer> ExecuteAsync(HttpContext context, GraphQLRequest request)
    {
        try
        {
            return await engine.ExecuteAsync(store.Open, request, context.RequestAborted);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailure(error);
            return error is LakeException
                ? GraphQLAnswer.Error(GraphQLOutcome.Failed, ErrorCodes.LakeUnreadable, ErrorMapping.UnreadableMessage)
                : GraphQLAnswer.Error(GraphQLOutcome.Failed, ErrorCodes.Internal, ErrorMapping.InternalMessage);
        }
    }

    private static int Status(HttpContext context, AnswerType type, GraphQLOutcome outcome) => outcome switch
    {
        GraphQLOutcome.Failed => StatusCodes.Status500InternalServerError,
        GraphQLOutcome.NotAQuery when HttpMethods.IsGet(context.Request.Method) => StatusCodes.Status405MethodNotAllowed,
        GraphQLOutcome.Executed => StatusCodes.Status200OK,
        _ => type == AnswerType.Json ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
    };

    private static async Task WriteAsync(HttpContext context, AnswerType type, int status, GraphQLAnswer answer)
    {
        var json = await GraphQLEngine.SerializeAsync(answer.Result, context.RequestAborted);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = MediaTypes.Header(type);
        response.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept";
        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = HttpMethods.Post;
        }

        await response.Body.WriteAsync(json, context.RequestAborted);
    }

    [LoggerMessage(2, LogLevel.Error, "Answering a GraphQL request failed")]
    private partial void LogFailure(Exception exception);
}
