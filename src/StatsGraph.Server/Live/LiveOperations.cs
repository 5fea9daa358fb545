using StatsGraph.Reports;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Documents;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.GraphQL.Types;
using StatsGraph.Server.Http;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Server.Live;

/// <summary>Begins what connections ask for: queries, which have one answer, and subscriptions, which have many.</summary>
/// <param name="engine">Reads documents.</param>
/// <param name="store">The figures.</param>
/// <param name="documents">Finds saved documents, and says which documents may be asked.</param>
/// <param name="answers">Answers.</param>
/// <param name="subscriptions">Places for subscriptions.</param>
/// <param name="interval">Least time between two events of a subscription.</param>
/// <param name="metrics">Counts what is asked.</param>
internal sealed class LiveOperations(
    GraphQLEngine engine, ReportStore store, DocumentResolver documents, GraphQLEndpoint answers, CallerPlaces subscriptions, TimeSpan interval, ServerMetrics metrics)
{
    private readonly LiveFeeds feeds = new(store, answers.AnswerEventAsync, interval);

    /// <summary>Whether a request asks for a subscription, as far as it can be read.</summary>
    public bool IsSubscription(GraphQLRequest request)
        => documents.Resolve(request) is ({ } resolved, null) && engine.IsSubscription(resolved);

    /// <summary>
    /// Executes a request: has the operation tell its answers, the first of a subscription at once. All that holds for requests by plain HTTP
    /// holds here.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="operation">Tells the answers.</param>
    /// <returns>Why it is not executed, which is not told yet; null where it is.</returns>
    /// <exception cref="OperationCanceledException">The operation was stopped.</exception>
    public async Task<Answer?> BeginAsync(GraphQLRequest request, LiveOperation operation)
    {
        using var asked = metrics.Ask();
        try
        {
            return await TryBeginAsync(request, operation, asked);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var failure = await answers.FailAsync(error, operation.Stopped);
            asked.Answered(null, failure);
            return failure;
        }
    }

    /// <summary>The same, where the operation itself tells why it is not executed.</summary>
    public async Task RunAsync(GraphQLRequest request, LiveOperation operation)
    {
        try
        {
            if (await BeginAsync(request, operation) is { } refusal)
                operation.Refuse(refusal);
        }
        catch (OperationCanceledException)
        {
            // Nobody wants it any more.
        }
    }

    private async Task<Answer?> TryBeginAsync(GraphQLRequest request, LiveOperation operation, AskedQuery asked)
    {
        var (resolved, fault) = documents.Resolve(request);
        if (resolved is null || fault is not null)
        {
            asked.Refused(fault!);
            return await Refusals.AnswerAsync(fault!, operation.Stopped);
        }

        var (answer, isTold) = engine.IsSubscription(resolved) ? await SubscribeAsync(resolved, operation) : await QueryAsync(resolved, operation);
        asked.Answered(resolved.Saved, answer);
        return isTold ? null : answer;
    }

    private async Task<(Answer Answer, bool IsTold)> QueryAsync(GraphQLRequest request, LiveOperation operation)
    {
        var answer = await answers.AnswerAsync(request, operation.Standing.Caller, operation.Stopped);
        if (answer.Outcome is GraphQLOutcome.Refused or GraphQLOutcome.NotAQuery)
            return (answer, false);
        operation.Tell(answer);
        operation.Complete();
        return (answer, true);
    }

    private async Task<(Answer Answer, bool IsTold)> SubscribeAsync(GraphQLRequest request, LiveOperation operation)
    {
        var (site, refusal) = await engine.SiteOfAsync(request, operation.Stopped);
        if (refusal is not null)
            return (await GraphQLEndpoint.SerializeAsync(refusal, operation.Stopped), false);
        if (subscriptions.TryTake(operation.Standing.Owner, out var limit) is not { } place)
            return (await LiveRefusals.TooManyAsync(limit, operation.Stopped), false);
        operation.Hold(place);
        if (!IsThere(site, operation.Standing.Caller))
        {
            var unknown = GraphQLEngine.Refuse(SubscriptionType.SiteNotFound(site));
            return (await GraphQLEndpoint.SerializeAsync(unknown, operation.Stopped), false);
        }

        // First the feed and then the state: what changes in between comes by the feed.
        var state = await feeds.Join(request, site, operation).NowAsync(operation.Standing.Caller.Budget, operation.Stopped);
        if (state.IsOfNoSite || state.RetryAfter is not null)
            return (state, false);
        operation.Tell(state);
        return (state, true);
    }

    private bool IsThere(string site, Caller caller)
    {
        using var reports = store.Open(caller.MayRead);
        return reports.Site(site) is not null;
    }
}
