using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>
/// Sends requests where they are answered: WebSockets, event streams, and what has one answer. A client that accepts both JSON and events gets
/// events for a subscription and JSON for all else.
/// </summary>
internal sealed class LiveEndpoint(
    GraphQLEndpoint answers, LiveOperations operations, EventStreams streams, SharedEventStreams shared, Sockets sockets)
{
    /// <summary>Maps the methods of <c>/graphql</c> and of saved documents.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/graphql", GetAsync).Needs(Right.Read).MayTakeWebSockets();
        app.MapPost("/graphql", PostAsync).Needs(Right.Read);
        app.MapPut("/graphql", shared.ReserveAsync).Needs(Right.Read);
        app.MapDelete("/graphql", shared.EndAsync).Needs(Right.Read);
        app.MapGet("/graphql/persisted/{name}", GetSavedAsync).Needs(Right.Read);
    }

    private Task GetAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
            return sockets.AcceptAsync(context);
        if (!MediaTypes.NamesEventStream(context.Request.Headers))
            return answers.GetAsync(context);
        if (SharedEventStreams.TokenOf(context.Request).Length > 0)
            return shared.OpenAsync(context);
        var (request, fault) = answers.ReadQuery(context.Request);
        return AnswerAsync(context, request, fault);
    }

    private Task GetSavedAsync(HttpContext context)
    {
        var (request, fault) = answers.ReadSaved(context.Request);
        return AnswerAsync(context, request, fault);
    }

    private async Task PostAsync(HttpContext context)
    {
        var (request, fault) = await answers.ReadBodyAsync(context.Request);
        if (SharedEventStreams.TokenOf(context.Request).Length > 0)
            await shared.BeginAsync(context, request, fault);
        else
            await AnswerAsync(context, request, fault);
    }

    private Task AnswerAsync(HttpContext context, GraphQLRequest? request, RequestFault? fault)
        => MediaTypes.NamesEventStream(context.Request.Headers)
            && (MediaTypes.Accepted(context.Request.Headers) is null || (request is not null && fault is null && operations.IsSubscription(request)))
                ? streams.AnswerAsync(context, request, fault)
                : answers.AnswerAsync(context, request, fault);
}
