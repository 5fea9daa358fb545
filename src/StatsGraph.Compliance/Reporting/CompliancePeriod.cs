using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Compliance;

/// <summary>The whole local days that a report is of.</summary>
/// <param name="From">First day.</param>
/// <param name="To">First day after the period.</param>
public sealed partial record CompliancePeriod(LocalDate From, LocalDate To)
{
    /// <summary>What names of periods may look like, in words.</summary>
    public const string Expectation =
        "expected a month such as 2026-10, a quarter such as 2026-Q4, a half-year such as 2026-H2, a year such as 2026, or days such as 2026-10-01_2026-10-08, the last one exclusive";

    private static readonly int[] MonthsOfUnits = [1, 3, 6, 12];

    /// <summary>The name, by which reports are kept: of the calendar unit that it is, else its two days.</summary>
    public string Name
    {
        get
        {
            var months = Period.Between(From, To, PeriodUnits.Months).Months;
            var isUnit = From.Day == 1 && From.PlusMonths(months) == To && MonthsOfUnits.Contains(months) && (From.Month - 1) % months == 0;
            return (isUnit ? months : 0) switch
            {
                1 => Text($"{From:uuuu'-'MM}"),
                3 => Text($"{From:uuuu}-Q{1 + (From.Month / 3)}"),
                6 => Text($"{From:uuuu}-H{1 + (From.Month / 6)}"),
                12 => Text($"{From:uuuu}"),
                _ => Text($"{From:uuuu'-'MM'-'dd}_{To:uuuu'-'MM'-'dd}"),
            };
        }
    }

    /// <summary>Whether it is one calendar month.</summary>
    public bool IsMonth => From.Day == 1 && From.PlusMonths(1) == To;

    /// <summary>The calendar months that lie wholly in it, by their first days.</summary>
    public IEnumerable<LocalDate> WholeMonths
    {
        get
        {
            var month = From.Day == 1 ? From : From.With(DateAdjusters.StartOfMonth).PlusMonths(1);
            for (; month.PlusMonths(1) <= To; month = month.PlusMonths(1))
                yield return month;
        }
    }

    /// <summary>The period as a report is asked for it.</summary>
    public PeriodRequest Request => new PeriodRequest.Days(From, To);

    /// <summary>The period of a name.</summary>
    /// <exception cref="ComplianceException">It is none.</exception>
    public static CompliancePeriod Parse(string name)
    {
        if (UnitForm().Match(name) is { Success: true } unit)
        {
            var first = new LocalDate(int.Parse(unit.Groups["year"].ValueSpan, CultureInfo.InvariantCulture), 1, 1);
            int Number(string group) => int.Parse(unit.Groups[group].ValueSpan, CultureInfo.InvariantCulture) - 1;
            var (from, months) = unit.Groups["month"].Success ? (first.PlusMonths(Number("month")), 1)
                : unit.Groups["quarter"].Success ? (first.PlusMonths(3 * Number("quarter")), 3)
                : unit.Groups["half"].Success ? (first.PlusMonths(6 * Number("half")), 6) : (first, 12);
            return new CompliancePeriod(from, from.PlusMonths(months));
        }

        var days = name.Split('_');
        return days.Length == 2 && Day(days[0]) is { } begin && Day(days[1]) is { } end && begin < end ? new CompliancePeriod(begin, end)
            : throw new ComplianceException($"'{name}' is no period; {Expectation}");
    }

    /// <summary>The days of a period that was resolved.</summary>
    /// <exception cref="Reports.ReportException">It does not begin and end with days of its zone.</exception>
    public static CompliancePeriod Of(ResolvedPeriod period)
    {
        var zone = DateTimeZoneProviders.Tzdb[period.TimeZone];
        var (from, to) = (period.From.InZone(zone).Date, period.To.InZone(zone).Date);
        return zone.AtStartOfDay(from).ToInstant() == period.From && zone.AtStartOfDay(to).ToInstant() == period.To ? new CompliancePeriod(from, to)
            : throw new Reports.ReportException(
                Reports.ReportErrorCodes.Period, $"The period {period.From}/{period.To} is not of whole days of {period.TimeZone}, as those of compliance reports are.");
    }

    /// <summary>The month before the one that an instant lies in.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="timeZone">IANA name.</param>
    public static CompliancePeriod LastMonth(Instant now, string timeZone)
    {
        var month = now.InZone(DateTimeZoneProviders.Tzdb[timeZone]).Date.With(DateAdjusters.StartOfMonth);
        return new CompliancePeriod(month.PlusMonths(-1), month);
    }

    private static LocalDate? Day(string text)
        => text.Length == 10 && LocalDatePattern.Iso.Parse(text) is { Success: true, Value.Year: >= 1970 and <= 9989 } day ? day.Value : null;

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    [GeneratedRegex(@"\A(?<year>19[7-9][0-9]|[2-8][0-9]{3})(-((?<month>0[1-9]|1[0-2])|Q(?<quarter>[1-4])|H(?<half>[12])))?\z")]
    private static partial Regex UnitForm();
}
