using GraphQL.Types;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>Direction of an order; the value is whether it descends.</summary>
internal sealed class SortEnumType : EnumerationGraphType
{
    public SortEnumType()
    {
        Name = "SortEnumType";
        Description = "Direction of an order.";
        Add("ASC", false, "Smallest first.");
        Add("DESC", true, "Largest first.");
    }
}

internal sealed class IntervalType : EnumerationGraphType
{
    public IntervalType()
    {
        Name = "Interval";
        Description = "Width of the buckets of a time series, by the clock and calendar of the report's zone.";
        Add("AUTO", Interval.Auto, "Hours up to 3 days, days up to 92 days, weeks up to 2 years, else months.");
        Add("QUARTER_HOUR", Interval.QuarterHour, "Fifteen minutes.");
        Add("HOUR", Interval.Hour, "An hour of the clock. The day that summer time ends on has 25 of them.");
        Add("DAY", Interval.Day, "From midnight to midnight.");
        Add("WEEK", Interval.Week, "From Monday to Monday.");
        Add("MONTH", Interval.Month, "A month of the calendar.");
    }
}

internal sealed class DimensionType : EnumerationGraphType
{
    public DimensionType()
    {
        Name = "Dimension";
        Description = "What a report can be cut by.";
        Add("MOUNT", Dimension.Mount, "The mount of the session.");
        Add("ENTRY_MOUNT", Dimension.EntryMount, "The mount of the first session of the visit that the session belongs to.");
        Add("COUNTRY", Dimension.Country, "ISO 3166-1 alpha-2 code of the country of the address; null when it cannot be placed.");
        Add("REGION", Dimension.Region, "First-level region of the address, by its English name; null when it is not known.");
        Add("CITY", Dimension.City, "City of the address, by its English name; null when it is not known.");
        Add("REFERRER", Dimension.Referrer, "Host of the page the listener came from; null when the player named none.");
        Add("PLAYER", Dimension.Player, "Player, named by the beginning of the user agent.");
        Add("NETWORK", Dimension.Network, "Autonomous system of the address, `AS` and its number; null when it is not known.");
        Add("DATE", Dimension.Date, "Day in the report's zone, `2026-10-25`.");
        Add("HOUR_OF_DAY", Dimension.HourOfDay, "Hour of the zone's clock, `0` to `23`.");
        Add("DAY_OF_WEEK", Dimension.DayOfWeek, "Day of the week, `1` (Monday) to `7` (Sunday).");
        Add("MONTH", Dimension.Month, "Month in the report's zone, `2026-10`.");
    }
}

internal sealed class PeriodPresetType : EnumerationGraphType
{
    public PeriodPresetType()
    {
        Name = "PeriodPreset";
        Description = "A period by name, relative to now in the report's zone. Weeks begin on Monday. "
            + "`LAST_n_DAYS` and `LAST_12_MONTHS` are the whole days or months before the current one.";
        Add("TODAY", PeriodPreset.Today, "The current day, to its end.");
        Add("YESTERDAY", PeriodPreset.Yesterday, "The day before the current one.");
        Add("THIS_WEEK", PeriodPreset.ThisWeek, "The current week, to its end.");
        Add("LAST_WEEK", PeriodPreset.LastWeek, "The week before the current one.");
        Add("THIS_MONTH", PeriodPreset.ThisMonth, "The current month, to its end.");
        Add("LAST_MONTH", PeriodPreset.LastMonth, "The month before the current one.");
        Add("THIS_YEAR", PeriodPreset.ThisYear, "The current year, to its end.");
        Add("LAST_YEAR", PeriodPreset.LastYear, "The year before the current one.");
        Add("LAST_7_DAYS", PeriodPreset.Last7Days, "The seven whole days before today.");
        Add("LAST_30_DAYS", PeriodPreset.Last30Days, "The thirty whole days before today.");
        Add("LAST_12_MONTHS", PeriodPreset.Last12Months, "The twelve whole months before the current one.");
    }
}

internal sealed class ComparisonType : EnumerationGraphType
{
    public ComparisonType()
    {
        Name = "Comparison";
        Description = "What a report is compared to.";
        Add("PREVIOUS_PERIOD", Comparison.PreviousPeriod,
            "The calendar unit before (day, week, month, year), else the same number of days before, else the same length of time before.");
        Add("PREVIOUS_YEAR", Comparison.PreviousYear, "The same days of the year before; 29 February becomes 28 February.");
    }
}

/// <summary>Who made a session; the value is the lake's text for it.</summary>
internal sealed class RequestKindType : EnumerationGraphType
{
    public RequestKindType()
    {
        Name = "RequestKind";
        Description = "Who made a session. Figures are of listeners unless a filter names a kind.";
        Add("LISTENER", LineClass.Listener.Text(), "A person with a player.");
        Add("RELAY", LineClass.Relay.Text(), "Another streaming server that repeats the stream; its audience is in its own log.");
        Add("BOT", LineClass.Bot.Text(), "A monitor, crawler or script that a maintained list names.");
    }
}

/// <summary>Classes of log lines. Blank lines are counted apart and so are no class here.</summary>
internal sealed class LineClassType : EnumerationGraphType
{
    public LineClassType()
    {
        Name = "LineClass";
        Description = "What a line of the log is. The first class that fits wins, from the line alone.";
        Add("LISTENER", LineClass.Listener, "A session of a person who listened: what figures count unless a filter names a kind.");
        Add("RELAY", LineClass.Relay, "A session of another streaming server.");
        Add("BOT", LineClass.Bot, "A session of a monitor, crawler or script.");
        Add("SOURCE", LineClass.Source, "The station's own encoder.");
        Add("ADMIN", LineClass.Admin, "Statistics and administration.");
        Add("ERROR", LineClass.Error, "A request that was refused or redirected: status 300 and above.");
        Add("NON_STREAM", LineClass.NonStream, "A page, playlist, image or other static file.");
        Add("PROBE", LineClass.Probe, "A player that asked for a few bytes before it opened the real session.");
        Add("SUSPECT", LineClass.Suspect, "A duration that cannot be true: too long, or hardly any bytes delivered.");
        Add("REJECTED", LineClass.Rejected, "No access record that can be read; `rejections` tell why.");
    }
}

internal sealed class ReferrerKindType : EnumerationGraphType
{
    public ReferrerKindType()
    {
        Name = "ReferrerKind";
        Description = "What kind of page a listener came from.";
        Add("DIRECT", ReferrerKind.Direct, "No page: the player named none.");
        Add("SEARCH", ReferrerKind.Search, "A search engine.");
        Add("SOCIAL", ReferrerKind.Social, "A social network.");
        Add("WEBSITE", ReferrerKind.Website, "Any other web site.");
    }
}
