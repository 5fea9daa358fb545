using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Sessions;
using StatsGraph.Lake;
using static StatsGraph.Ingest.Warnings.Words;

namespace StatsGraph.Ingest.Warnings;

/// <summary>
/// When a run is worth a warning. Only new lines count, so that a repeated run is silent, and few lines never warn: the hour that cron brings
/// in may well hold a single listener.
/// </summary>
internal static class WarningRules
{
    /// <summary>Lines from which on a share of them says something.</summary>
    private const long Enough = 100;

    /// <summary>Placed listeners from which on a second country was to be expected...</summary>
    private const long EnoughPlaced = 1_000;

    /// <summary>...when they come from so many networks.</summary>
    private const int EnoughNetworks = 200;

    /// <summary>Stamps ahead of this machine's clock that cannot be an accident.</summary>
    private const long EnoughFuture = 10;

    /// <summary>Microseconds in which any station has a listener.</summary>
    private const long Day = 86_400_000_000;

    /// <summary>The warnings of a run.</summary>
    public static IReadOnlyList<IngestWarning> Of(CommitTally tally, AudienceSigns audience, ClockSigns clock) =>
    [
        .. Lines(tally, audience),
        .. Addresses(audience),
        .. clock.Warnings(),
        .. Clock(audience),
    ];

    private static IEnumerable<IngestWarning> Lines(CommitTally tally, AudienceSigns audience)
    {
        var lines = tally.Classes.Values.Sum();
        var rejected = tally.Classes[LineClass.Rejected];
        var bare = tally.Rejections.GetValueOrDefault(RejectReason.NoDuration.Name());
        if (bare >= Enough && IsMost(bare, lines))
        {
            yield return new IngestWarning(
                "no-durations",
                $"{Number(bare)} of {Number(lines)} new lines have no duration at their end, as Apache and nginx write their logs: "
                + "without it nobody knows how long anyone listened; ingest the access.log that Icecast writes itself");
        }
        else if (rejected >= Enough && IsMost(rejected, lines))
        {
            yield return new IngestWarning(
                "mostly-rejected",
                $"{Number(rejected)} of {Number(lines)} new lines are no access records, most often {tally.Rejections.First().Key}: "
                + "figures lack whoever is in them; see the examples of the summary, and check that these are Icecast's access logs");
        }

        if (audience.Listeners == 0 && lines - rejected >= Enough && audience.Last - audience.First >= Day)
        {
            yield return new IngestWarning(
                "no-listeners",
                $"none of {Number(lines - rejected)} access records from {Instant(audience.First)} to {Instant(audience.Last)} is a "
                + "listener's: figures stay empty; check that these are the logs of the server that listeners connect to, and the site's "
                + "rules on bots and relays");
        }
    }

    private static IEnumerable<IngestWarning> Addresses(AudienceSigns audience)
    {
        var listeners = audience.Listeners;
        if (listeners < Enough)
            yield break;
        if (IsMost(audience.Private, listeners))
        {
            yield return new IngestWarning(
                "private-addresses",
                $"{Number(audience.Private)} of {Number(listeners)} new listener lines come from private addresses, most often "
                + $"{Most(audience.PrivateOnes)}: the server stands behind a proxy and logs the proxy's address, so that listeners can "
                + "neither be told apart nor placed; let the proxy send X-Forwarded-For and name it in <x-forwarded-for> under <paths> "
                + "of icecast.xml (Icecast 2.5, icecast-kh), or let listeners past it");
        }
        else if (audience.Networks.Count == 1 && audience.Opaque == 0)
        {
            yield return new IngestWarning(
                "one-address",
                $"all {Number(listeners)} new listener lines come from {Most(audience.Networks)}: a proxy, a relay or a translated "
                + "network stands before the server, so that listeners can neither be told apart nor placed; let it pass the clients' "
                + "addresses on");
        }

        if (IsMost(audience.Opaque, listeners))
        {
            yield return new IngestWarning(
                "no-addresses",
                $"{Number(audience.Opaque)} of {Number(listeners)} new listener lines hold a host name or a token and no IP address: "
                + "their countries are unknown; let the server log addresses");
        }
        else if (IsMost(audience.Unplaced, listeners))
        {
            yield return new IngestWarning(
                "unknown-places",
                $"{Number(audience.Unplaced)} of {Number(listeners)} new listener lines have a public address that no geolocation file "
                + "knows: their countries stay unknown; give --geo a complete and current file before the next logs, for a place is "
                + "decided when a line is read");
        }
        else if (audience.Countries.Count == 1 && audience.Placed >= EnoughPlaced && audience.Networks.Count >= EnoughNetworks)
        {
            yield return new IngestWarning(
                "one-country",
                $"all {Number(audience.Placed)} new listener lines that could be placed are in {audience.Countries.First()}, though they "
                + "come from "
                + $"{(audience.Networks.Count < AudienceSigns.MostNetworks ? "" : "more than ")}{Number(audience.Networks.Count)} "
                + "networks: where that is not so the geolocation file is old or covers one country only; give --geo a complete and "
                + "current one");
        }
    }

    private static IEnumerable<IngestWarning> Clock(AudienceSigns audience)
    {
        if (audience.Future < EnoughFuture)
            yield break;
        yield return new IngestWarning(
            "future-stamps",
            $"{Number(audience.Future)} of {Number(audience.Dated)} new lines are stamped later than now, up to {Instant(audience.Last)}; "
            + $"this machine's clock says {Instant(audience.Now)}: they count in no running period before then; check the clocks of both "
            + "machines and the server's time zone");
    }

    private static bool IsMost(long some, long all) => some * 2 > all;

    private static string Most(IReadOnlyDictionary<ClientNetwork, long> networks)
    {
        var network = networks.MaxBy(network => network.Value).Key;
        return network.Text + (network.IsIpv4 ? "/24" : "/48");
    }
}
