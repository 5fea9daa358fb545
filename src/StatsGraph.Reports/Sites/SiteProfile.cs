namespace StatsGraph.Reports;

/// <summary>How a site is shown.</summary>
public sealed record SiteProfile
{
    /// <summary>Key, as in the lake.</summary>
    public required string Key { get; init; }

    /// <summary>Name for people; null for the key.</summary>
    public string? Name { get; init; }

    /// <summary>IANA time zone of its days and hours.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Name of the channel that a mount is of, by the mount that it counts as; a mount of no group is a channel of its own.</summary>
    public Func<string, string> ChannelOf { get; init; } = static mount => mount;

    /// <summary>Longest time that a play of no told duration counts for, where no next one ends it earlier.</summary>
    public TimeSpan PlayCeiling { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Mounts that are one in every figure: from the mount in the log to the mount it counts as.</summary>
    public IReadOnlyDictionary<string, string> MountAliases { get; init; } = new Dictionary<string, string>();
}
