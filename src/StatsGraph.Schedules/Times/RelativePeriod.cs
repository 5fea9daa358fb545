using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using StatsGraph.Compliance;

namespace StatsGraph.Schedules.Times;

/// <summary>A period that is named from a day on: <c>last month</c>. Weeks begin on Mondays.</summary>
public sealed partial class RelativePeriod
{
    /// <summary>What a relative period may look like, in words.</summary>
    public const string Expectation =
        "expected today, yesterday, 'this' or 'last' with week, month, quarter or year, or such as 'last 7 days' or 'last 3 months'";

    /// <summary>The calendar month before.</summary>
    public static readonly RelativePeriod LastMonth = Parse("last month");

    private const int MostUnits = 400;

    private readonly Func<LocalDate, CompliancePeriod> of;

    private RelativePeriod(string text, bool isOver, Func<LocalDate, CompliancePeriod> of) => (Text, IsOver, this.of) = (text, isOver, of);

    /// <summary>The period in words.</summary>
    public string Text { get; }

    /// <summary>Whether it ends before the day that it is named from, or as that begins.</summary>
    public bool IsOver { get; }

    /// <summary>The days, as seen from a day.</summary>
    public CompliancePeriod Of(LocalDate today) => of(today);

    /// <summary>The period of a text.</summary>
    /// <exception cref="ScheduleException">It is none.</exception>
    public static RelativePeriod Parse(string text)
    {
        var words = string.Join(' ', text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (Units().Match(words) is { Success: true } units && int.Parse(units.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= MostUnits and var count)
        {
            return units.Groups["unit"].Value == "month"
                ? new RelativePeriod(words, isOver: true, today => Days(Month(today).PlusMonths(-count), Month(today)))
                : new RelativePeriod(words, isOver: true, today => Days(today.PlusDays(-count), today));
        }

        return words switch
        {
            "today" => Running(words, today => today, day => day.PlusDays(1)),
            "this week" => Running(words, Monday, day => day.PlusWeeks(1)),
            "this month" => Running(words, Month, day => day.PlusMonths(1)),
            "this quarter" => Running(words, Quarter, day => day.PlusMonths(3)),
            "this year" => Running(words, Year, day => day.PlusYears(1)),
            "yesterday" => Over(words, today => today, day => day.PlusDays(-1)),
            "last week" => Over(words, Monday, day => day.PlusWeeks(-1)),
            "last month" => Over(words, Month, day => day.PlusMonths(-1)),
            "last quarter" => Over(words, Quarter, day => day.PlusMonths(-3)),
            "last year" => Over(words, Year, day => day.PlusYears(-1)),
            _ => throw new ScheduleException($"'{text}' is no relative period; {Expectation}"),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static RelativePeriod Running(string text, Func<LocalDate, LocalDate> begin, Func<LocalDate, LocalDate> next)
        => new(text, isOver: false, today => Days(begin(today), next(begin(today))));

    private static RelativePeriod Over(string text, Func<LocalDate, LocalDate> begin, Func<LocalDate, LocalDate> before)
        => new(text, isOver: true, today => Days(before(begin(today)), begin(today)));

    private static CompliancePeriod Days(LocalDate from, LocalDate to) => new(from, to);

    private static LocalDate Monday(LocalDate day) => day.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));

    private static LocalDate Month(LocalDate day) => day.With(DateAdjusters.StartOfMonth);

    private static LocalDate Quarter(LocalDate day) => new(day.Year, (3 * ((day.Month - 1) / 3)) + 1, 1);

    private static LocalDate Year(LocalDate day) => new(day.Year, 1, 1);

    [GeneratedRegex(@"\Alast (?<count>[0-9]{1,3}) (?<unit>day|month)s?\z")]
    private static partial Regex Units();
}
