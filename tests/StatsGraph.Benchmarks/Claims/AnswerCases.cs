using System.Text.Json;
using StatsGraph.Benchmarks.Measuring;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>A question with as many values of its variables as are asked for.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Question">The question.</param>
/// <param name="Variables">The variables of each number, all different.</param>
/// <param name="Limit">Milliseconds that 95 of 100 answers are claimed to take at most.</param>
/// <param name="Times">How many times as long the rival is claimed to take; 0 where none is claimed, null where it is not asked.</param>
internal sealed record AnswerCase(string Name, Question Question, Func<int, QuestionVariables> Variables, double Limit, int? Times = null);

/// <summary>All cases whose time to answer is claimed.</summary>
internal static class AnswerCases
{
    private static readonly string[] Zones =
    [
        "America/New_York", "Asia/Kolkata", "Europe/London", "Australia/Adelaide", "Asia/Tokyo", "America/St_Johns", "Pacific/Auckland",
        "America/Los_Angeles", "Africa/Cairo", "Asia/Kathmandu", "America/Sao_Paulo", "Europe/Helsinki",
    ];

    /// <summary>The cases.</summary>
    /// <param name="lake">The lake that is asked about.</param>
    /// <param name="asker">Tells which countries and cities there are.</param>
    public static IEnumerable<AnswerCase> All(YearLake lake, Asker asker)
    {
        var countries = Keys(asker, new Question("countries"), report => report.GetProperty("countries"), node => node.GetProperty("code"));
        var cities = Keys(asker, new Question("cities"), report => report.GetProperty("groups"), node => node.GetProperty("keys")[0].GetProperty("value"));
        return [.. Plain(), .. Varied(lake, countries), .. OfSessions(lake, cities)];
    }

    private static IEnumerable<AnswerCase> Plain()
    {
        foreach (var (question, times) in Question.Figures)
        {
            yield return new($"{question.Name}, month", question, Periods.Month, 20, times);
            yield return new($"{question.Name}, year", question, Periods.Year, 20, times);
        }

        yield return new("listeners, month", Question.Listeners, Periods.Month, 50, Times: 0);
        yield return new("listeners, year", Question.Listeners, Periods.Year, 200, Times: 0);
    }

    private static IEnumerable<AnswerCase> Varied(YearLake lake, IReadOnlyList<string> countries)
    {
        var variants = new (string Name, Func<int, QuestionVariables, QuestionVariables> Vary)[]
        {
            ("mount", (number, of) => of with { Where = new { mount = new { eq = Of(lake.Mounts, number) } } }),
            ("country", (number, of) => of with { Where = new { country = new { eq = Of(countries, number) } } }),
            ("zone", (number, of) => of with { TimeZone = Of(Zones, number) }),
            ("60 s", (_, of) => of with { MinDuration = 60 }),
        };
        foreach (var (name, vary) in variants)
        {
            foreach (var (question, _) in Question.Figures)
            {
                yield return new($"{question.Name}, {name}, month", question, number => vary(number, Periods.Month(number)), 60);
                yield return new($"{question.Name}, {name}, year", question, number => vary(number, Periods.Year(number)), 250);
            }
        }
    }

    /// <summary>Cuts that no rollup has.</summary>
    private static IEnumerable<AnswerCase> OfSessions(YearLake lake, IReadOnlyList<string> cities)
    {
        const double Limit = 400;
        yield return new(
            "user agent contains, month", new("totals"),
            number => Periods.Month(number) with { Where = new { userAgent = new { contains = Fragment(lake.UserAgents, number) } } }, Limit);
        yield return new(
            "city, month", new("totals"),
            number => Periods.Month(number) with { Where = new { city = new { eq = Of(cities, number) } } }, Limit);
        yield return new("three dimensions, month", new("three-dimensions"), Periods.Month, Limit);
        yield return new("quantiles, month", new("quantiles"), Periods.Month, Limit);
    }

    private static string Of(IReadOnlyList<string> values, int number) => values[number % values.Count];

    /// <summary>Some characters of one of the user agents.</summary>
    private static string Fragment(IReadOnlyList<string> userAgents, int number)
    {
        var userAgent = Of(userAgents, number * 7);
        return userAgent[..Math.Min(userAgent.Length, 4 + (number % 12))];
    }

    /// <summary>Keys of the rows of a list, the first ones; not the row of what is not known.</summary>
    private static List<string> Keys(
        Asker asker, Question question, Func<JsonElement, JsonElement> list, Func<JsonElement, JsonElement> key)
    {
        var report = Question.Report(asker.Ask(question.Text, Periods.Year(0)));
        return [.. list(report).GetProperty("nodes").EnumerateArray().Select(node => key(node).GetString()).OfType<string>().Take(60)];
    }
}
