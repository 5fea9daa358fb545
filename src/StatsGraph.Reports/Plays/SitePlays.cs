using NodaTime;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Reports.Plays;

/// <summary>A play with its end. Times are in milliseconds since 1970, half open.</summary>
/// <param name="Track">What was played.</param>
/// <param name="Mount">Mount that it counts for; null for every one.</param>
/// <param name="From">Its start.</param>
/// <param name="To">Its end, or where it ends at the latest.</param>
/// <param name="IsOpen">Whether the end is not known.</param>
internal readonly record struct TimedPlay(Track Track, string? Mount, long From, long To, bool IsOpen);

/// <summary>
/// The plays of a site. A play without a duration lasts until the next row of its mount begins, a break or a play, but never longer than a
/// ceiling; one without a next row is open, and counts up to the ceiling. A local time that came twice is the first, one that never was as much
/// after the gap. Rows of one mount, start, artist and title are one play, told more than once: what one row does not tell another may. A row of no told
/// duration that names what is on already announces nothing new: encoders send their title again when they connect, and servers log it each time.
/// </summary>
/// <param name="Plays">The plays by start.</param>
/// <param name="ChannelOf">Name of the channel that a mount is of.</param>
internal sealed record SitePlays(IReadOnlyList<TimedPlay> Plays, Func<string, string> ChannelOf)
{
    /// <summary>Orders and ends the plays of a site.</summary>
    /// <param name="rows">Rows of its table, in any order.</param>
    /// <param name="profile">Names mounts that count as others, channels, the zone of local times, the ceiling.</param>
    public static SitePlays Of(IReadOnlyList<PlayRow> rows, SiteProfile profile)
    {
        var clock = ZoneClock.Of(profile.TimeZone);
        var plays = new List<TimedPlay>(rows.Count);
        foreach (var mount in rows.GroupBy(row => row.Mount ?? "", StringComparer.Ordinal).GroupBy(mount => Counted(mount.Key, profile), StringComparer.Ordinal))
        {
            // Mounts that count as one carry one programme: its playlist is told by each of them.
            var told = mount.OrderByDescending(source => source.Key == mount.Key).ThenBy(source => source.Key, StringComparer.Ordinal).First();
            Add([.. told.Select(row => row.IsLocal ? row with { StartedAt = InstantOf(row.StartedAt, clock) } : row)],
                mount.Key.Length == 0 ? null : mount.Key, (long)profile.PlayCeiling.TotalMilliseconds, plays);
        }

        return new SitePlays([.. plays.OrderBy(play => play.From).ThenBy(play => play.Mount, StringComparer.Ordinal)], profile.ChannelOf);
    }

    /// <summary>The plays that touch a time: they began in it, or before it and ended after its beginning.</summary>
    public IEnumerable<TimedPlay> Touching(long from, long to)
        => Plays.Where(play => play.From < to && (play.From >= from || play.To > from));

    private static string Counted(string mount, SiteProfile profile) => profile.MountAliases.GetValueOrDefault(mount, mount);

    private static long InstantOf(long local, ZoneClock clock)
        => clock.At(Instant.FromUnixTimeMilliseconds(local).InUtc().LocalDateTime).ToUnixTimeMilliseconds();

    private static void Add(List<PlayRow> rows, string? mount, long ceiling, List<TimedPlay> plays)
    {
        var told = Merged(rows);
        for (var index = 0; index < told.Count; index++)
        {
            var row = told[index];
            if (row.IsBreak)
                continue;
            var next = index + 1 < told.Count ? told[index + 1].StartedAt : (long?)null;
            var to = row.StartedAt + (row.Duration ?? Math.Min(next - row.StartedAt ?? ceiling, ceiling));
            plays.Add(new TimedPlay(row.Track, mount, row.StartedAt, to, row.Duration is null && next is null));
        }
    }

    /// <summary>Rows by start, those that tell the same play together.</summary>
    private static List<PlayRow> Merged(List<PlayRow> rows)
    {
        var told = new List<PlayRow>(rows.Count);
        foreach (var row in rows.GroupBy(row => (row.StartedAt, row.IsBreak, row.Track.Artist, row.Track.Title))
            .Select(same => same.OrderBy(row => row.Hash).Aggregate(Together))
            .OrderBy(row => row.StartedAt).ThenBy(row => row.Hash))
        {
            if (told.Count > 0 && IsAnnouncedAgain(told[^1], row))
                told[^1] = Together(told[^1], row);
            else
                told.Add(row);
        }

        return told;
    }

    private static bool IsAnnouncedAgain(PlayRow before, PlayRow row)
        => !row.IsBreak && !before.IsBreak && row.Duration is null && (before.Track.Artist, before.Track.Title) == (row.Track.Artist, row.Track.Title)
            && (before.Duration is null || row.StartedAt < before.StartedAt + before.Duration);

    private static PlayRow Together(PlayRow one, PlayRow other) => one with
    {
        Duration = one.Duration ?? other.Duration,
        Track = one.Track with
        {
            Album = one.Track.Album ?? other.Track.Album,
            Label = one.Track.Label ?? other.Track.Label,
            Isrc = one.Track.Isrc ?? other.Track.Isrc,
        },
    };
}
