using System.Globalization;
using StatsGraph.Compliance.Profiles;

namespace StatsGraph.Compliance;

/// <summary>What reports say in sentences.</summary>
internal static class ReportWords
{
    /// <summary>How figures come about under the rules of a profile.</summary>
    public static IReadOnlyList<string> Method(ComplianceProfile profile, string timeZone) =>
    [
        "The figures are counted from the access logs of the streaming servers, every line of them, without samples. "
            + "A session is one answered request for a stream: it ended at the stamp of its line and started as many seconds before as the line says it lasted.",
        "Tuning hours are the time that all sessions overlap with the period, summed in whole seconds and divided by 3,600. "
            + "A session across an end of the period counts with the part of it that lies inside. A session belongs to the instant it started.",
        Counted(profile),
        profile.MinimumDuration == 0 ? "Sessions of any length count."
            : Text($"Sessions shorter than {profile.MinimumDuration} seconds are left out."),
        Territory(profile),
        "The country is that of the listener's address. Sessions whose country is not known are shown apart: they are neither in the territory nor outside of it, "
            + "and with those two they add up to all.",
        $"Days and months are those of the time zone {timeZone}.",
        "Lines that were left out are counted by their class and by the reason, those with a stamp in the period; lines without a readable stamp are counted apart, of all times.",
    ];

    /// <summary>What a reader has to know of a report.</summary>
    public static IReadOnlyList<string> Remarks(ComplianceProfile profile, CompliancePeriod period, ReportedData data)
    {
        List<string> remarks = [.. Incomplete(data)];
        if (profile.Effective.From is { } from && period.From < from)
            remarks.Add(Text($"The rules of {profile.Name} hold from {from:uuuu'-'MM'-'dd} on, and the period begins before."));
        if (profile.Effective.To is { } to && period.To > to.PlusDays(1))
            remarks.Add(Text($"The rules of {profile.Name} hold up to {to:uuuu'-'MM'-'dd}, and the period ends later."));
        if (profile.Threshold is not null && !period.WholeMonths.Any())
            remarks.Add("The threshold is of a calendar month, and the period has no whole one: it is not compared.");
        return remarks;
    }

    /// <summary>That data are not complete; nothing where they are.</summary>
    public static IEnumerable<string> Incomplete(ReportedData data)
    {
        if (data.Through is null)
            yield return "There are no data of this site.";
        else if (!data.Complete)
            yield return Text($"The data are not complete: they reach up to {data.Through}, and a session is in the log only once it has ended. Later sessions may change the figures.");
    }

    /// <summary>How much of a threshold was used.</summary>
    public static string Threshold(string month, double threshold, double hours, ThresholdProjection? projection)
    {
        var use = Text($"{hours:N1} of {threshold:N0} tuning hours in {month}: {100 * hours / threshold:0.0} %.");
        return projection is null ? use : use + Text(
            $" The data cover {100 * projection.Elapsed:0.0} % of the month; if the rest is alike, it comes to {projection.TuningHours:N1} hours: {100 * projection.Share:0.0} %.");
    }

    /// <summary>What lines were left out as.</summary>
    public static string LeftOut(LeftOutLines lines) => lines.Reason is { } reason ? $"{lines.Class} ({reason})" : lines.Class;

    private static string Counted(ComplianceProfile profile) => profile.ExcludedKinds switch
    {
        [] => "Sessions of listeners, of other servers that repeat the stream (relays) and of monitors and crawlers (bots) count.",
        [SessionKind.Relay] => "Sessions of listeners and of monitors and crawlers (bots) count; those of other servers that repeat the stream (relays) are left out.",
        [SessionKind.Bot] => "Sessions of listeners and of other servers that repeat the stream (relays) count; those of monitors and crawlers (bots) are left out.",
        _ => "Sessions of listeners count; those of other servers that repeat the stream (relays) and of monitors and crawlers (bots) are left out.",
    };

    private static string Territory(ComplianceProfile profile) => profile.Territory is { } territory
        ? $"The territory is {territory.Name}: the country codes {string.Join(", ", territory.Countries)}."
        : "The territory is the whole world: all countries that are known.";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
