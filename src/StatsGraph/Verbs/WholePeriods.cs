using NodaTime;
using StatsGraph.Compliance;
using StatsGraph.Configuration;
using StatsGraph.Lake;

namespace StatsGraph.Verbs;

/// <summary>Knows of which periods all lines can still be in the lake.</summary>
internal static class WholePeriods
{
    /// <summary>
    /// Throws for a period of which lines were removed by a prune, or are as the site's Retention says. Of a period whose lines are removed little by
    /// little a figure would change although nothing was heard or read, and of one that was pruned a report would tell too little.
    /// </summary>
    /// <param name="settings">Say how old lines of a site may become, and where the lake is.</param>
    /// <param name="key">Key of the site.</param>
    /// <param name="days">The period.</param>
    /// <param name="now">The time.</param>
    /// <param name="what">What is not done then: issued.</param>
    /// <exception cref="CommandException">The period is not whole.</exception>
    public static void ThrowIfPruned(Settings settings, string key, CompliancePeriod days, DateTimeOffset now, string what = "issued")
    {
        var site = settings.Site(key);
        var zone = DateTimeZoneProviders.Tzdb[site.Profile.TimeZone];
        var start = zone.AtStartOfDay(days.From).ToDateTimeOffset();
        if (site.Retention?.Cutoff(now, site.Profile.TimeZone) is { } cutoff && start < cutoff)
        {
            throw CommandException.Failed(FormattableString.Invariant(
                $"{days.Name} of {key} is not {what}: the site's Retention removes lines from before {cutoff:yyyy-MM-dd}, so that the period is not whole"));
        }

        if (LakeTable.Open(settings.DataFolder).PrunedBefore(key) is { } pruned && start < pruned)
        {
            throw CommandException.Failed(FormattableString.Invariant(
                $"{days.Name} of {key} is not {what}: a prune removed lines from before {Instant.FromDateTimeOffset(pruned).InZone(zone).Date:uuuu-MM-dd}, so that the period is not whole"));
        }
    }
}
