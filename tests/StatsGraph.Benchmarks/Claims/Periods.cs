using StatsGraph.Benchmarks.Measuring;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>Periods within the year of the lake, a different one for each number.</summary>
internal static class Periods
{
    /// <summary>Days that a year lacks at most.</summary>
    private const int Missing = 20;

    /// <summary>As long as a month: 28 to 31 days from any day.</summary>
    public static QuestionVariables Month(int number)
    {
        var length = 28 + (number % 4);
        var days = YearLake.Until.DayNumber - YearLake.FirstDay.DayNumber;
        // 97 has no factor in common with the number of first days, so that 200 numbers are 200 days all over the year.
        var from = YearLake.FirstDay.AddDays(number * 97 % (days - 31));
        return new(from, from.AddDays(length));
    }

    /// <summary>Nearly a year: 346 to 365 days; 210 different ones.</summary>
    public static QuestionVariables Year(int number)
    {
        var later = 0;
        while (number >= Missing - later)
            number -= Missing - later++;
        return new(YearLake.FirstDay.AddDays(later), YearLake.Until.AddDays(-number));
    }
}
