using GraphQL.Types;
using NodaTime;
using StatsGraph.Schedules;
using StatsGraph.Schedules.Deliveries;
using StatsGraph.Schedules.Runs;
using StatsGraph.Schedules.Times;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Schedules;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class ScheduleType : ObjectGraphType<SeenSchedule>
{
    public ScheduleType()
    {
        Name = "Schedule";
        Description = "What is made at certain times, and where it goes.";
        Field<NonNullGraphType<StringGraphType>>("name").Description("Its name in the settings.").Resolve(c => c.Source.Schedule.Name);
        Field<StringGraphType>("site").Description("Key of the site that it is of; null for a document of all sites.").Resolve(c => c.Source.Schedule.Site);
        Field<NonNullGraphType<StringGraphType>>("cron")
            .Description("When its runs are due: minute, hour, day of the month, month, day of the week.").Resolve(c => c.Source.Schedule.Times.Expression);
        Field<NonNullGraphType<StringGraphType>>("timeZone").Description("IANA zone of those times.").Resolve(c => c.Source.Schedule.Times.TimeZone);
        Field<StringGraphType>("report")
            .Description("Profile of the compliance report that it issues; null where it asks a document.").Resolve(c => (c.Source.Schedule.Work as ScheduledWork.Report)?.Profile);
        Field<StringGraphType>("query")
            .Description("Saved document that it asks; null where it issues a report.").Resolve(c => (c.Source.Schedule.Work as ScheduledWork.Query)?.Document);
        Field<NonNullGraphType<StringGraphType>>("period")
            .Description("The period of a run, as seen from the day on which it is due: `last month`.").Resolve(c => c.Source.Schedule.Period.Text);
        Field<NonNullGraphType<IntGraphType>>("settleAfterDays")
            .Description("Days that a run waits past the end of its period, for what comes late.").Resolve(c => c.Source.Schedule.SettleAfterDays);
        Field<NonNullGraphType<IntGraphType>>("catchUp")
            .Description("The newest so many runs that were missed are made up for.").Resolve(c => c.Source.Schedule.CatchUp);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("formats")
            .Description("Formats of its files, by their endings: `csv`.").Resolve(c => c.Source.Schedule.Formats);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ScheduleTargetType>>>>("targets")
            .Description("Where the files go.").HasUpTo(3).Resolve(c => c.Source.Schedule.Targets);
        AddRuns();
    }

    private void AddRuns()
    {
        Field<DateTimeScalar>("nextRun")
            .Description("When the next run is made: once it is due, and its period has settled. Null where none comes.")
            .Resolve(c => Next(c.Source, RequestScope.Of(c)) is { } next ? Instants.Of(next.Ready) : null);
        Field<StringGraphType>("nextPeriod")
            .Description("Name of the period that the next run is of, such as `2026-10`; null where none comes.")
            .Resolve(c => Next(c.Source, RequestScope.Of(c))?.Period.Name);
        Field<ScheduleRunType>("lastRun")
            .Description("The run that was due last, of those that have begun; null before the first one.").Weighs(1).Resolve(c => c.Source.Runs is [var newest, ..] ? newest : null);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ScheduleRunType>>>>("runs")
            .Description("The runs that have begun, the newest first.").WithFirst(10).Weighs(1).Resolve(c => c.First(c.Source.Runs));
    }

    private static DueRun? Next(SeenSchedule seen, RequestScope scope)
        => DueRun.Next(seen.Schedule, seen.Ledger.KnownSince(seen.Schedule) ?? scope.Schedules.Now, scope.Schedules.Now);
}

internal sealed class ScheduleTargetType : ObjectGraphType<IDeliveryTarget>
{
    public ScheduleTargetType()
    {
        Name = "ScheduleTarget";
        Description = "Where the files of a schedule go.";
        Field<NonNullGraphType<StringGraphType>>("kind").Description("What it is: `folder`, `mail` or `webhook`.").Resolve(c => c.Source.Kind);
        Field<NonNullGraphType<StringGraphType>>("address")
            .Description("The folder, the addresses of e-mail, or the server of the webhook: its path may be secret.").Resolve(c => c.Source.Address);
    }
}

internal sealed class ScheduleRunType : ObjectGraphType<RunState>
{
    public ScheduleRunType()
    {
        Name = "ScheduleRun";
        Description = "A run of a schedule.";
        Field<NonNullGraphType<DateTimeScalar>>("due").Description("When it was due.").Resolve(c => Instants.Of(c.Source.Due));
        Field<NonNullGraphType<StringGraphType>>("period").Description("Name of its period, such as `2026-10`.").Resolve(c => c.Source.Period);
        Field<NonNullGraphType<BooleanGraphType>>("onDemand")
            .Description("Whether somebody asked for it, whatever the times of the schedule.").Resolve(c => c.Source.IsOnDemand);
        Field<DateTimeScalar>("madeAt").Description("When its files were made; null before.").Resolve(c => Instants.Of(c.Source.Made?.At));
        Field<DateTimeScalar>("endedAt").Description("When nothing was left to do; null before.").Resolve(c => Instants.Of(c.Source.EndedAt));
        Field<StringGraphType>("title").Description("Headline of what was made; null before.").Resolve(c => c.Source.Made?.Title);
        Field<IntGraphType>("revision")
            .Description("Which of the revisions of the compliance report was issued, from 1; null for other files, and before.").Resolve(c => c.Source.Made?.Report?.Revision);
        Field<StringGraphType>("checksum").Description("Checksum of that report.").Resolve(c => c.Source.Made?.Report?.Checksum);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ScheduleFileType>>>>("files")
            .Description("The files that were made; empty before.").HasTogetherUpTo(10).Resolve(c => c.Source.Made?.Files ?? []);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<RunDeliveryType>>>>("deliveries")
            .Description("What has become of the delivery to each target.").HasTogetherUpTo(3).Resolve(c => c.Source.Deliveries);
    }
}

internal sealed class ScheduleFileType : ObjectGraphType<MadeFile>
{
    public ScheduleFileType()
    {
        Name = "ScheduleFile";
        Description = "A file that a run has made.";
        Field<NonNullGraphType<StringGraphType>>("name").Description("Its name.").Resolve(c => c.Source.Name);
        Field<NonNullGraphType<StringGraphType>>("mediaType").Description("What it is, as HTTP names it.").Resolve(c => c.Source.MediaType);
        Field<NonNullGraphType<LongScalar>>("bytes").Description("Its length in bytes.").Resolve(c => c.Source.Bytes);
        Field<NonNullGraphType<StringGraphType>>("sha256").Description("SHA-256 of its content, 64 hexadecimal digits.").Resolve(c => c.Source.Sha256);
    }
}

/// <summary>The instants of schedules as this room has them.</summary>
internal static class Instants
{
    public static Instant Of(DateTimeOffset time) => Instant.FromDateTimeOffset(time);

    public static object? Of(DateTimeOffset? time) => time is { } known ? Instant.FromDateTimeOffset(known) : null;
}
