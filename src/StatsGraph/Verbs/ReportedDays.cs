using NodaTime;
using StatsGraph.Compliance;

namespace StatsGraph.Verbs;

/// <summary>The period of a report, as the options <c>--month</c> and <c>--period</c> of the verbs that make some tell it.</summary>
internal static class ReportedDays
{
    /// <summary>The period that was asked for; without one, the last month.</summary>
    /// <param name="host">Tells which month is the last one.</param>
    /// <param name="month">Name of the option for a month, and what was given.</param>
    /// <param name="period">Name of the option for any period, and what was given.</param>
    /// <param name="timeZone">IANA name of the site's zone.</param>
    /// <exception cref="CommandException">Both were given, or one is no period.</exception>
    public static CompliancePeriod Of(CommandHost host, (string Name, string? Given) month, (string Name, string? Given) period, string timeZone)
    {
        if (month.Given is not null && period.Given is not null)
        {
            throw CommandException.WrongUsage($"options '{month.Name}' and '{period.Name}' both name a period; expected one of them");
        }

        var (option, text) = month.Given is not null ? month : period;
        if (text is null)
        {
            return CompliancePeriod.LastMonth(Instant.FromDateTimeOffset(host.Clock.GetUtcNow()), timeZone);
        }

        try
        {
            return CompliancePeriod.Parse(text) is var days && (option == period.Name || days.IsMonth) ? days
                : throw CommandException.WrongUsage($"option '{month.Name}': '{text}' is no month; expected one such as 2026-10, or the option '{period.Name}'");
        }
        catch (ComplianceException none)
        {
            throw CommandException.WrongUsage($"option '{option}': {none.Message}", none);
        }
    }
}
