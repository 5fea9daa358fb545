using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Compliance.Use;
using StatsGraph.Reports;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Compliance;

/// <summary>
/// A report as it is computed, kept and shown: all that is told of a site, a profile and a period, and all that is needed to compute it again. What
/// shows it, as a table or a page, takes nothing from elsewhere.
/// </summary>
public sealed record ComplianceReport : IssuableReport, IIssuable<ComplianceReport>
{
    /// <summary>The rules, as they were.</summary>
    public required ComplianceProfile Profile { get; init; }

    /// <summary>The figures of all channels together.</summary>
    public required ChannelFigures Total { get; init; }

    /// <summary>The figures channel by channel, in ordinal order of their names.</summary>
    public required IReadOnlyList<ChannelFigures> Channels { get; init; }

    /// <summary>Listening of all channels day by day, days without any included.</summary>
    public required IReadOnlyList<DayListening> Days { get; init; }

    /// <summary>Lines that are in no figure, and why.</summary>
    public required IReadOnlyList<LeftOutLines> LeftOut { get; init; }

    /// <summary>How the figures came about, in sentences.</summary>
    public required IReadOnlyList<string> Method { get; init; }

    /// <summary>Name of its profile.</summary>
    [JsonIgnore]
    public override string Name => Profile.Name;

    /// <inheritdoc/>
    [JsonIgnore]
    public override long KnownSessions => Total.ActiveSessions;

    /// <inheritdoc/>
    public static bool IsNamed(string name) => !ReportOfUse.IsNamed(name);

    /// <inheritdoc/>
    public static IReadOnlyList<FigureChange> FigureChanges(ComplianceReport before, ComplianceReport after) => FigureList.Changes(before, after);

    /// <inheritdoc/>
    public static IReadOnlyList<string> OtherChanges(ComplianceReport before, ComplianceReport after) => Compliance.OtherChanges.Between(before, after);
}

/// <summary>A station.</summary>
/// <param name="Key">Key of the site.</param>
/// <param name="Name">Name of the service for people.</param>
/// <param name="MountAliases">Mounts that were counted as another.</param>
public sealed record ReportedSite(string Key, string Name, IReadOnlyDictionary<string, string> MountAliases)
{
    /// <summary>The station as it is configured now.</summary>
    internal static ReportedSite Of(SiteReports site) => new(
        site.Key, site.Name, new SortedDictionary<string, string>(site.MountAliases.ToDictionary(alias => alias.Key, alias => alias.Value), StringComparer.Ordinal));
}

/// <summary>A period, half open.</summary>
/// <param name="Name">Name, such as <c>2026-10</c>.</param>
/// <param name="From">First day.</param>
/// <param name="To">First day after it.</param>
/// <param name="TimeZone">IANA name of the zone of the days.</param>
/// <param name="Start">First instant, UTC.</param>
/// <param name="End">First instant after it, UTC.</param>
public sealed record ReportedPeriod(string Name, LocalDate From, LocalDate To, string TimeZone, Instant Start, Instant End)
{
    /// <summary>A period as it was resolved.</summary>
    internal static ReportedPeriod Of(CompliancePeriod days, ResolvedPeriod resolved)
        => new(days.Name, days.From, days.To, resolved.TimeZone, resolved.From, resolved.To);
}

/// <summary>What figures were computed from.</summary>
/// <param name="Through">The latest stamp of the site's log that was not in the future; null without one.</param>
/// <param name="Complete">Whether the data reached past the end of the period by the settling time.</param>
/// <param name="SettlingHours">The settling time.</param>
/// <param name="LakeVersion">Delta version of the lake; -1 for an empty one.</param>
/// <param name="LakeMark">Tells that version from one of the same number in another lake; null where it was not known.</param>
public sealed record ReportedData(Instant? Through, bool Complete, double SettlingHours, long LakeVersion, string? LakeMark)
{
    /// <summary>What there is of a period in a version of the lake.</summary>
    internal static ReportedData Of(ResolvedPeriod period, TimeSpan settling, LakeReports lake)
        => new(period.DataThrough, period.Complete, settling.TotalHours, lake.Version, lake.Mark);
}

/// <summary>Listening and sessions of some place.</summary>
/// <param name="ListeningSeconds">Whole seconds of listening inside the period.</param>
/// <param name="Sessions">Sessions that started in the period.</param>
public sealed record Listening(long ListeningSeconds, long Sessions)
{
    /// <summary>Hours of listening inside the period.</summary>
    public double TuningHours => HoursOf(ListeningSeconds);

    /// <summary>Seconds of listening as the tuning hours that reports tell.</summary>
    public static double HoursOf(long seconds) => seconds / 3600.0;

    /// <summary>Both together.</summary>
    public Listening Plus(Listening other) => new(ListeningSeconds + other.ListeningSeconds, Sessions + other.Sessions);
}

/// <summary>The figures of a channel, or of all.</summary>
/// <param name="Name">Name of the channel; null for all.</param>
/// <param name="Mounts">Its mounts; of all, none are named.</param>
/// <param name="Territory">In the territory; without one, in all countries that are known.</param>
/// <param name="Outside">In other countries.</param>
/// <param name="Unknown">Where the country is not known.</param>
/// <param name="All">The three together.</param>
/// <param name="ActiveSessions">Sessions that started in the period or were open when it began, of whatever country.</param>
/// <param name="Measures">The measures of the profile, in its order.</param>
/// <param name="Threshold">How much of the profile's threshold was used, month by month; of all, and without a threshold, empty.</param>
public sealed record ChannelFigures(
    string? Name,
    IReadOnlyList<string> Mounts,
    Listening Territory,
    Listening Outside,
    Listening Unknown,
    Listening All,
    long ActiveSessions,
    IReadOnlyList<MeasureValue> Measures,
    IReadOnlyList<ThresholdUse> Threshold);

/// <summary>The value of a profile's measure.</summary>
/// <param name="Name">Name of the measure.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Figure">Which figure.</param>
/// <param name="In">Of which sessions.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Value">The value; null where there is none, as of a mean of nothing, and for a measure of many values.</param>
/// <param name="Points">The values of a measure that has many; null for others.</param>
public sealed record MeasureValue(
    string Name, string Title, ComplianceFigure Figure, MeasureScope In, string Unit, double? Value, IReadOnlyList<MeasurePoint>? Points);

/// <summary>One of many values.</summary>
/// <param name="Key">An hour of the day <c>00</c> to <c>23</c>, an hour of the period as an instant, or a country code.</param>
/// <param name="Value">The value.</param>
public sealed record MeasurePoint(string Key, double Value);

/// <summary>How much of a threshold a channel used in a month.</summary>
/// <param name="Month">The calendar month: <c>2026-10</c>.</param>
/// <param name="Threshold">Hours of the threshold.</param>
/// <param name="TuningHours">Hours of listening in the territory, in that month.</param>
/// <param name="Share">Part of the threshold, 0 to 1 and above.</param>
/// <param name="Projection">What the month comes to if it goes on like this; null once the data reach its end, and before they reach into it.</param>
/// <param name="Text">The same in a sentence.</param>
public sealed record ThresholdUse(string Month, double Threshold, double TuningHours, double Share, ThresholdProjection? Projection, string Text);

/// <summary>What a running month comes to at the rate so far.</summary>
/// <param name="Elapsed">Part of the month, 0 to 1, that the data cover.</param>
/// <param name="TuningHours">Hours in the whole month at that rate.</param>
/// <param name="Share">Part of the threshold that they are.</param>
public sealed record ThresholdProjection(double Elapsed, double TuningHours, double Share);

/// <summary>Listening of a day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Territory">Whole seconds of listening in the territory.</param>
/// <param name="Outside">In other countries.</param>
/// <param name="Unknown">Where the country is not known.</param>
public sealed record DayListening(LocalDate Date, long Territory, long Outside, long Unknown);

/// <summary>Lines that are in no figure.</summary>
/// <param name="Class">Class of the lines, as the lake calls it.</param>
/// <param name="Reason">Why they were left out of their class; null where the class says all.</param>
/// <param name="Lines">Lines with a stamp in the period; of sessions that were too short, those that started in it.</param>
/// <param name="Undated">Lines of the site, of whatever time, that have no stamp which can be read.</param>
public sealed record LeftOutLines(string Class, string? Reason, long Lines, long Undated);

/// <summary>The place of a report among those that were issued for the same site, profile and period.</summary>
/// <param name="Revision">From 1.</param>
/// <param name="IssuedAt">When it was issued, UTC.</param>
/// <param name="FirstIssuedAt">When the first one was.</param>
/// <param name="PreviousChecksum">Checksum of the revision before; null for the first.</param>
/// <param name="SessionsSinceFirst">
/// Active sessions that the first one did not know of: they ended, or their lines were read, later. Negative where lines were taken out of the lake.
/// </param>
/// <param name="Changes">The figures that are different from the revision before, the total first.</param>
/// <param name="OtherChanges">What else is different from it, in sentences: that the data are complete now, or that the threshold is another.</param>
public sealed record ReportIssue(
    int Revision,
    Instant IssuedAt,
    Instant FirstIssuedAt,
    string? PreviousChecksum,
    long SessionsSinceFirst,
    IReadOnlyList<FigureChange> Changes,
    IReadOnlyList<string> OtherChanges);

/// <summary>A figure that is another one than in the revision before.</summary>
/// <param name="Channel">Name of the channel; null for all together.</param>
/// <param name="Figure">Name of the figure.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Before">Its value before; null where there was none.</param>
/// <param name="After">Its value now; null where there is none.</param>
/// <param name="Difference">By how much it changed; what is none counts as 0.</param>
public sealed record FigureChange(string? Channel, string Figure, string Unit, double? Before, double? After, double Difference)
{
    /// <summary>From what to what it changed, and by how much: <c>1.5 -> 2.75 hours (+1.25)</c>.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{Value(Before)} -> {Value(After)} {Unit} ({Difference:+0.####;-0.####;0})");

    private static string Value(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "none";
}
