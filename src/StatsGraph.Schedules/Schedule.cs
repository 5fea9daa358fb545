using StatsGraph.Schedules.Deliveries;
using StatsGraph.Schedules.Times;

namespace StatsGraph.Schedules;

/// <summary>What is made at certain times, and where it goes.</summary>
public sealed record Schedule
{
    /// <summary>How many runs that were missed are made up for, unless a schedule says otherwise.</summary>
    public const int DefaultCatchUp = 12;

    /// <summary>How often making or delivering is tried, unless a schedule says otherwise: for about 20 hours.</summary>
    public const int DefaultAttempts = 12;

    /// <summary>Its name: the key of its section, formed as a site's key is.</summary>
    public required string Name { get; init; }

    /// <summary>When its runs are due.</summary>
    public required CronTimes Times { get; init; }

    /// <summary>What is made.</summary>
    public required ScheduledWork Work { get; init; }

    /// <summary>Key of the site that it is of, which alone is read; null for a document of all sites.</summary>
    public required string? Site { get; init; }

    /// <summary>IANA zone of the site's days, in which the period begins and ends.</summary>
    public string SiteTimeZone { get; init; } = "UTC";

    /// <summary>The period of a run, as seen from the day on which it is due.</summary>
    public required RelativePeriod Period { get; init; }

    /// <summary>Days that a run waits past the end of its period, for sessions that end late and logs that come late.</summary>
    public int SettleAfterDays { get; init; }

    /// <summary>The newest so many of the due runs that nobody has made are made; older ones are left out. At least 1.</summary>
    public int CatchUp { get; init; } = DefaultCatchUp;

    /// <summary>How often making, and each delivery, is tried before it is given up.</summary>
    public int Attempts { get; init; } = DefaultAttempts;

    /// <summary>Formats of the files, by their endings: <c>pdf</c>, <c>csv</c>.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>Where the files go; at most one of each kind.</summary>
    public required IReadOnlyList<IDeliveryTarget> Targets { get; init; }
}

/// <summary>What a schedule makes.</summary>
public abstract record ScheduledWork
{
    private ScheduledWork()
    {
    }

    /// <summary>A compliance report, which is issued.</summary>
    /// <param name="Profile">Name of the profile.</param>
    public sealed record Report(string Profile) : ScheduledWork;

    /// <summary>The answer to a saved document.</summary>
    /// <param name="Document">Its name.</param>
    /// <param name="Variables">
    /// Its variables as texts; in them <c>{period}</c>, <c>{from}</c> and <c>{to}</c> stand for the name of the run's period, its first day, and the first
    /// day after it.
    /// </param>
    public sealed record Query(string Document, IReadOnlyDictionary<string, string> Variables) : ScheduledWork;
}
