using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace StatsGraph.Reports.Periods;

/// <summary>A half-open run of time in whole seconds since 1970, UTC.</summary>
internal readonly record struct Run(long From, long To);

/// <summary>The days, hours and months of a time zone, as runs of instants.</summary>
internal sealed class ZoneClock
{
    /// <summary>How months are written: 2026-10.</summary>
    public static readonly LocalDatePattern MonthPattern = LocalDatePattern.CreateWithInvariantCulture("uuuu'-'MM");

    private const long QuarterHour = 900;

    private readonly DateTimeZone zone;

    private ZoneClock(DateTimeZone zone) => this.zone = zone;

    /// <summary>IANA name.</summary>
    public string Name => zone.Id;

    /// <summary>The clock of a zone.</summary>
    /// <exception cref="ReportException">The IANA database has no zone of that name.</exception>
    public static ZoneClock Of(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone && !IsFixedOffsetName(name)
        ? new ZoneClock(zone)
        : throw new ReportException(
            ReportErrorCodes.TimeZone, $"There is no time zone '{name}'; expected a name of the IANA database such as Europe/Berlin.", name);

    /// <summary>Local date and time of an instant.</summary>
    public LocalDateTime Local(Instant instant) => instant.InZone(zone).LocalDateTime;

    /// <summary>Local date of an instant.</summary>
    public LocalDate Date(Instant instant) => Local(instant).Date;

    /// <summary>First instant of a local day; of one that a zone left out, as Samoa did on 30 December 2011, that of the day after it.</summary>
    public Instant StartOf(LocalDate date)
    {
        var midnight = zone.MapLocal(date.AtMidnight());
        return midnight.Count == 0 ? midnight.LateInterval.Start : midnight.First().ToInstant();
    }

    /// <summary>The instant of a local time: the earlier one where it comes twice, moved forward where it is left out.</summary>
    public Instant At(LocalDateTime local) => zone.ResolveLocal(local, Resolvers.LenientResolver).ToInstant();

    /// <summary>Local hour of the day, 0 to 23.</summary>
    public int HourOf(long second) => Local(Instant.FromUnixTimeSeconds(second)).Hour;

    /// <summary>Offsets from UTC in seconds, each from the second it holds since, for all times before an instant.</summary>
    public IReadOnlyList<(long Since, long Offset)> OffsetsBefore(Instant end)
    {
        var offsets = new List<(long Since, long Offset)>();
        foreach (var interval in zone.GetZoneIntervals(Instant.MinValue, end))
        {
            var since = interval.HasStart ? interval.Start.ToUnixTimeSeconds() : Instant.MinValue.ToUnixTimeSeconds();
            if (offsets.Count == 0 || offsets[^1].Offset != interval.WallOffset.Seconds)
                offsets.Add((since, interval.WallOffset.Seconds));
        }

        return offsets;
    }

    /// <summary>Cuts a run where the local hour changes or the offset does.</summary>
    public IEnumerable<Run> Hours(Run run) => Grid(run, 4 * QuarterHour);

    /// <summary>Cuts a run where the local quarter of an hour changes or the offset does.</summary>
    public IEnumerable<Run> QuarterHours(Run run) => Grid(run, QuarterHour);

    /// <summary>Cuts a run at local midnights.</summary>
    public IEnumerable<Run> Days(Run run) => Calendar(run, date => date, date => date.PlusDays(1));

    /// <summary>Cuts a run at the beginnings of Mondays.</summary>
    public IEnumerable<Run> Weeks(Run run) => Calendar(run, Monday, date => date.PlusWeeks(1));

    /// <summary>Cuts a run at the beginnings of months.</summary>
    public IEnumerable<Run> Months(Run run) => Calendar(run, FirstOfMonth, date => date.PlusMonths(1));

    /// <summary>The Monday of a date's week.</summary>
    public static LocalDate Monday(LocalDate date) => date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));

    /// <summary>The first day of a date's month.</summary>
    public static LocalDate FirstOfMonth(LocalDate date) => date.With(DateAdjusters.StartOfMonth);

    // "UTC+02" and the like are names that only NodaTime knows.
    private static bool IsFixedOffsetName(string name) =>
        name.StartsWith("UTC", StringComparison.Ordinal) && name.Length > "UTC".Length;

    private IEnumerable<Run> Calendar(Run run, Func<LocalDate, LocalDate> first, Func<LocalDate, LocalDate> next)
    {
        var date = first(Date(Instant.FromUnixTimeSeconds(run.From)));
        var from = run.From;
        while (from < run.To)
        {
            date = next(date);
            var to = Math.Min(run.To, StartOf(date).ToUnixTimeSeconds());
            if (to <= from)
                continue;
            yield return new Run(from, to);
            from = to;
        }
    }

    private IEnumerable<Run> Grid(Run run, long step)
    {
        var offsets = OffsetsBefore(Instant.FromUnixTimeSeconds(run.To));
        for (var index = 0; index < offsets.Count; index++)
        {
            var (since, offset) = offsets[index];
            var until = index + 1 < offsets.Count ? Math.Min(run.To, offsets[index + 1].Since) : run.To;
            for (var from = Math.Max(run.From, since); from < until;)
            {
                var to = Math.Min(until, Floor(from + offset, step) + step - offset);
                yield return new Run(from, to);
                from = to;
            }
        }
    }

    private static long Floor(long value, long step) => value - (((value % step) + step) % step);
}
