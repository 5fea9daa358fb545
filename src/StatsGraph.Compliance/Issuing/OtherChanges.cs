using System.Globalization;
using System.Text.Json;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Profiles;

namespace StatsGraph.Compliance;

/// <summary>
/// What is different between two reports beside their figures, in sentences: whether the data are complete, the rules, the threshold, the channels, the
/// days, the lines left out. How far data reach past the end of a period, versions of the lake, lines without a stamp and projections are no such
/// thing: they move on by themselves, and what a report says of them is said as of its issue.
/// </summary>
internal static class OtherChanges
{
    /// <summary>What is different, in a fixed order; empty where nothing is.</summary>
    /// <param name="before">The earlier report.</param>
    /// <param name="after">The later one.</param>
    public static IReadOnlyList<string> Between(ComplianceReport before, ComplianceReport after) =>
    [
        .. Completeness(before.Data, after.Data), .. Rules(before.Profile, after.Profile), .. Zone(before.Period, after.Period),
        .. Channels(before, after), .. Days(before, after), .. LeftOut(before, after),
    ];

    /// <summary>Whether data have become complete, or are it no more.</summary>
    public static IEnumerable<string> Completeness(ReportedData before, ReportedData after)
    {
        if (before.Complete != after.Complete)
        {
            yield return after.Complete
                ? $"The data are complete now: they reach up to {Reach(after)}; before, they were not, and reached up to {Reach(before)}."
                : $"The data are not complete any more: they reach up to {Reach(after)}; before, they were complete, and reached up to {Reach(before)}.";
        }
    }

    private static IEnumerable<string> Rules(ComplianceProfile before, ComplianceProfile after)
    {
        if (before.Version != after.Version)
            yield return Text($"The rules are version {after.Version} of {after.Name}; before, they were version {before.Version}.");
        else if (Json(Rule(before)) != Json(Rule(after)))
            yield return $"The rules of {after.Name} are others than before, although they bear the same version.";
        if (before.Threshold?.TuningHours != after.Threshold?.TuningHours)
            yield return $"The threshold is {Threshold(after)}; before, it was {Threshold(before)}.";
    }

    /// <summary>Whether the days are of another zone.</summary>
    public static IEnumerable<string> Zone(ReportedPeriod before, ReportedPeriod after)
    {
        if (before.TimeZone != after.TimeZone)
            yield return $"The days are those of {after.TimeZone}; before, they were those of {before.TimeZone}.";
        else if (before.Start != after.Start || before.End != after.End)
            yield return Text($"The period is from {after.Start} to {after.End}; before, it was from {before.Start} to {before.End}.");
    }

    /// <summary>Of a channel that comes or goes the figures tell.</summary>
    private static IEnumerable<string> Channels(ComplianceReport before, ComplianceReport after)
    {
        var earlier = before.Channels.ToDictionary(channel => channel.Name!, channel => channel.Mounts, StringComparer.Ordinal);
        foreach (var channel in after.Channels)
        {
            if (earlier.GetValueOrDefault(channel.Name!) is { } mounts && !mounts.SequenceEqual(channel.Mounts, StringComparer.Ordinal))
                yield return $"The channel {channel.Name} is {string.Join(", ", channel.Mounts)}; before, it was {string.Join(", ", mounts)}.";
        }
    }

    /// <summary>Days that differ although all of them together do not; where those do, the figures tell it.</summary>
    private static IEnumerable<string> Days(ComplianceReport before, ComplianceReport after)
    {
        if (before.Total.All != after.Total.All || !before.Days.Select(day => day.Date).SequenceEqual(after.Days.Select(day => day.Date)))
            yield break;
        var days = before.Days.Zip(after.Days).Where(pair => pair.First != pair.Second).Select(pair => Text($"{pair.First.Date:uuuu'-'MM'-'dd}")).ToList();
        if (days.Count > 0)
            yield return $"The listening of some days is another: {string.Join(", ", days)}.";
    }

    private static IEnumerable<string> LeftOut(ComplianceReport before, ComplianceReport after)
    {
        var (earlier, later) = (Lines(before), Lines(after));
        foreach (var what in earlier.Keys.Union(later.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (was, now) = (earlier.GetValueOrDefault(what), later.GetValueOrDefault(what));
            if (was != now)
                yield return Text($"Lines left out as {what}: {now}; before, {was}.");
        }
    }

    private static Dictionary<string, long> Lines(ComplianceReport report)
        => report.LeftOut.ToDictionary(ReportWords.LeftOut, row => row.Lines, StringComparer.Ordinal);

    /// <summary>What of a profile decides about figures; where it was read, and what is noted of it, does not.</summary>
    private static ComplianceProfile Rule(ComplianceProfile profile) => profile with { Title = "", Sources = [], Notes = [], Threshold = null };

    private static string Threshold(ComplianceProfile profile)
        => profile.Threshold is { } threshold ? Text($"{threshold.TuningHours:#,0.###} tuning hours a channel and month") : "none";

    private static string Reach(ReportedData data) => data.Through is { } through ? Text($"{through}") : "no line at all";

    private static string Json(ComplianceProfile profile) => JsonSerializer.Serialize(profile, ReportJson.Options);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
