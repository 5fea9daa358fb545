using System.Globalization;
using System.IO.Compression;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace StatsGraph.Compliance.Use;

/// <summary>Writes reports of use as files.</summary>
public static class ReportOfUseText
{
    private const string EndOfRow = "\r\n";

    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture(ReportOfUseRules.DatePattern);

    /// <summary>
    /// Name of the file without its ending: the service, then the first and last day of the period as year, month and day, joined by a dash (37 CFR
    /// 370.4(e)(5)). Of the service's name only what any file system takes is kept.
    /// </summary>
    public static string FileName(ReportOfUse report)
        => $"{string.Concat(PlainText.Of(report.Service).Where(char.IsAsciiLetterOrDigit))}{Date.Format(report.Period.From)}-{Date.Format(LastDay(report))}";

    /// <summary>
    /// The text file of the regulation, ASCII (37 CFR 370.4(e)(2)): fields parted by <c>|</c>, texts between <c>^</c>, a field that is not told empty, a row
    /// a line that ends in CR LF, of which the rule asks for the first (all by (e)(8), in a file with headers by its rows (K) and (L)). Rows that become equal by being written in ASCII stay apart: they may be different recordings.
    /// </summary>
    /// <param name="report">The report; with a contact the file has headers in its first 14 rows (37 CFR 370.4(e)(7)), else none ((e)(8)).</param>
    /// <param name="generated">Day that it is made.</param>
    public static byte[] Text(ReportOfUse report, LocalDate generated)
    {
        List<string> rows = [.. report.Rows.Select(row => string.Join(ReportOfUseRules.FieldDelimiter, Fields(report, row).Select(Field)))];
        if (report.Contact is { } contact)
            rows.InsertRange(0, Header(report, contact, generated, rows.Count));
        return Encoding.ASCII.GetBytes(string.Concat(rows.Select(row => row + EndOfRow)));
    }

    /// <summary>The same as CSV by RFC 4180, in UTF-8 with all letters as they were told, and the names of the columns in the first row.</summary>
    public static byte[] Csv(ReportOfUse report)
    {
        static string Cell(object? value)
        {
            var text = Number(value) ?? (string?)value ?? "";
            return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
        }

        var rows = report.Rows.Select(row => Fields(report, row)).Prepend(report.Columns);
        return Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => string.Join(',', row.Select(Cell)) + EndOfRow)));
    }

    /// <summary>
    /// The text file as it is delivered: compressed in an archive of the same name, which ends in <c>.zip</c> (37 CFR 370.4(e)(6)). Its time is that of the
    /// day on which the report is made, so that the same report is the same bytes.
    /// </summary>
    /// <inheritdoc cref="Text"/>
    public static byte[] Zip(ReportOfUse report, LocalDate generated)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = archive.CreateEntry($"{FileName(report)}.txt");
            entry.LastWriteTime = new DateTimeOffset(generated.ToDateTimeUnspecified(), TimeSpan.Zero);
            using var content = entry.Open();
            content.Write(Text(report, generated));
        }

        return packed.ToArray();
    }

    private static LocalDate LastDay(ReportOfUse report) => report.Period.To.PlusDays(-1);

    private static IReadOnlyList<object?> Fields(ReportOfUse report, ReportOfUseRow row) =>
    [
        report.Service, report.Category.ToString(), row.Track.Artist, row.Track.Title, row.Track.Isrc, row.Track.Album, row.Track.Label,
        .. report.ByHours ? (object?[])[row.ChannelHours, row.Channel, row.PlayFrequency] : [row.Performances],
    ];

    private static string Field(object? value)
        => Number(value) ?? (value is null ? "" : $"{ReportOfUseRules.TextIndicator}{PlainText.Of((string)value)}{ReportOfUseRules.TextIndicator}");

    /// <summary>Recordings with letters that have no form in ASCII, which the text file has as question marks.</summary>
    public static IEnumerable<ReportOfUseRow> WithoutPlainForm(ReportOfUse report)
        => report.Rows.Where(row => new[] { row.Track.Artist, row.Track.Title, row.Track.Album, row.Track.Label }
            .Any(text => text is not null && PlainText.Of(text).Count(letter => letter == '?') > text.Count(letter => letter == '?')));

    /// <summary>A number as files have it, hours with two digits; null for what is none.</summary>
    private static string? Number(object? value) => value switch
    {
        long count => count.ToString(CultureInfo.InvariantCulture),
        double hours => hours.ToString("0.00", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static IEnumerable<string> Header(ReportOfUse report, ReportOfUseContact contact, LocalDate generated, int rows) =>
    [
        .. new[] { report.Service, contact.Name, contact.Street, contact.City, contact.Telephone, contact.Email }.Select(Short),
        Date.Format(report.Period.From),
        Date.Format(LastDay(report)),
        Date.Format(generated),
        rows.ToString(CultureInfo.InvariantCulture),
        ReportOfUseRules.TextIndicator.ToString(),
        ReportOfUseRules.FieldDelimiter.ToString(),
        "",
        string.Join(ReportOfUseRules.FieldDelimiter, report.Columns.Select(Field)),
    ];

    private static string Short(string text)
        => PlainText.Of(text) is { Length: > ReportOfUseRules.MostHeaderCharacters } plain ? plain[..ReportOfUseRules.MostHeaderCharacters] : PlainText.Of(text);
}
