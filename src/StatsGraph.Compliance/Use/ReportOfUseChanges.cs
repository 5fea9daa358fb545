using System.Globalization;
using StatsGraph.Compliance.Channels;
using StatsGraph.Reports.Plays;

namespace StatsGraph.Compliance.Use;

/// <summary>What is different between two reports of use.</summary>
internal static class ReportOfUseChanges
{
    private const string Performances = "performances";
    private const string Recordings = "recordings";

    /// <summary>The figures that are different: those of the whole first, then the hours of channels, then recordings in the order of rows.</summary>
    public static IReadOnlyList<FigureChange> OfFigures(ReportOfUse before, ReportOfUse after)
    {
        var changes = new List<FigureChange>();
        foreach (var (name, unit, figure) in (ReadOnlySpan<(string, string, Func<ReportOfUse, long>)>)
        [
            (Performances, Performances, report => report.Performances), ("performances_unknown", Performances, report => report.UnknownCountry),
            ("performances_outside", Performances, report => report.Abroad), ("recordings_unheard", Recordings, report => report.Unheard),
        ])
        {
            Compare(null, name, unit, figure(before), figure(after));
        }

        if (after.ByHours)
        {
            foreach (var (channel, was, now) in Pairs(before, after, row => row.Channel!, rows => rows.First().ChannelHours))
                Compare(channel, "tuningHours_territory", "hours", was, now);
        }

        foreach (var (row, was, now) in Pairs(before, after, row => (row.Channel, row.Track), rows => after.ByHours ? rows.Sum(row => row.PlayFrequency) : rows.Sum(row => row.Performances)))
            Compare(row.Channel, $"{(after.ByHours ? "plays" : Performances)} of {NameOf(row.Track)}", after.ByHours ? "plays" : Performances, was, now);
        return changes;

        void Compare(string? channel, string name, string unit, double? was, double? now)
        {
            if (was != now)
                changes.Add(new FigureChange(channel, name, unit, was, now, (now ?? 0) - (was ?? 0)));
        }
    }

    /// <summary>What else is different, in sentences, in a fixed order.</summary>
    public static IReadOnlyList<string> Others(ReportOfUse before, ReportOfUse after) =>
    [
        .. OtherChanges.Completeness(before.Data, after.Data), .. OtherChanges.Zone(before.Period, after.Period),
        .. Settings(before, after),
        .. Channels(before.Channels) == Channels(after.Channels) ? (string[])[] : [$"The channels are {Channels(after.Channels)}; before, they were {Channels(before.Channels)}."],
    ];

    private static IEnumerable<string> Settings(ReportOfUse before, ReportOfUse after)
    {
        if (before.Service != after.Service)
            yield return $"The service is {after.Service}; before, it was {before.Service}.";
        if (before.Category != after.Category)
            yield return $"The transmission category is {after.Category}; before, it was {before.Category}.";
        if (before.Contact != after.Contact)
            yield return $"The contact is {Contact(after)}; before, it was {Contact(before)}.";
        if (before.Plays.CeilingMinutes != after.Plays.CeilingMinutes)
            yield return string.Create(CultureInfo.InvariantCulture, $"A play of no told duration counts for at most {after.Plays.CeilingMinutes} minutes; before, for {before.Plays.CeilingMinutes}.");
    }

    /// <summary>A recording as a change names it.</summary>
    private static string NameOf(Track track)
    {
        var known = string.Join(", ", new[] { track.Album, track.Label, track.Isrc }.OfType<string>());
        return $"{track.Artist ?? "?"} - {track.Title ?? "?"}{(known.Length > 0 ? $" ({known})" : "")}";
    }

    private static string Contact(ReportOfUse report) => report.Contact is { } contact ? $"{contact.Name}, {contact.Street}, {contact.City}, {contact.Telephone}, {contact.Email}" : "left out";

    private static string Channels(IEnumerable<Channel> channels)
        => string.Join("; ", channels.Select(channel => $"{channel.Name}: {string.Join(", ", channel.Mounts)}")) is { Length: > 0 } text ? text : "the mounts";

    /// <summary>A figure of rows that have a key, before and after, in the order of the rows, those that are gone last; null where there are no such rows.</summary>
    private static IEnumerable<(TKey Key, double? Before, double? After)> Pairs<TKey>(
        ReportOfUse before, ReportOfUse after, Func<ReportOfUseRow, TKey> keyOf, Func<IEnumerable<ReportOfUseRow>, double> figureOf)
        where TKey : notnull
    {
        var (earlier, later) = (before.Rows.ToLookup(keyOf), after.Rows.ToLookup(keyOf));
        double? Of(ILookup<TKey, ReportOfUseRow> rows, TKey key) => rows.Contains(key) ? figureOf(rows[key]) : null;
        return later.Select(rows => rows.Key).Concat(earlier.Select(rows => rows.Key).Where(key => !later.Contains(key)))
            .Select(key => (key, Of(earlier, key), Of(later, key)));
    }
}
