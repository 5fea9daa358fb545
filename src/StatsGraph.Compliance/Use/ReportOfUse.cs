using System.Text.Json.Serialization;
using StatsGraph.Compliance.Channels;
using StatsGraph.Lake;
using StatsGraph.Reports.Plays;

namespace StatsGraph.Compliance.Use;

/// <summary>What a report of use is asked for.</summary>
/// <param name="Service">Name of the service, and its call letters where it has some; null for the site's name.</param>
/// <param name="Category">Code of the transmission category; see <see cref="ReportOfUse.Categories"/>.</param>
/// <param name="Period">The reporting period, in the site's zone: a calendar month, of eligible minimum fee webcasters weeks (37 CFR 370.4(d)(3)).</param>
/// <param name="ByHours">Aggregate tuning hours, channel and play frequency in place of actual total performances.</param>
/// <param name="Contact">Who may be asked, where its text file is to have headers; else null.</param>
public sealed record ReportOfUseRequest(string? Service, char Category, CompliancePeriod Period, bool ByHours, ReportOfUseContact? Contact);

/// <summary>Who may be asked about a report of use: the rows of a header that name the service and its contact.</summary>
/// <param name="Name">Name of the contact person.</param>
/// <param name="Street">Street address of the service.</param>
/// <param name="City">City, state and zip code of the service.</param>
/// <param name="Telephone">Telephone number of the contact person.</param>
/// <param name="Email">E-mail address of the contact person.</param>
public sealed record ReportOfUseContact(string Name, string Street, string City, string Telephone, string Email);

/// <summary>A row of a report of use.</summary>
/// <param name="Track">The recording; fields that the playlists do not tell are null, and so is what is no ISRC.</param>
/// <param name="Performances">Actual total performances within the United States.</param>
/// <param name="Channel">The channel, in a report by hours; else null.</param>
/// <param name="ChannelHours">Aggregate tuning hours of the channel within the United States, in a report by hours; else 0.</param>
/// <param name="PlayFrequency">Plays that began in the period.</param>
/// <param name="Missing">What is required and was not told, in words.</param>
public sealed record ReportOfUseRow(
    Track Track, long Performances, string? Channel, double ChannelHours, long PlayFrequency, IReadOnlyList<string> Missing);

/// <summary>What plays a report of use was computed from.</summary>
/// <param name="Version">Delta version of the table of plays; -1 for an empty one.</param>
/// <param name="Mark">Tells that version from one of the same number in another table; null where it was not known.</param>
/// <param name="CeilingMinutes">Longest time that a play of no told duration counted for.</param>
public sealed record ReportedPlays(long Version, string? Mark, double CeilingMinutes);

/// <summary>
/// A report of use of sound recordings, 37 CFR 370.4: each recording that was performed to listeners within the United States in a period. A listener
/// whose country is not known is none of them, and is told apart. Nothing is made up: what the playlists do not tell stays empty.
/// </summary>
public sealed record ReportOfUse : IssuableReport, IIssuable<ReportOfUse>
{
    /// <summary>Codes of the transmission categories.</summary>
    public const string Categories = ReportOfUseRules.Categories;

    /// <summary>Name of those by actual total performances.</summary>
    public const string ByPerformancesName = "REPORT-OF-USE";

    /// <summary>Name of those by aggregate tuning hours.</summary>
    public const string ByHoursName = "REPORT-OF-USE-BY-HOURS";

    /// <summary>Name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>Code of the transmission category.</summary>
    public required char Category { get; init; }

    /// <summary>Whether it tells aggregate tuning hours, channel and play frequency in place of actual total performances.</summary>
    public required bool ByHours { get; init; }

    /// <summary>Who may be asked, where its text file has headers; else null.</summary>
    public ReportOfUseContact? Contact { get; init; }

    /// <summary>The plays that it was computed from.</summary>
    public required ReportedPlays Plays { get; init; }

    /// <summary>The groups of mounts that are one channel, in a report by hours; in others none.</summary>
    public required IReadOnlyList<Channel> Channels { get; init; }

    /// <summary>Sessions that started in the period or were open when it began, of whatever country.</summary>
    public required long ActiveSessions { get; init; }

    /// <summary>The rows, by artist, title, album, label, ISRC and channel.</summary>
    public required IReadOnlyList<ReportOfUseRow> Rows { get; init; }

    /// <summary>Performances to listeners whose country is not known: in no row.</summary>
    public required long UnknownCountry { get; init; }

    /// <summary>Performances to listeners elsewhere: in no row.</summary>
    public required long Abroad { get; init; }

    /// <summary>Recordings that were played to nobody within the United States: in no row of a report by performances.</summary>
    public required long Unheard { get; init; }

    /// <summary>Performances of all rows.</summary>
    public long Performances => Rows.Sum(row => row.Performances);

    /// <summary>The columns, in order.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Columns => ByHours ? ReportOfUseRules.ColumnsByHours : ReportOfUseRules.ColumnsByPerformances;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => ByHours ? ByHoursName : ByPerformancesName;

    /// <inheritdoc/>
    [JsonIgnore]
    public override long KnownSessions => ActiveSessions;

    /// <inheritdoc/>
    public static bool IsNamed(string name)
        => name.Equals(ByPerformancesName, StringComparison.OrdinalIgnoreCase) || name.Equals(ByHoursName, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public static IReadOnlyList<FigureChange> FigureChanges(ReportOfUse before, ReportOfUse after) => ReportOfUseChanges.OfFigures(before, after);

    /// <inheritdoc/>
    public static IReadOnlyList<string> OtherChanges(ReportOfUse before, ReportOfUse after) => ReportOfUseChanges.Others(before, after);

    /// <inheritdoc/>
    internal override bool IsOlderThan(IssuableReport other)
        => base.IsOlderThan(other) || (other is ReportOfUse use && Plays.Version < use.Plays.Version);

    /// <inheritdoc/>
    internal override KeptVersion Needs() => base.Needs() with { Plays = Plays.Version };
}
