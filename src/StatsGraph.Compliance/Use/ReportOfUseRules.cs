using System.Text.RegularExpressions;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Reports.Plays;

namespace StatsGraph.Compliance.Use;

/// <summary>
/// What the regulation says of reports of use. Source: 37 CFR 370.4 "Reports of use of sound recordings under statutory license for
/// nonsubscription transmission services, preexisting satellite digital audio radio services, new subscription services and business establishment
/// services", https://www.ecfr.gov/current/title-37/section-370.4, paragraphs (b) definitions, (d) content, (e) format and delivery, read on 26 November
/// 2026 in a copy of the electronic code as amended up to 81 FR 89868 (13 December 2016). Whether it was amended since was not verified.
/// </summary>
internal static partial class ReportOfUseRules
{
    /// <summary>What a text is surrounded by: (e)(8)(ii); dates and numbers are not: (e)(8)(iii). It is in no text: (e)(7)(iv).</summary>
    public const char TextIndicator = '^';

    /// <summary>What parts the fields, empty ones too: (e)(8)(i), (e)(7)(v). It is in no text.</summary>
    public const char FieldDelimiter = '|';

    /// <summary>How dates are written in headers, (e)(7)(i)(G) to (I), and file names, (e)(5): year, month, day.</summary>
    public const string DatePattern = "uuuuMMdd";

    /// <summary>Most characters of the rows of a header that name service and contact: (e)(7)(ii).</summary>
    public const int MostHeaderCharacters = 255;

    /// <summary>Codes of the transmission categories: (d)(2)(ii). Those between C and H are reserved.</summary>
    public const string Categories = "ABCHIJK";

    /// <summary>
    /// The places whose listeners are within the United States: those of the profile US-ATH. The rule says so of aggregate tuning hours, (b); that of
    /// performances those within the United States are meant follows from the licence, which is one of its law.
    /// </summary>
    public static readonly IReadOnlyList<string> Territory = ComplianceProfiles.BuiltIn.Find("US-ATH")!.Territory!.Countries;

    /// <summary>The columns of a report by actual total performances, in order: (d)(2)(i) to (vi). Their names are those of SoundExchange's template.</summary>
    public static readonly IReadOnlyList<string> ColumnsByPerformances = [.. RecordingColumns, "ACTUAL_TOTAL_PERFORMANCES"];

    /// <summary>
    /// The columns of a report by aggregate tuning hours, in order: (d)(2)(vii). It is open to eligible minimum fee webcasters, new subscription services and
    /// business establishment services.
    /// </summary>
    public static readonly IReadOnlyList<string> ColumnsByHours = [.. RecordingColumns, "AGGREGATE_TUNING_HOURS", "CHANNEL_OR_PROGRAM_NAME", "PLAY_FREQUENCY"];

    private static string[] RecordingColumns =>
        ["NAME_OF_SERVICE", "TRANSMISSION_CATEGORY", "FEATURED_ARTIST", "SOUND_RECORDING_TITLE", "ISRC", "ALBUM_TITLE", "MARKETING_LABEL"];

    /// <summary>What a recording lacks to be identified, in words; empty where nothing is missing. ISRC, or else album and label: (d)(2)(v).</summary>
    public static IReadOnlyList<string> Missing(Track track)
    {
        var missing = new List<string>();
        if (track.Artist is null)
            missing.Add("artist");
        if (track.Title is null)
            missing.Add("title");
        if (!IsIsrc(track.Isrc) && (track.Album is null || track.Label is null))
        {
            var pair = (track.Album, track.Label) switch
            {
                (null, null) => "album and label",
                (null, _) => "album",
                _ => "label",
            };
            missing.Add(track.Isrc is null ? $"ISRC or {pair}" : $"ISRC ('{track.Isrc}' is none) or {pair}");
        }

        return missing;
    }

    /// <summary>
    /// Whether a text has the form of an ISRC: ISO 3901, two letters, three letters or digits, seven digits.
    /// </summary>
    public static bool IsIsrc(string? text) => text is not null && Isrc().IsMatch(text);

    [GeneratedRegex(@"\A[A-Z]{2}[A-Z0-9]{3}[0-9]{7}\z")]
    private static partial Regex Isrc();
}
