using System.Text.Json;
using StatsGraph.Reports;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>
/// The feeds that there are: one for each different question that somebody is subscribed to. What a feed computes has the one site alone in it that
/// is asked for, so that it is the same for all who may read that one, whatever else they may; only those who may read all sites have feeds of
/// their own, as they are told more. Safe for any number of threads.
/// </summary>
/// <param name="store">The figures.</param>
/// <param name="compute">Computes the newest event of a request for a caller; has to share and keep what many ask for.</param>
/// <param name="interval">Least time between two events.</param>
internal sealed class LiveFeeds(ReportStore store, Func<GraphQLRequest, Caller, CancellationToken, Task<Answer>> compute, TimeSpan interval)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Question, LiveFeed> feeds = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return feeds.Count;
        }
    }

    /// <summary>Subscribes an operation, whose caller may read the site, until it is over.</summary>
    public LiveFeed Join(GraphQLRequest request, string site, LiveOperation operation)
    {
        var variables = request.Variables.ValueKind == JsonValueKind.Object ? request.Variables.GetRawText() : "";
        var viewer = Caller.Anonymous(operation.Standing.Caller.Reads.IsAll ? SiteSet.All : SiteSet.Of([site]));
        var question = new Question(Version: 0, viewer.Reads.Text, request.Query, request.OperationName ?? "", variables);
        LiveFeed? feed;
        lock (gate)
        {
            if (!feeds.TryGetValue(question, out feed))
                feeds[question] = feed = new LiveFeed(site, (budget, token) => compute(request, viewer with { Budget = budget }, token), store, interval);
            feed.Add(operation);
        }

        operation.Hold(new Membership(this, question, feed, operation));
        return feed;
    }

    private void Leave(Question question, LiveFeed feed, LiveOperation operation)
    {
        lock (gate)
        {
            feed.Remove(operation);
            if (!feed.IsEmpty)
                return;
            feeds.Remove(question);
        }

        feed.Dispose();
    }

    private sealed class Membership(LiveFeeds feeds, Question question, LiveFeed feed, LiveOperation operation) : IDisposable
    {
        public void Dispose() => feeds.Leave(question, feed, operation);
    }
}
