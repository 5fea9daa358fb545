using Cronos;

namespace StatsGraph.Schedules.Times;

/// <summary>
/// The times of a cron expression in a time zone. Where clocks go forward a time that is left out is the first one after the gap; where they go back, a
/// time that comes twice is meant once, and twice by an expression that repeats within the hour, as <c>*/15 * * * *</c> does.
/// </summary>
public sealed class CronTimes
{
    private static readonly TimeSpan ShortestStretch = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestStretch = TimeSpan.FromDays(1_000);

    private readonly CronExpression cron;
    private readonly TimeZoneInfo zone;

    private CronTimes(string expression, CronExpression cron, TimeZoneInfo zone) => (Expression, this.cron, this.zone) = (expression, cron, zone);

    /// <summary>The expression as it was written.</summary>
    public string Expression { get; }

    /// <summary>IANA name of the zone.</summary>
    public string TimeZone => zone.Id;

    /// <summary>The times of an expression.</summary>
    /// <param name="expression">Five fields: minute, hour, day of the month, month, day of the week; or a macro such as <c>@monthly</c>.</param>
    /// <param name="timeZone">IANA name.</param>
    /// <exception cref="ScheduleException">It is no cron expression, never comes, or this machine does not know the zone.</exception>
    public static CronTimes Parse(string expression, string timeZone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
            throw new ScheduleException($"this machine has no time zone '{timeZone}'; expected an IANA name, and the data of the IANA (package tzdata) here");
        try
        {
            var cron = CronExpression.Parse(expression);
            return cron.GetNextOccurrence(DateTimeOffset.UnixEpoch, zone) is not null ? new CronTimes(expression, cron, zone)
                : throw new ScheduleException($"'{expression}' is a time that never comes");
        }
        catch (CronFormatException invalid)
        {
            throw new ScheduleException(
                $"'{expression}' is no cron expression ({invalid.Message.TrimEnd('.')}); expected minute, hour, day of the month, month and day of the week, such as '0 6 1 * *'", invalid);
        }
    }

    /// <summary>The first time after an instant; null where there is none that a calendar knows.</summary>
    public DateTimeOffset? After(DateTimeOffset instant) => cron.GetNextOccurrence(instant, zone)?.ToUniversalTime();

    /// <summary>The times in between, the newest first. They are found as they are asked for.</summary>
    /// <param name="after">None at this instant or before.</param>
    /// <param name="until">None after this instant.</param>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until)
    {
        // Backwards, the library has a time that is left out at the last second before the gap, and forwards at the first after it: what names a run has
        // to be one instant, so that it goes forwards through one stretch after the other.
        for (var stretch = ShortestStretch; until > after; stretch = stretch < LongestStretch ? 4 * stretch : stretch)
        {
            var from = until - after > stretch ? until - stretch : after;
            foreach (var time in cron.GetOccurrences(from, until, zone, fromInclusive: false, toInclusive: true).Reverse())
                yield return time.ToUniversalTime();
            until = from;
        }
    }

    /// <summary>The day of the zone that an instant lies in.</summary>
    public NodaTime.LocalDate DayOf(DateTimeOffset instant) => NodaTime.LocalDate.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
