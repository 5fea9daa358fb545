using System.Globalization;
using Microsoft.AspNetCore.Http;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Http;

/// <summary>Writes why there is no answer, in GraphQL's error form.</summary>
internal static class Refusals
{
    /// <summary>The refusal as an answer.</summary>
    public static async Task<Answer> AnswerAsync(RequestFault fault, CancellationToken cancellation)
    {
        var refused = fault.Limit is { } limit
            ? GraphQLAnswer.Error(GraphQLOutcome.Refused, new ExcessError(new Excess(fault.Code, fault.Message, limit)))
            : GraphQLAnswer.Error(GraphQLOutcome.Refused, fault.Code, fault.Message);
        return new Answer(refused.Outcome, HasErrors: true, await GraphQLEngine.SerializeAsync(refused.Result, cancellation))
        {
            Codes = [fault.Code],
            RetryAfter = fault.RetryAfter,
        };
    }

    /// <summary>Writes a refusal as JSON.</summary>
    public static async Task WriteAsync(HttpContext context, RequestFault fault)
    {
        var (response, answer) = (context.Response, await AnswerAsync(fault, context.RequestAborted));
        response.StatusCode = fault.Status ?? StatusCodes.Status400BadRequest;
        response.Headers.CacheControl = "no-store";
        response.ContentType = MediaTypes.Header(AnswerType.Json);
        response.ContentLength = answer.Json.Length;
        await response.Body.WriteAsync(answer.Json, context.RequestAborted);
    }

    /// <summary>Says in how many whole seconds, 1 or more, the client may try again.</summary>
    public static void RetryAfter(HttpResponse response, TimeSpan wait)
        => response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
