using StatsGraph.Compliance.Channels;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Compliance.Use;

namespace StatsGraph.Compliance;

/// <summary>What compliance reports go by.</summary>
public sealed record ComplianceOptions
{
    /// <summary>The profiles that there are.</summary>
    public ComplianceProfiles Profiles { get; init; } = ComplianceProfiles.BuiltIn;

    /// <summary>Which mounts are a channel, by the key of the site; every mount where a site is not named.</summary>
    public IReadOnlyDictionary<string, ChannelMap> Channels { get; init; } = new Dictionary<string, ChannelMap>();

    /// <summary>What reports of use say of sites, by the key of the site.</summary>
    public IReadOnlyDictionary<string, ReportOfUseTerms> Use { get; init; } = new Dictionary<string, ReportOfUseTerms>();

    /// <summary>The data folder in which issued reports are kept; null where none are.</summary>
    public string? DataFolder { get; init; }
}
