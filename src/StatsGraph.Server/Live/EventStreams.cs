using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>Event streams of one operation each: the distinct connections mode of graphql-sse.</summary>
internal sealed class EventStreams(
    LiveOperations operations, LiveConnections connections, GraphQLEndpoint answers, LiveOptions limits, TimeProvider clock)
{
    /// <summary>
    /// Answers a request as events. What is wrong with the document comes as an event, too, since browsers do not show what else is answered to
    /// one who asks for events; what is no GraphQL request at all is refused as JSON.
    /// </summary>
    /// <param name="context">Where the answers go.</param>
    /// <param name="request">The request; null where there is a fault.</param>
    /// <param name="fault">Why it is not answered.</param>
    public async Task AnswerAsync(HttpContext context, GraphQLRequest? request, RequestFault? fault)
    {
        if (request is null || fault is not null)
        {
            await answers.RefuseAsync(context, fault!);
            return;
        }

        var standing = Standing.Of(context);
        using var connection = new LiveConnection(standing, limits, clock) { IsForOne = true, Abort = context.Abort };
        using var entry = connections.TryAdd(connection, connection.KeepAlive, out var full);
        if (entry is null || !connection.TryBegin("", out var operation) || operation is null)
            await answers.RefuseAsync(context, full ?? LiveRefusals.Stopping);
        else
            await RunAsync(context, connection, () => BeginAsync(request, operation), isForOne: true);
    }

    /// <summary>Until its first answer an operation takes the place of a request, and from then on only that of a subscription.</summary>
    private async Task BeginAsync(GraphQLRequest request, LiveOperation operation)
    {
        using var place = operation.Standing;
        await operations.RunAsync(request, operation);
    }

    /// <summary>Writes what a connection has to tell until it ends, or the client goes.</summary>
    public static async Task RunAsync(HttpContext context, LiveConnection connection, Func<Task> begin, bool isForOne)
    {
        LastsLong(context);
        using var gone = context.RequestAborted.UnsafeRegister(static state => ((LiveConnection)state!).Dispose(), connection);
        var writer = new EventStreamWriter(context, isForOne);
        try
        {
            await writer.BeginAsync();
            if (Methods.IsHead(context))
                return;
            var beginning = begin();
            await connection.RunAsync(writer);
            connection.Dispose();
            await beginning;
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The client has gone, or reads nothing: there is nobody to tell.
        }
    }

    /// <summary>Leaves a request out of the metrics of how long answers take: how long it lasts is up to the client.</summary>
    public static void LastsLong(HttpContext context) => context.Features.Get<IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
}
