using NodaTime;
using StatsGraph.Compliance;
using StatsGraph.Configuration;

namespace StatsGraph.Verbs;

/// <summary>Knows of which periods all lines can still be in the lake.</summary>
internal static class WholePeriods
{
    /// <summary>Of a period whose lines are removed little by little a figure would change although nothing was heard or read.</summary>
    /// <param name="settings">Say how old lines of a site may become.</param>
    /// <param name="key">Key of the site.</param>
    /// <param name="days">The period.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="CommandException">The period is not whole.</exception>
    public static void ThrowIfPruned(Settings settings, string key, CompliancePeriod days, DateTimeOffset now)
    {
        var site = settings.Site(key);
        if (site.Retention?.Cutoff(now, site.Profile.TimeZone) is { } cutoff
            && DateTimeZoneProviders.Tzdb[site.Profile.TimeZone].AtStartOfDay(days.From).ToInstant() < Instant.FromDateTimeOffset(cutoff))
        {
            throw CommandException.Failed(FormattableString.Invariant(
                $"{days.Name} of {key} is not issued: the site's Retention removes lines from before {cutoff:yyyy-MM-dd}, so that the period is not whole"));
        }
    }
}
