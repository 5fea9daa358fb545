using NodaTime;
using StatsGraph.Configuration;
using StatsGraph.Ingest;

namespace StatsGraph.Verbs;

/// <summary>What an ingest for a site goes by, however its logs and playlists come: from files, followed, or sent.</summary>
internal static class SiteIngest
{
    /// <summary>The options by the settings of the site.</summary>
    public static IngestOptions Options(CommandHost host, Settings settings, string site)
    {
        var zone = DateTimeZoneProviders.Tzdb[settings.Site(site).Profile.TimeZone];
        return new IngestOptions
        {
            DataFolder = settings.DataFolder,
            Site = site,
            Rules = settings.Site(site).Rules,
            LinesPerCommit = settings.LinesPerCommit,
            TimeZone = zone.Id,
            TimesOnTheClock = local => zone.MapLocal(LocalDateTime.FromDateTime(local)).Count,
            Clock = host.Clock,
        };
    }
}
