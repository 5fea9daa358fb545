using System.Text;

namespace StatsGraph.Tests.Golden;

/// <summary>
/// A log of forty lines of a station in Berlin, and what it says, worked out by hand. It has every class, every reason of
/// rejection, both clock changes of 2026, sessions over two month ends, stamps of other zones, a listener's overlapping sessions
/// and a line that is there twice. Berlin goes from 02:00 to 03:00 on 29 March (at 01:00 UTC) and from 03:00 to 02:00 on 25 October
/// (at 01:00 UTC).
/// </summary>
public static class GoldenForty
{
    /// <summary>IANA zone of the station.</summary>
    public const string Zone = "Europe/Berlin";

    /// <summary>When the questions are asked.</summary>
    public const string Now = "2026-11-15T00:00:00Z";

    /// <summary>Stamp of the last accepted line.</summary>
    public const string DataThrough = "2026-11-10T12:15:00Z";

    /// <summary>
    /// The lines. The listeners are A (81.2.69.160, VLC), B (an IPv6 address), C (8.8.8.8), D (A's address, Winamp) and E (a host
    /// name).
    /// </summary>
    public static readonly IReadOnlyList<string> Lines =
    [
        // A starts 00:30:00Z (01:30 in Berlin), 3,600 s over the clock change to 01:30:00Z (03:30).
        "81.2.69.160 - - [29/Mar/2026:03:30:00 +0200] \"GET /live HTTP/1.1\" 200 57600000 \"-\" \"VLC/3.0.20\" 3600",

        // A overlaps itself: 01:00:00Z to 01:20:00Z. The stamp is that of a server in Kolkata.
        "::ffff:81.2.69.160 - - [29/Mar/2026:06:50:00 +0530] \"GET /jazz?key=secret HTTP/1.1\" 200 19200000 \"-\" \"VLC/3.0.20\" 1200",

        // C: 01:10:00Z (03:10) to 01:20:00Z.
        "8.8.8.8 - - [29/Mar/2026:03:20:00 +0200] \"GET //live HTTP/1.1\" 200 9600000 \"https://Radio.Example:8443/play\" \"foobar2000/2.1\" 600",

        // A starts 01:59:59Z, 1,799 s after its latest end (01:30:00Z, not the later line's 01:20:00Z): the same visit. To 02:09:59Z.
        "81.2.69.160 - - [29/Mar/2026:07:39:59 +0530] \"GET /live HTTP/1.1\" 200 9600000 \"-\" \"VLC/3.0.20\" 600",

        // A starts 02:39:59Z (04:39:59), 1,800 s after its latest end: a new visit, of 0 s.
        "81.2.69.160 - - [29/Mar/2026:04:39:59 +0200] \"GET /jazz HTTP/1.1\" 200 100 \"-\" \"VLC/3.0.20\" 0",

        // B: 21:30:00Z on 31 March (23:30) to 23:00:00Z (01:00 in April): 1,800 s in March, 3,600 s in April.
        "2001:DB8:1:2:0:0:0:3 - - [01/Apr/2026:01:00:00 +0200] \"GET /live HTTP/1.1\" 206 86400000 \"-\" \"AppleCoreMedia/1.0\" 5400",

        // Refused: 08:00:00Z on 5 October, and 08:00:00Z to 08:00:01Z on 6 October.
        "8.8.8.8 - - [05/Oct/2026:08:00:00 +0000] \"GET /gone HTTP/1.1\" 404 0 \"-\" \"foobar2000/2.1\" 0",
        "8.8.8.8 - - [06/Oct/2026:08:00:01 +0000] \"GET /gone?x=1 HTTP/1.1\" 404 0 \"-\" \"foobar2000/2.1\" 1",

        // A relay and a monitor, 10:00:00Z to 10:10:00Z on 10 October.
        "192.0.2.10 - - [10/Oct/2026:10:10:00 +0000] \"GET /live HTTP/1.0\" 200 9600000 \"-\" \"Icecast 2.4.4\" 600",
        "192.0.2.11 - - [10/Oct/2026:10:10:00 +0000] \"GET /live HTTP/1.1\" 200 9600000 \"-\" \"curl/8.5.0\" 600",

        // Lines that are no sessions.
        "192.0.2.12 - source [10/Oct/2026:11:00:00 +0000] \"SOURCE /live ICE/1.0\" 200 100 \"-\" \"Liquidsoap/2.2.5\" 86400",
        "192.0.2.12 - admin [10/Oct/2026:11:00:01 +0000] \"GET /admin/stats.xml HTTP/1.1\" 401 0 \"-\" \"Firefox/140.0\" 0",
        "8.8.8.8 - - [10/Oct/2026:11:00:02 +0000] \"GET /live.M3U HTTP/1.1\" 200 60 \"-\" \"foobar2000/2.1\" 0",
        "8.8.8.8 - - [10/Oct/2026:11:00:03 +0000] \"GET /live HTTP/1.1\" 206 2 \"-\" \"AppleCoreMedia/1.0\" 0",
        "8.8.8.8 - - [10/Oct/2026:11:00:04 +0000] \"GET /live HTTP/1.1\" 200 100 \"-\" \"foobar2000/2.1\" 18446744073709551612",

        // Blank.
        " \t ",

        // E, twice the same line: two sessions, 01:00:00Z (the second 02:00) to 01:05:00Z.
        "host.example.org - - [25/Oct/2026:02:05:00 +0100] \"GET /jazz HTTP/1.1\" 200 4800000 \"-\" \"-\" 300",
        "host.example.org - - [25/Oct/2026:02:05:00 +0100] \"GET /jazz HTTP/1.1\" 200 4800000 \"-\" \"-\" 300",

        // D: 00:30:00Z (the first 02:30) to 01:30:00Z (the second 02:30): 3,600 s. Written after E's, as lines are at times.
        "81.2.69.160 - - [25/Oct/2026:02:30:00 +0100] \"GET /live HTTP/1.1\" 200 57600000 \"-\" \"Winamp \"5.9\"\" 3600",

        // C: 22:00:00Z on 31 October (23:00) to 00:00:00Z (01:00 in November), stamped in New York: 3,600 s in each month.
        "8.8.8.8 - - [31/Oct/2026:20:00:00 -0400] \"GET /jazz HTTP/1.1\" 200 115200000 \"https://www.google.com/\" \"foobar2000/2.1\" 7200",

        // A: 12:00:00Z (13:00) to 12:15:00Z on 10 November.
        "81.2.69.160 - - [10/Nov/2026:13:15:00 +0100] \"GET /live HTTP/1.1\" 200 14400000 \"-\" \"VLC/3.0.20\" 900",

        // One line for each reason of rejection, in alphabetical order.
        "8.8.8.8, 192.0.2.1 - - [10/Oct/2026:12:00:00 +0000] \"GET /live HTTP/1.1\" 200 1 \"-\" \"x\" 1", // address-list
        "8.8.8.8 - - [10/Oct/2026:12:00:01 +0000] \"GET /live HTTP/1.1\" 200 18446744073709551616 \"-\" \"x\" 1", // bad-bytes
        "8.8.8.8 - - [31/Feb/2026:12:00:00 +0000] \"GET /live HTTP/1.1\" 200 1 \"-\" \"x\" 1", // bad-date
        "8.8.8.8 - - [10/Oct/2026:12:00:02 +0000] \"GET /live HTTP/1.1\" 200 1 \"-\" \"x\" 18446744073709551616", // bad-duration
        "nothing like a log", // bad-prefix
        "8.8.8.8 - - [10/Oct/2026:12:00:03 +0000] \"GET /live\" 200 1 \"-\" \"x\" 1", // bad-request
        "8.8.8.8 - - [10/Oct/2026:12:00:04 +0000] \"GET /live HTTP/1.1\" 200 1 \"-\"\"x\" 1", // bad-tail
        "8.8.8.8 - - [10/Oct/2026:12:00:05 +0000] \"\" 400 1 \"-\" \"x\" 1", // empty-request
        "[2026-10-10  12:00:00] INFO main/main Icecast 2.4.4 server started", // error-log
        "8.8.8.8 - - 10%2FOct%2F2026:12:00:06%20%2B0000 GET%20%2Flive 200 1 - x 1", // escaped-format
        "8.8.8.8 - - [10/Oct/2026:12:00:07 +0000] \"GET /live HTTP/1.1\" 200 1 \"-\" \"x\" -1", // negative-duration
        "8.8.8.8 - - [10/Oct/2026:12:00:08 +0000] \"GET /live HTTP/1.1\" 200 1 \"-\" \"x\"", // no-duration
        "8.8.8.8 - - [10/Oct/2026:12:00:09] \"GET /live HTTP/1.1\" 200 1 \"-\" \"x\" 1", // no-offset
        "8.8.8.8 - - [10/Oct/2026:12:00:10 +0000] \"GET /li\0ve HTTP/1.1\" 200 1 \"-\" \"x\" 1", // nul-inside
        "10/Oct/2026:12:00:11 +0000|/live|12|Artist - Song", // playlist-log
        "Oct 10 12:00:12 radio icecast: 8.8.8.8 - - [10/Oct/2026:12:00:12 +0000] \"GET /live HTTP/1.1\" 200 1 \"-\" \"x\" 1", // syslog-prefix
        "8.8.8.8 - - [10/Oct/2026:12:00:13 +0000] \"GET /live HTTP/1.1\" 200 1 \"-\" \"".PadRight(1_023, 'x'), // truncated
        "8.8.8.8 - - [10/Oct/2026:12:00:14 +0000] \"GET /li8.8.8.8 - - [10/Oct/2026:12:00:15 +0000] \"GET /live HTTP/1.1\" 200 1 \"-\" \"x\" 1", // two-records
        "#Fields: c-ip c-dns date time cs-uri-stem", // w3c-format
    ];

    /// <summary>Lines by class; the blank one is apart.</summary>
    public static readonly IReadOnlyDictionary<string, long> Classes = new Dictionary<string, long>
    {
        ["LISTENER"] = 11, // A 5, B 1, C 2, D 1, E 2
        ["RELAY"] = 1,
        ["BOT"] = 1,
        ["SOURCE"] = 1,
        ["ADMIN"] = 1,
        ["ERROR"] = 2,
        ["NON_STREAM"] = 1,
        ["PROBE"] = 1,
        ["SUSPECT"] = 1,
        ["REJECTED"] = 19,
    };

    /// <summary>
    /// March, 743 hours. Durations 0, 600, 600, 1200, 3600, 5400. Visits: A twice, B, C. Listening: 3600 + 1200 + 600 + 600 + 0, and
    /// 1800 of B's 5400 s. Quarter hours: A in those from 00:30, 00:45, 01:00, 01:15 and 02:00 UTC (599 s; 1 s in the one before),
    /// C in those from 01:00 and 01:15 (300 s each), B in 2. Peak: A twice and C from 01:10 UTC.
    /// </summary>
    public static readonly GoldenMonth March = new(
        "2026-03", 743, Sessions: 6, Visits: 4, Listeners: 3, ListeningSeconds: 7_800, DurationSum: 11_400, Median: 900,
        ListenerQuarterHours: 9, Peak: 3, PeakAt: "2026-03-29T01:10:00Z",
        Bytes: 57_600_000L + 19_200_000 + 9_600_000 + 9_600_000 + 100 + 86_400_000);

    /// <summary>April, 720 hours: nothing starts; an hour of B's session is left, four quarter hours from the month's first instant.</summary>
    public static readonly GoldenMonth April = new(
        "2026-04", 720, Sessions: 0, Visits: 0, Listeners: 1, ListeningSeconds: 3_600, DurationSum: 0, Median: null,
        ListenerQuarterHours: 4, Peak: 1, PeakAt: "2026-03-31T22:00:00Z", Bytes: 0);

    /// <summary>
    /// October, 745 hours. Durations 300, 300, 3600, 7200. Visits: E's two sessions are one, D, C. Listening: 300 + 300 + 3600, and
    /// 3600 of C's 7200 s. Quarter hours: D in 4, E in one (2 x 300 s), C in 4. Peak: D and twice E from 01:00 UTC.
    /// </summary>
    public static readonly GoldenMonth October = new(
        "2026-10", 745, Sessions: 4, Visits: 3, Listeners: 3, ListeningSeconds: 7_800, DurationSum: 11_400, Median: 1_950,
        ListenerQuarterHours: 9, Peak: 3, PeakAt: "2026-10-25T01:00:00Z", Bytes: (2 * 4_800_000L) + 57_600_000 + 115_200_000);

    /// <summary>
    /// November, 720 hours, of which the data covers 9 days 13 hours 15 minutes: C's last hour (four quarter hours) and A's quarter hour.
    /// </summary>
    public static readonly GoldenMonth November = new(
        "2026-11", 720, Sessions: 1, Visits: 1, Listeners: 2, ListeningSeconds: 4_500, DurationSum: 900, Median: 900,
        ListenerQuarterHours: 5, Peak: 1, PeakAt: "2026-10-31T23:00:00Z", Bytes: 14_400_000)
    {
        CoveredSeconds = 825_300,
    };

    /// <summary>
    /// March by the hour of the clock: A's visits begin at 01:30 and 04:39:59, C's at 03:10, B's at 23:30. Listening: 1 A's first
    /// half hour; 3 1800 + 1200 + 600 and a second of A's third session; 4 its other 599 s; 23 B's 1800 s.
    /// </summary>
    public static readonly IReadOnlyDictionary<int, (long Visits, long Sessions, long ListeningSeconds)> MarchHours =
        new Dictionary<int, (long, long, long)> { [1] = (1, 1, 1_800), [3] = (1, 3, 3_601), [4] = (1, 1, 599), [23] = (1, 1, 1_800) };

    /// <summary>
    /// October by the hour of the clock: hour 2 comes 32 times; in the doubled one D and E begin, and 3600 + 2 x 300 s are heard.
    /// </summary>
    public static readonly IReadOnlyDictionary<int, (long Visits, long Sessions, long ListeningSeconds)> OctoberHours =
        new Dictionary<int, (long, long, long)> { [2] = (2, 3, 4_200), [23] = (1, 1, 3_600) };

    /// <summary>March by entry mount: A's first visit began on /live, so its session on /jazz counts there; the visit of 0 s on /jazz.</summary>
    public static readonly IReadOnlyDictionary<string, (long Visits, long Sessions, long ListeningSeconds)> MarchEntryMounts =
        new Dictionary<string, (long, long, long)> { ["/live"] = (3, 5, 7_800), ["/jazz"] = (1, 1, 0) };

    /// <summary>March by mount: on /jazz A's 1200 s and its session of 0 s, which alone begins a visit.</summary>
    public static readonly IReadOnlyDictionary<string, (long Visits, long Sessions, long ListeningSeconds)> MarchMounts =
        new Dictionary<string, (long, long, long)> { ["/live"] = (3, 4, 6_600), ["/jazz"] = (1, 2, 1_200) };

    /// <summary>March by country, the empty text for unknown: A in GB, C in the US, B's address is in no country.</summary>
    public static readonly IReadOnlyDictionary<string, (long Visits, long Sessions, long ListeningSeconds)> MarchCountries =
        new Dictionary<string, (long, long, long)> { ["GB"] = (2, 4, 5_400), ["US"] = (1, 1, 600), [""] = (1, 1, 1_800) };

    /// <summary>March of sessions of a minute and more: without the one of 0 s, which was a visit.</summary>
    public static readonly (long Sessions, long Visits) MarchFromOneMinute = (5, 3);

    /// <summary>October's refused requests: both of one path and status, the later one's start.</summary>
    public static readonly (int Status, string Path, long Requests, string LastSeen) OctoberError = (404, "/gone", 2, "2026-10-06T08:00:00Z");

    /// <summary>The log as a file.</summary>
    public static byte[] ToBytes() => Encoding.Latin1.GetBytes(string.Concat(Lines.Select(line => line + "\n")));

    /// <summary>Country of the listeners' addresses.</summary>
    public static string? Country(string address) => address switch
    {
        "81.2.69.160" => "GB",
        "8.8.8.8" => "US",
        _ => null,
    };
}

/// <summary>Figures of a month of the golden log.</summary>
/// <param name="Month">As the API takes it.</param>
/// <param name="Hours">Hours that the month has in Berlin.</param>
/// <param name="Sessions">Sessions that started.</param>
/// <param name="Visits">Visits that began.</param>
/// <param name="Listeners">Distinct listeners.</param>
/// <param name="ListeningSeconds">Tuning hours times 3,600.</param>
/// <param name="DurationSum">Full seconds of the sessions that started: the average duration times the sessions.</param>
/// <param name="Median">Median duration; null when nothing started.</param>
/// <param name="ListenerQuarterHours">Listeners of five minutes, summed over the quarter hours: the AQH times the quarter hours.</param>
/// <param name="Peak">Most sessions open at once.</param>
/// <param name="PeakAt">First instant of that.</param>
/// <param name="Bytes">Bytes of the sessions that started.</param>
public sealed record GoldenMonth(
    string Month,
    int Hours,
    long Sessions,
    long Visits,
    long Listeners,
    long ListeningSeconds,
    long DurationSum,
    double? Median,
    long ListenerQuarterHours,
    long Peak,
    string PeakAt,
    long Bytes)
{
    /// <summary>Seconds of the month that the data covers.</summary>
    public long CoveredSeconds { get; init; } = Hours * 3_600L;

    public double TuningHours => ListeningSeconds / 3_600.0;

    public double? AverageDuration => Sessions == 0 ? null : DurationSum / (double)Sessions;

    public double AverageConcurrent => ListeningSeconds / (double)CoveredSeconds;

    public double AverageQuarterHour => ListenerQuarterHours / (Hours * 4.0);
}
