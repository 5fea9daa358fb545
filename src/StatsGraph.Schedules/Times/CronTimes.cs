using Cronos;

namespace StatsGraph.Schedules.Times;

/// <summary>
/// The times of a cron expression in a time zone. Where clocks go forward a time that is left out is the first one after the gap; where they go back, a
/// time that comes twice is meant once, and twice by an expression that repeats within the hour, as <c>*/15 * * * *</c> does.
/// </summary>
public sealed class CronTimes
{
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
        => after >= until ? []
            : cron.GetOccurrencesDescending(until, after, zone, fromInclusive: true, toInclusive: false).Select(time => time.ToUniversalTime());

    /// <summary>The day of the zone that an instant lies in.</summary>
    public NodaTime.LocalDate DayOf(DateTimeOffset instant) => NodaTime.LocalDate.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
