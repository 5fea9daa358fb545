using GraphQL;
using StatsGraph.Compliance;
using StatsGraph.Reports;
using StatsGraph.Server.Schedules;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>What fields know of the request that they are part of, beside the snapshot.</summary>
/// <param name="Limits">What it may ask for.</param>
/// <param name="Reports">What its reports may be.</param>
/// <param name="Compliance">Makes compliance reports.</param>
/// <param name="Schedules">The schedules that the asker may see.</param>
/// <param name="Deadline">Cancelled when the request has taken as long as it may, or the asker is gone.</param>
internal sealed record RequestScope(GraphQLLimits Limits, ReportOptions Reports, ComplianceDesk Compliance, ScheduleSight Schedules, CancellationToken Deadline)
{
    private const string Key = "request";

    /// <summary>The scope in the form that the executer hands on.</summary>
    public Dictionary<string, object?> ToUserContext() => new() { [Key] = this };

    /// <summary>The scope of the request that a field is part of.</summary>
    public static RequestScope Of(IResolveFieldContext context) => (RequestScope)context.UserContext[Key]!;
}

/// <summary>Shorthand for fields.</summary>
internal static class RequestScopes
{
    /// <summary>
    /// Ends what a field computes when the request's time is over. A field that it ends fails by itself: those that were finished before stay
    /// in the answer.
    /// </summary>
    public static CancellationToken Deadline(this IResolveFieldContext context) => RequestScope.Of(context).Deadline;
}
