using System.Globalization;
using System.Text.Json.Nodes;

namespace StatsGraph.Tests.Oracle;

/// <summary>
/// A period: local days <c>[FromDate, ToDate)</c> that are whole calendar units, or instants. <see cref="Of"/> reads the API's
/// <c>PeriodInput</c>. The unit is <c>day</c>, <c>days</c>, <c>week</c>, <c>month</c>, <c>months</c>, <c>year</c> or
/// <c>instants</c>; from and to are Unix seconds.
/// </summary>
public sealed record OraclePeriod(OracleZone Zone, string Unit, DateOnly FromDate, DateOnly ToDate, long From, long To)
{
    /// <summary>Resolves a <c>PeriodInput</c> at an instant.</summary>
    public static OraclePeriod Of(JsonObject input, OracleZone zone, long now)
    {
        var (form, value) = input.Single();
        return form switch
        {
            "preset" => Preset((string)value!, zone, zone.DateAt(now)),
            "month" => Month(zone, DateOnly.ParseExact((string)value! + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture)),
            "days" => Days(zone, "days", Date(value!["from"]), Date(value["to"])),
            "instants" => Instants(zone, Instant(value!["from"]), Instant(value["to"])),
            _ => throw new ArgumentException($"'{form}' is no form of a period; expected preset, month, days or instants", nameof(input)),
        };
    }

    /// <summary>The period that <c>comparedTo</c> means.</summary>
    public OraclePeriod ComparedTo(string baseline) => baseline switch
    {
        "PREVIOUS_PERIOD" => Previous(),
        "PREVIOUS_YEAR" => YearBefore(),
        _ => throw new ArgumentException($"'{baseline}' is no baseline; expected PREVIOUS_PERIOD or PREVIOUS_YEAR", nameof(baseline)),
    };

    /// <summary>The buckets' width that AUTO stands for.</summary>
    public string AutoInterval()
    {
        var (from, to) = (Zone.LocalAt(From), Zone.LocalAt(To));
        if (to <= from.AddDays(3))
            return "HOUR";
        if (to <= from.AddDays(92))
            return "DAY";
        return to <= from.AddYears(2) ? "WEEK" : "MONTH";
    }

    private static OraclePeriod Preset(string name, OracleZone zone, DateOnly today)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var month = new DateOnly(today.Year, today.Month, 1);
        var year = new DateOnly(today.Year, 1, 1);
        return name switch
        {
            "TODAY" => Days(zone, "day", today, today.AddDays(1)),
            "YESTERDAY" => Days(zone, "day", today.AddDays(-1), today),
            "THIS_WEEK" => Days(zone, "week", monday, monday.AddDays(7)),
            "LAST_WEEK" => Days(zone, "week", monday.AddDays(-7), monday),
            "THIS_MONTH" => Month(zone, month),
            "LAST_MONTH" => Month(zone, month.AddMonths(-1)),
            "THIS_YEAR" => Days(zone, "year", year, year.AddYears(1)),
            "LAST_YEAR" => Days(zone, "year", year.AddYears(-1), year),
            "LAST_7_DAYS" => Days(zone, "days", today.AddDays(-7), today),
            "LAST_30_DAYS" => Days(zone, "days", today.AddDays(-30), today),
            "LAST_12_MONTHS" => Days(zone, "months", month.AddMonths(-12), month),
            _ => throw new ArgumentException($"'{name}' is no preset of a period", nameof(name)),
        };
    }

    private OraclePeriod Previous() => Unit switch
    {
        "day" => Days(Zone, Unit, FromDate.AddDays(-1), FromDate),
        "week" => Days(Zone, Unit, FromDate.AddDays(-7), FromDate),
        "month" => Month(Zone, FromDate.AddMonths(-1)),
        "months" => Days(Zone, Unit, FromDate.AddMonths(-12), FromDate),
        "year" => Days(Zone, Unit, FromDate.AddYears(-1), FromDate),
        "days" => Days(Zone, Unit, FromDate.AddDays(FromDate.DayNumber - ToDate.DayNumber), FromDate),
        _ => Instants(Zone, From - (To - From), From),
    };

    private OraclePeriod YearBefore()
    {
        if (Unit == "instants")
        {
            var start = Zone.LocalAt(From).AddYears(-1);
            var (from, to) = (Zone.InstantOf(start), Zone.InstantOf(Zone.LocalAt(To).AddYears(-1)));
            return Instants(Zone, from, to > from ? to : Zone.InstantOf(start.AddDays(1)));
        }

        // AddYears takes 29 February to the 28th.
        var (first, end) = (FromDate.AddYears(-1), ToDate.AddYears(-1));
        return Unit switch
        {
            "month" => Month(Zone, first),
            "year" => Days(Zone, Unit, first, end),
            _ => Days(Zone, "days", first, end > first ? end : first.AddDays(1)),
        };
    }

    private static OraclePeriod Month(OracleZone zone, DateOnly first) => Days(zone, "month", first, first.AddMonths(1));

    private static OraclePeriod Days(OracleZone zone, string unit, DateOnly from, DateOnly to)
        => new(zone, unit, from, to, zone.StartOf(from), zone.StartOf(to));

    private static OraclePeriod Instants(OracleZone zone, long from, long to)
        => new(zone, "instants", zone.DateAt(from), zone.DateAt(to), from, to);

    private static DateOnly Date(JsonNode? text) => DateOnly.ParseExact((string)text!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Instant(JsonNode? text)
        => DateTimeOffset.Parse((string)text!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds();
}
