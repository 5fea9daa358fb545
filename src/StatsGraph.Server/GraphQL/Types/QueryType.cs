using GraphQL;
using GraphQL.Types;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>The root. Its source is the snapshot that the whole request reads.</summary>
internal sealed class QueryType : ObjectGraphType<LakeReports>
{
    public QueryType()
    {
        Name = "Query";
        Description = "Audience figures of streaming radio, from the access logs of its servers. All fields of one request see the same "
            + "snapshot of the data.";
        Field<SitesConnectionType>("sites")
            .Description("All sites, by key. A site is one station or network: the logs that are ingested under one key.")
            .WithPages(together: false)
            .Weighs(1)
            .Resolve(c => c.Source.Sites(c.Page()));
        Field<SiteType>("site")
            .Description("One site; null when there is none of that key.")
            .Argument<NonNullGraphType<StringGraphType>>("key", "Key of the site, as it was ingested.")
            .Weighs(1)
            .Resolve(c => c.Source.Site(c.GetArgument<string>("key")));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ComplianceProfileType>>>>("complianceProfiles")
            .Description("The rules that compliance reports are made by, in the order of their names.")
            .WithFirst(100)
            .Resolve(c => c.First(RequestScope.Of(c).Compliance.Profiles.All));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ScheduleType>>>>("schedules")
            .Description("What is made at certain times, by name: that of sites which the asker administers (an admin token, or a server open to its own machine).")
            .WithFirst(20)
            .Weighs(1)
            .Resolve(c =>
            {
                c.Source.EndAnswersAt(c.Source.Now);
                return c.First(RequestScope.Of(c).Schedules.Schedules);
            });
        Field<NonNullGraphType<DeliveriesConnectionType>>("deliveries")
            .Description("What has become of the files that those schedules have made, the runs that were due last first.")
            .Argument<StringGraphType>("schedule", "Only those of the schedule of this name.")
            .Argument<StringGraphType>("site", "Only those of the site of this key.")
            .Argument<DeliveryProgressType>("state", "Only those that are this far.")
            .WithPages(together: true)
            .Weighs(5)
            .Resolve(DeliveryFields.Page);
        Field<NonNullGraphType<LimitsType>>("limits")
            .Description("What one request may ask of this server.")
            .Resolve(c => RequestScope.Of(c));
    }
}
