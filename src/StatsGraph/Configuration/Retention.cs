using NodaTime;

namespace StatsGraph.Configuration;

/// <summary>How old lines may become before they leave the lake: months of the calendar back from today, or days, by the site's zone.</summary>
/// <param name="Age">A day or more.</param>
internal sealed record Retention(Age Age)
{
    /// <summary>The retention that a text says.</summary>
    /// <exception cref="FormatException">It says none, or less than a day; the message names it.</exception>
    public static Retention Parse(string text)
    {
        var age = Age.Parse(text);
        return age.Months > 0 || age.Time >= TimeSpan.FromDays(1) ? new Retention(age)
            : throw new FormatException($"'{text}' is less than a day; expected 1d or more, such as 24mo");
    }

    /// <summary>The first instant to keep: the first one of the local date that is this old.</summary>
    /// <param name="now">The present.</param>
    /// <param name="timeZone">The site's IANA zone.</param>
    public DateTimeOffset Cutoff(DateTimeOffset now, string timeZone)
    {
        var zone = DateTimeZoneProviders.Tzdb[timeZone];
        var then = Instant.FromDateTimeOffset(now) - Duration.FromTimeSpan(Age.Time);
        var date = then.InZone(zone).Date;
        var first = new LocalDate(1, 1, 1);
        var back = Period.Between(first, date, PeriodUnits.Months).Months;
        return zone.AtStartOfDay(Age.Months >= back ? first : date.PlusMonths(-Age.Months)).ToInstant().ToDateTimeOffset();
    }
}
