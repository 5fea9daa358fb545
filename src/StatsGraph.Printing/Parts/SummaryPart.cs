using StatsGraph.Compliance;
using StatsGraph.Printing.Blocks;
using StatsGraph.Printing.Pages;

namespace StatsGraph.Printing.Parts;

/// <summary>The first page down to the figures: what the report is, of whom and of when, what one has to know of it, and its four totals.</summary>
internal static class SummaryPart
{
    /// <summary>So many channels are named here, and all of them in the list at the end.</summary>
    private const int MostNames = 8;

    /// <summary>So many channels above a threshold are named.</summary>
    private const int MostOver = 5;

    /// <summary>Longer names are named by so many of their first characters among those.</summary>
    private const int LongestName = 40;

    /// <summary>Prints the part.</summary>
    public static void Print(PageFlow flow, ComplianceReport report)
    {
        TextBlocks.Title(flow, report.Profile.Title, report.Site.Name, Words.Days(report.Period));
        TextBlocks.Facts(flow, Facts(report));
        flow.Y += 2;
        TextBlocks.Notice(flow, [.. Restated(report), .. Over(report), .. report.Remarks]);
        flow.Y += 10;
        FigureCards.Print(flow, Cards(report));
    }

    private static IEnumerable<(string Name, string Value)> Facts(ComplianceReport report)
    {
        var (period, data, profile) = (report.Period, report.Data, report.Profile);
        yield return ("Station", report.Site.Name == report.Site.Key ? report.Site.Key : $"{report.Site.Name} ({report.Site.Key})");
        yield return ("Channels", Channels(report.Channels));
        var days = NodaTime.Period.DaysBetween(period.From, period.To);
        yield return ("Period", $"{Words.Days(period)} ({period.Name}, {(days == 1 ? "1 day" : $"{Words.Count(days)} days")})");
        yield return ("Time zone", $"{period.TimeZone}: from {Words.Moment(period.Start)} until {Words.Moment(period.End)}");
        yield return ("Rules", $"{profile.Name}, version {Words.Count(profile.Version)}{InForce(profile.Effective)}");
        if (profile.Territory is { } territory)
            yield return ("Territory", $"{territory.Name} ({string.Join(", ", territory.Countries)})");
        yield return ("Data up to", data.Through is not { } through ? "no data"
            : $"{Words.Moment(through)}; {(data.Complete ? "the period is complete" : "the period is not complete")}");
        yield return ("Revision", report.Issue is { } issue ? $"{Words.Count(issue.Revision)}, issued {Words.Moment(issue.IssuedAt)}" : "none: a draft that was not issued");
        if (report.Checksum is { } checksum)
            yield return ("Checksum", checksum);
    }

    private static string Channels(IReadOnlyList<ChannelFigures> channels) => channels.Count switch
    {
        0 => "none with a session",
        <= MostNames => string.Join(", ", channels.Select(channel => channel.Name)),
        _ => $"{Words.Count(channels.Count)}, listed at the end",
    };

    private static string InForce(StatsGraph.Compliance.Profiles.EffectiveDates dates) => (dates.From, dates.To) switch
    {
        (null, null) => "",
        ({ } from, null) => $", in force since {Words.Day(from)}",
        (null, { } to) => $", in force up to {Words.Day(to)}",
        ({ } from, { } to) => $", in force from {Words.Day(from)} to {Words.Day(to)}",
    };

    private static IEnumerable<string> Restated(ComplianceReport report)
    {
        if (report.Issue is not { Revision: > 1 } issue)
            yield break;
        var sessions = issue.SessionsSinceFirst switch
        {
            0 => "as many active sessions as",
            > 0 and var more => $"{Words.Count(more)} active sessions more than",
            var fewer => $"{Words.Count(-fewer)} active sessions fewer than",
        };
        yield return $"Restated: this revision replaces revision {Words.Count(issue.Revision - 1)}. It counts {sessions} revision 1, which was issued "
            + $"{Words.Moment(issue.FirstIssuedAt)}; what changed since revision {Words.Count(issue.Revision - 1)} is listed under “What changed”.";
    }

    private static IEnumerable<string> Over(ComplianceReport report)
    {
        var over = report.Channels.SelectMany(channel => channel.Threshold.Where(use => use.Share > 1).Select(use => (channel.Name, Use: use)))
            .OrderByDescending(use => use.Use.Share).ToList();
        if (over.Count == 0)
            yield break;
        var named = over.Take(MostOver).Select(use => $"{Shortened(use.Name!)} in {use.Use.Month} ({Words.Percent(use.Use.Share)})");
        yield return $"Above the threshold: {string.Join(", ", named)}{(over.Count > MostOver ? $" and {Words.Count(over.Count - MostOver)} more" : "")}.";
    }

    private static string Shortened(string name) => name.Length <= LongestName ? name : $"{name.AsSpan(0, LongestName)}…";

    private static List<(string, string, string)> Cards(ComplianceReport report)
    {
        var total = report.Total;
        (string, string, string) Card(string place, Listening listening) => ($"Hours, {place}", Words.Hours(listening.TuningHours), Sessions(listening.Sessions));
        var cards = new List<(string, string, string)> { Card(report.Profile.Territory?.Name ?? "known countries", total.Territory) };
        if (report.Profile.Territory is not null)
            cards.Add(Card("other countries", total.Outside));
        cards.Add(Card("country unknown", total.Unknown));
        cards.Add(Card("all", total.All));
        return cards;
    }

    private static string Sessions(long count) => count == 1 ? "1 session" : $"{Words.Count(count)} sessions";
}
