using GraphQL;
using GraphQL.Types;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Cost;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>
/// The root of subscriptions. Its source is the snapshot of one event: each event is an execution of its own, and the same for all who ask the
/// same, so what makes the events is beside the schema, in <c>Live</c>.
/// </summary>
internal sealed class SubscriptionType : ObjectGraphType<LakeReports>
{
    /// <summary>The one field.</summary>
    public const string SiteChanged = "siteChanged";

    /// <summary>Its argument that names the site.</summary>
    public const string Key = "key";

    public SubscriptionType()
    {
        Name = "Subscription";
        Description = "Figures that come again whenever they may have changed, as Server-Sent Events (the protocol of graphql-sse) or over a "
            + "WebSocket (graphql-transport-ws). A subscription asks for one field.";
        Field<NonNullGraphType<SiteUpdateType>>(SiteChanged)
            .Description("The state of a site: at once as it is, and again when lines came to the site or left it, or when the clock changed what "
                + "was asked for, as at midnight of the site's zone, when `today` becomes another day. Changes that follow one another "
                + "closely, within a second unless configured, come as one event with the newest state. A reader who is slower than the "
                + "events gets the newest. An unknown site is an error with the code `SITE_NOT_FOUND`, and ends the subscription.")
            .Argument<NonNullGraphType<StringGraphType>>(Key, "Key of the site, as it was ingested.")
            .Weighs(1)
            .Resolve(c => SiteUpdate(c.Source, c.GetArgument<string>(Key)))
            .ResolveStream(_ => throw new InvalidOperationException("GraphQL.NET wants a stream of every subscription; the events are made by Live."));
    }

    private static SiteUpdate SiteUpdate(LakeReports reports, string key)
        => reports.Site(key) is { } site ? new SiteUpdate(site, reports.HasAll ? reports.Version : null) : throw SiteNotFound(key);

    /// <summary>What one is told who asks for a site that is not there, or is not shown to them.</summary>
    public static ReportException SiteNotFound(string key)
        => new(ReportErrorCodes.SiteNotFound, $"There is no site '{key}'.", key);
}
