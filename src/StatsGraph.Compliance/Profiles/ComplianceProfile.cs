using NodaTime;

namespace StatsGraph.Compliance.Profiles;

/// <summary>The rules of one report: what counts, where, and what is told of it. Data, and no code: see the JSON files beside this one.</summary>
public sealed record ComplianceProfile
{
    /// <summary>Names the profile: <c>US-ATH</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Headline of its reports.</summary>
    public required string Title { get; init; }

    /// <summary>Counts the versions of these rules, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Where the rules are from; one at least.</summary>
    public required IReadOnlyList<ProfileSource> Sources { get; init; }

    /// <summary>When the rules hold.</summary>
    public required EffectiveDates Effective { get; init; }

    /// <summary>The countries that count; null for the whole world.</summary>
    public required ProfileTerritory? Territory { get; init; }

    /// <summary>Seconds; shorter sessions are left out.</summary>
    public required long MinimumDuration { get; init; }

    /// <summary>Kinds of sessions that are left out. Listeners never are.</summary>
    public required IReadOnlyList<SessionKind> ExcludedKinds { get; init; }

    /// <summary>What is told of each channel and of all, beside tuning hours and sessions by territory, which every report tells.</summary>
    public required IReadOnlyList<ProfileMeasure> Measures { get; init; }

    /// <summary>Hours that something depends on; null without such a limit.</summary>
    public required ProfileThreshold? Threshold { get; init; }

    /// <summary>What a reader should know of these rules, such as what could not be verified.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Where a rule is from.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Address">Where anybody can read it: a public http address.</param>
/// <param name="Read">When it was read there.</param>
public sealed record ProfileSource(string Title, string Address, LocalDate Read);

/// <summary>When rules hold.</summary>
/// <param name="From">First day; null where none is known.</param>
/// <param name="To">Last day; null while they hold.</param>
public sealed record EffectiveDates(LocalDate? From, LocalDate? To);

/// <summary>Countries that count.</summary>
/// <param name="Name">What they are together.</param>
/// <param name="Countries">ISO 3166-1 alpha-2, one at least.</param>
public sealed record ProfileTerritory(string Name, IReadOnlyList<string> Countries);

/// <summary>A figure that a profile asks for.</summary>
/// <param name="Name">Short name, unique in its profile; names columns.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Figure">Which figure.</param>
/// <param name="In">Of which sessions.</param>
public sealed record ProfileMeasure(string Name, string Title, ComplianceFigure Figure, MeasureScope In);

/// <summary>Hours that something depends on, such as a fee.</summary>
/// <param name="TuningHours">Hours of listening in the territory.</param>
/// <param name="Per">What they are counted for.</param>
/// <param name="Source">Where the number is from.</param>
public sealed record ProfileThreshold(double TuningHours, ThresholdUnit Per, ProfileSource Source);

/// <summary>Sessions that are not of people, and that a profile may leave out.</summary>
public enum SessionKind
{
    /// <summary>Another streaming server, whose audience is in its own log.</summary>
    Relay,

    /// <summary>A monitor, crawler or script.</summary>
    Bot,
}

/// <summary>Which sessions a measure is of.</summary>
public enum MeasureScope
{
    /// <summary>Those whose country is in the territory; without a territory those of the whole world.</summary>
    Territory,

    /// <summary>All of them, those of unknown country too.</summary>
    Everywhere,
}

/// <summary>What a threshold is counted for.</summary>
public enum ThresholdUnit
{
    /// <summary>Each channel and each calendar month by itself.</summary>
    ChannelMonth,
}
