using System.Text.RegularExpressions;

namespace StatsGraph.Reports.Use;

/// <summary>
/// What the regulation says of reports of use. Source: 37 CFR 370.4 "Reports of use of sound recordings under statutory license for
/// nonsubscription transmission services, preexisting satellite digital audio radio services, new subscription services and business establishment
/// services", paragraphs (b) definitions, (d) content, (e) format and delivery;
/// https://www.ecfr.gov/current/title-37/chapter-III/subchapter-D/part-370/section-370.4 (as amended by 74 FR 52418, 13 October 2009).
/// </summary>
internal static partial class ReportOfUseRules
{
    /// <summary>What a text is surrounded by: (e)(8)(ii); dates and numbers are not: (e)(8)(iii).</summary>
    public const char TextIndicator = '^';

    /// <summary>What parts the fields: (e)(8)(i).</summary>
    public const char FieldDelimiter = '|';

    /// <summary>How dates are written in headers, (e)(7), and file names, (e)(5): day, month, year.</summary>
    public const string DatePattern = "ddMMuuuu";

    /// <summary>Most characters of the rows of a header that name service and contact: (e)(7)(ii).</summary>
    public const int MostHeaderCharacters = 255;

    /// <summary>Codes of the transmission categories: (d)(2)(ii).</summary>
    public const string Categories = "ABCDEFGHIJK";

    /// <summary>
    /// Codes of the places whose listeners are within the United States: the states and the territories that title 17 includes (17 U.S.C. 101,
    /// "United States"), by ISO 3166-1.
    /// </summary>
    public static readonly IReadOnlyList<string> Territory = ["US", "PR", "GU", "VI", "AS", "MP"];

    /// <summary>The columns of a report by actual total performances, in order: (d)(2).</summary>
    public static readonly IReadOnlyList<string> ColumnsByPerformances = [.. RecordingColumns, "ACTUAL_TOTAL_PERFORMANCES"];

    /// <summary>The columns of a report by aggregate tuning hours, the alternative, in order: (d)(2)(vii).</summary>
    public static readonly IReadOnlyList<string> ColumnsByHours = [.. RecordingColumns, "AGGREGATE_TUNING_HOURS", "CHANNEL_OR_PROGRAM_NAME", "PLAY_FREQUENCY"];

    private static string[] RecordingColumns =>
        ["NAME_OF_SERVICE", "TRANSMISSION_CATEGORY", "FEATURED_ARTIST", "SOUND_RECORDING_TITLE", "ISRC", "ALBUM_TITLE", "MARKETING_LABEL"];

    /// <summary>What a recording lacks to be identified, in words; empty where nothing is missing. ISRC, or else album and label: (d)(2)(v).</summary>
    public static IReadOnlyList<string> Missing(Plays.Track track)
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
