using System.Globalization;
using NodaTime;
using StatsGraph.Compliance;

namespace StatsGraph.Printing.Parts;

/// <summary>How reports say things on paper. English, whatever the machine's language.</summary>
internal static class Words
{
    /// <summary>Stands for a figure that there is none of.</summary>
    public const string None = "–";

    /// <summary>The row of all channels together.</summary>
    public const string AllChannels = "All channels";

    /// <summary>The day before which a period ends belongs to it no more: this is its last.</summary>
    public static string Days(ReportedPeriod period)
    {
        var (first, last) = (Day(period.From), Day(period.To.PlusDays(-1)));
        return first == last ? first : $"{first} to {last}";
    }

    /// <summary>A day: 31 October 2026.</summary>
    public static string Day(LocalDate date) => date.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>An instant, to the second.</summary>
    public static string Moment(Instant instant) => instant.ToString("uuuu'-'MM'-'dd HH':'mm':'ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A whole number.</summary>
    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Hours, to a hundredth.</summary>
    public static string Hours(double hours) => hours.ToString("#,0.00", CultureInfo.InvariantCulture);

    /// <summary>A part of the whole in percent.</summary>
    public static string Percent(double share) => (100 * share).ToString("#,0.00 '%'", CultureInfo.InvariantCulture);

    /// <summary>A value of a unit as reports name them.</summary>
    public static string Value(double? value, string unit) => (value, unit) switch
    {
        (null, _) => None,
        ({ } share, "share") => Percent(share),
        ({ } number, not "hours") when number == Math.Floor(number) => number.ToString("#,0", CultureInfo.InvariantCulture),
        ({ } number, _) => Hours(number),
    };

    /// <summary>By how much a value changed, with its sign.</summary>
    public static string Difference(double difference, string unit) => difference > 0 ? $"+{Value(difference, unit)}" : Value(difference, unit);

    /// <summary>The parts of the world by which a report tells hours, from the territory on; without one there is no outside.</summary>
    public static IReadOnlyList<string> Places(ComplianceReport report)
        => report.Profile.Territory is { } territory ? [territory.Name, "Other countries", "Country unknown"] : ["Known countries", "", "Country unknown"];

    /// <summary>A figure as changes name it.</summary>
    public static string Figure(ComplianceReport report, string figure)
    {
        var (territory, _, unknown) = Places(report) switch { [var first, var second, var third] => (first, second, third), _ => ("", "", "") };
        string Place(string place) => place switch { "territory" => territory, "outside" => "other countries", "unknown" => unknown, _ => "all countries" };
        return figure.Split('_') switch
        {
            ["tuningHours", var place] => $"Hours, {Place(place)}",
            ["sessions", var place] => $"Sessions, {Place(place)}",
            ["activeSessions"] => "Active sessions",
            [var measure] => measure,
            [var measure, .. var key] => $"{measure}, {string.Join('_', key)}",
            _ => figure,
        };
    }

    /// <summary>What the lines of a class are.</summary>
    public static string Lines(string lineClass) => lineClass switch
    {
        "listener" => "Listeners",
        "relay" => "Other servers that repeat the stream",
        "bot" => "Monitors and crawlers",
        "source" => "The station's own encoder",
        "admin" => "Statistics and administration",
        "error" => "Requests refused or redirected",
        "non_stream" => "Pages, playlists, images and other files",
        "probe" => "Players that asked for a few bytes first",
        "suspect" => "Durations that cannot be true",
        "rejected" => "Lines that are no access record",
        "blank" => "Blank lines",
        _ => lineClass,
    };
}
