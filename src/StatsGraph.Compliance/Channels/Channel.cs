namespace StatsGraph.Compliance.Channels;

/// <summary>What a report has a row for.</summary>
/// <param name="Name">Unique among the channels of a site.</param>
/// <param name="Mounts">The mounts that are this channel, one at least, in ordinal order.</param>
public sealed record Channel(string Name, IReadOnlyList<string> Mounts);
