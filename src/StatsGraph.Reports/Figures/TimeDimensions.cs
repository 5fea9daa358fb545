using System.Globalization;
using NodaTime;
using NodaTime.Text;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Reports.Figures;

/// <summary>The time dimensions of a list of groups: which slices of the period have which combination of values.</summary>
internal sealed class TimeDimensions
{
    private static readonly LocalDatePattern MonthLabel = LocalDatePattern.CreateWithInvariantCulture("MMMM uuuu");

    private readonly Dimension[] dimensions;
    private readonly List<int[]> combinations = [];

    private TimeDimensions(Dimension[] dimensions) => this.dimensions = dimensions;

    /// <summary>Slices and the numbers of their combinations.</summary>
    public TimeKeys Keys { get; private set; } = new([], []);

    /// <summary>Whether a dimension is one of time.</summary>
    public static bool IsTime(Dimension dimension) =>
        dimension is Dimension.Date or Dimension.HourOfDay or Dimension.DayOfWeek or Dimension.Month;

    /// <summary>Cuts a period by the time dimensions among some dimensions; without any it stays whole.</summary>
    public static TimeDimensions Cut(CalendarPeriod period, IEnumerable<Dimension> by)
    {
        var result = new TimeDimensions(by.Where(IsTime).ToArray());
        var runs = result.Runs(period).ToList();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var keys = new List<int>();
        foreach (var run in runs)
        {
            var combination = result.Ranks(period.Clock.Local(Instant.FromUnixTimeSeconds(run.From)));
            var name = string.Join('/', combination);
            if (!numbers.TryGetValue(name, out var number))
            {
                number = numbers[name] = result.combinations.Count;
                result.combinations.Add(combination);
            }

            keys.Add(number);
        }

        result.Keys = TimeKeys.Merged(runs, keys);
        return result;
    }

    /// <summary>
    /// Rank of a combination in a dimension, by which its groups are ordered: the hour, the ISO day of the week, or days or months
    /// since 1970.
    /// </summary>
    public int Rank(int combination, Dimension dimension) => combinations[combination][Array.IndexOf(dimensions, dimension)];

    /// <summary>Values of one dimension by combination.</summary>
    public IEnumerable<string> Values(Dimension dimension) =>
        Enumerable.Range(0, combinations.Count).Select(combination => Key(dimension, Rank(combination, dimension)).Value!);

    /// <summary>The key that a rank stands for.</summary>
    public static GroupKey Key(Dimension dimension, int rank)
    {
        switch (dimension)
        {
            case Dimension.Date:
                var date = new LocalDate(1970, 1, 1).PlusDays(rank);
                return new GroupKey(dimension, LocalDatePattern.Iso.Format(date), LocalDatePattern.Iso.Format(date));
            case Dimension.Month:
                var month = new LocalDate(1970, 1, 1).PlusMonths(rank);
                return new GroupKey(dimension, ZoneClock.MonthPattern.Format(month), MonthLabel.Format(month));
            case Dimension.DayOfWeek:
                return new GroupKey(dimension, rank.ToString(CultureInfo.InvariantCulture), ((IsoDayOfWeek)rank).ToString());
            default:
                var hour = rank.ToString(CultureInfo.InvariantCulture);
                return new GroupKey(dimension, hour, string.Create(CultureInfo.InvariantCulture, $"{rank:00}:00"));
        }
    }

    private IEnumerable<Run> Runs(CalendarPeriod period)
    {
        var needsDays = dimensions.Any(dimension => dimension is Dimension.Date or Dimension.DayOfWeek);
        IEnumerable<Run> runs = needsDays ? period.Clock.Days(period.Run)
            : dimensions.Contains(Dimension.Month) ? period.Clock.Months(period.Run)
            : [period.Run];
        return dimensions.Contains(Dimension.HourOfDay) ? runs.SelectMany(period.Clock.Hours) : runs;
    }

    private int[] Ranks(LocalDateTime local) => dimensions.Select(dimension => dimension switch
    {
        Dimension.Date => NodaTime.Period.DaysBetween(new LocalDate(1970, 1, 1), local.Date),
        Dimension.Month => ((local.Year - 1970) * 12) + local.Month - 1,
        Dimension.DayOfWeek => (int)local.DayOfWeek,
        _ => local.Hour,
    }).ToArray();
}
