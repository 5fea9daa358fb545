using NodaTime;
using StatsGraph.Compliance;

namespace StatsGraph.Schedules.Times;

/// <summary>A run of a schedule: what it is of follows from when it is due, however late it is made.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Due">When it is due, UTC; it names the run.</param>
public sealed record DueRun(Schedule Schedule, DateTimeOffset Due)
{
    /// <summary>The days that it is of: those that the schedule's zone has at the time it is due, as the site's zone begins and ends them.</summary>
    public CompliancePeriod Period { get; } = Schedule.Period.Of(Schedule.Times.DayOf(Due));

    /// <summary>
    /// From when on it can be made: once it is due, and its period is over in the site's zone by as many days as the schedule waits.
    /// </summary>
    public DateTimeOffset Ready
    {
        get
        {
            if (!Schedule.Period.IsOver)
                return Due;
            var zone = DateTimeZoneProviders.Tzdb[Schedule.SiteTimeZone];
            var settled = zone.AtStartOfDay(Period.To.PlusDays(Schedule.SettleAfterDays)).ToDateTimeOffset().ToUniversalTime();
            return settled > Due ? settled : Due;
        }
    }

    /// <summary>The newest runs of a schedule that are ready, the newest first: as many as it catches up.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="since">Runs that were due at this instant or before are nobody's business.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<DueRun> ReadyOnes(Schedule schedule, DateTimeOffset since, DateTimeOffset now)
        => [.. All(schedule, since, now).Where(run => run.Ready <= now).Take(schedule.CatchUp)];

    /// <summary>Whether there are runs that are ready and older than those that are caught up.</summary>
    public static DueRun? NewestLeftOut(Schedule schedule, DateTimeOffset since, DateTimeOffset now)
        => All(schedule, since, now).Where(run => run.Ready <= now).Skip(schedule.CatchUp).FirstOrDefault();

    /// <summary>The next run that becomes ready: one that is due and waits, else the next one that is due; null where there is none.</summary>
    public static DueRun? Next(Schedule schedule, DateTimeOffset since, DateTimeOffset now)
        => All(schedule, since, now).TakeWhile(run => run.Ready > now).LastOrDefault()
            ?? (schedule.Times.After(now) is { } due ? new DueRun(schedule, due) : null);

    private static IEnumerable<DueRun> All(Schedule schedule, DateTimeOffset since, DateTimeOffset now)
        => schedule.Times.Between(since, now).Select(due => new DueRun(schedule, due));
}
