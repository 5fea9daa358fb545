using GraphQL;
using GraphQL.Types;
using StatsGraph.Reports;
using StatsGraph.Schedules.Runs;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Schedules;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class DeliveriesConnectionType() : ConnectionType<SeenDelivery, DeliveryType>("Deliveries", "deliveries");

internal sealed class DeliveryType : ObjectGraphType<SeenDelivery>
{
    public DeliveryType()
    {
        Name = "Delivery";
        Description = "What has become of the delivery of a run's files to one target.";
        Field<NonNullGraphType<StringGraphType>>("schedule").Description("Name of the schedule.").Resolve(c => c.Source.Schedule.Name);
        Field<StringGraphType>("site").Description("Key of the site; null for a document of all sites.").Resolve(c => c.Source.Schedule.Site);
        Field<NonNullGraphType<DateTimeScalar>>("due").Description("When the run was due.").Resolve(c => Instants.Of(c.Source.Run.Due));
        Field<NonNullGraphType<StringGraphType>>("period").Description("Name of the run's period, such as `2026-10`.").Resolve(c => c.Source.Run.Period);
        DeliveryFields.AddTo(this, delivery => delivery.State);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ScheduleFileType>>>>("files")
            .Description("The files that the run has made; empty before.").HasTogetherUpTo(10).Resolve(c => c.Source.Run.Made?.Files ?? []);
    }
}

internal sealed class RunDeliveryType : ObjectGraphType<DeliveryState>
{
    public RunDeliveryType()
    {
        Name = "RunDelivery";
        Description = "What has become of the delivery to one target of a run.";
        DeliveryFields.AddTo(this, delivery => delivery);
    }
}

internal sealed class DeliveryProgressType : EnumerationGraphType
{
    public DeliveryProgressType()
    {
        Name = "DeliveryState";
        Description = "How far a delivery is.";
        Add("WAITING", DeliveryProgress.Waiting, "It was not tried yet.");
        Add("RETRYING", DeliveryProgress.Retrying, "It failed, or its files could not be made, and it is tried again.");
        Add("DELIVERED", DeliveryProgress.Delivered, "It is delivered.");
        Add("UNCHANGED", DeliveryProgress.Unchanged, "There was nothing to deliver: the report is the one that was delivered before.");
        Add("GIVEN_UP", DeliveryProgress.GivenUp, "It failed too often and is tried no more.");
        Add("MISSED", DeliveryProgress.Missed, "Its run was missed, and is older than those that are caught up.");
    }
}

/// <summary>What is told of a delivery, wherever it stands.</summary>
internal static class DeliveryFields
{
    /// <summary>The page of deliveries that is asked for. They are no part of the lake, so that the answer holds no longer than now.</summary>
    public static Page<SeenDelivery> Page(IResolveFieldContext<LakeReports> context)
    {
        context.Source.EndAnswersAt(context.Source.Now);
        var (schedule, site, state) = (context.GetArgument<string?>("schedule"), context.GetArgument<string?>("site"), context.GetArgument<DeliveryProgress?>("state"));
        var found = RequestScope.Of(context).Schedules.Deliveries.Where(delivery
            => (schedule is null || delivery.Schedule.Name == schedule) && (site is null || delivery.Schedule.Site == site)
                && (state is null || delivery.State.Progress == state));
        return Pages.ByKey("Deliveries", found, delivery => delivery.Key, context.Page());
    }

    public static void AddTo<T>(ObjectGraphType<T> type, Func<T, DeliveryState> of)
    {
        type.Field<NonNullGraphType<StringGraphType>>("target").Description("What the target is: `folder`, `mail` or `webhook`.").Resolve(c => of(c.Source).Kind);
        type.Field<NonNullGraphType<StringGraphType>>("address").Description("Where the target is, without what is secret.").Resolve(c => of(c.Source).Address);
        type.Field<NonNullGraphType<StringGraphType>>("id")
            .Description("Names it to the receiver, the same at each attempt: the `webhook-id`, the beginning of the e-mail's `Message-ID`.").Resolve(c => of(c.Source).Id);
        type.Field<NonNullGraphType<DeliveryProgressType>>("state").Description("How far it is.").Resolve(c => of(c.Source).Progress);
        type.Field<NonNullGraphType<IntGraphType>>("attempts").Description("How many attempts to deliver were made.").Resolve(c => of(c.Source).Attempts);
        type.Field<DateTimeScalar>("lastAttempt").Description("When it was tried the last time, or ended; null before.").Resolve(c => Instants.Of(of(c.Source).At));
        type.Field<StringGraphType>("lastError").Description("Why the last attempt failed; null where it did not.").Resolve(c => of(c.Source).Error);
        type.Field<DateTimeScalar>("nextAttempt").Description("When it is tried again; null where it is not.").Resolve(c => Instants.Of(of(c.Source).NextAttempt));
    }
}
