using NodaTime;

namespace StatsGraph.Reports.Plays;

/// <summary>A recording as the playlist tells it; what that does not tell is null.</summary>
public sealed record Track(string? Artist, string? Title, string? Album, string? Label, string? Isrc);

/// <summary>A play and the figures of the report's sessions with it.</summary>
/// <param name="Track">What was played.</param>
/// <param name="Mount">Mount that it was played on; null for every mount of the site.</param>
/// <param name="Channel">Channel that the mount is of; null for every mount of the site.</param>
/// <param name="Start">When it began.</param>
/// <param name="Duration">How long it lasted; null while that is not known: then it counts up to the ceiling.</param>
/// <param name="Performances">Sessions that overlap it and began to in the period.</param>
/// <param name="ListeningMilliseconds">Overlap of all sessions with it within the period.</param>
public sealed record StreamPlay(
    Track Track, string? Mount, string? Channel, Instant Start, Duration? Duration, long Performances, long ListeningMilliseconds)
{
    /// <summary>Hours that sessions spent with it.</summary>
    public double TuningHours => PlayFigures.Hours(ListeningMilliseconds);
}

/// <summary>The plays of a track in a period.</summary>
/// <param name="Track">The track.</param>
/// <param name="Channel">Channel of the plays; null where those of all channels are together.</param>
/// <param name="Mount">Mount of the plays; null where those of all mounts are together.</param>
/// <param name="Plays">Plays that began in the period, of each channel as many as the mount of it has that has most: the play frequency.</param>
/// <param name="Performances">Sessions that overlap a play, one for each play, and began to in the period.</param>
/// <param name="ListeningMilliseconds">Overlap of all sessions with the plays within the period.</param>
public sealed record TrackPerformances(Track Track, string? Channel, string? Mount, long Plays, long Performances, long ListeningMilliseconds)
{
    /// <summary>Hours that sessions spent with the plays.</summary>
    public double TuningHours => PlayFigures.Hours(ListeningMilliseconds);
}

/// <summary>What a list of plays can be ordered by.</summary>
public enum PlayMetric
{
    Start,
    Performances,
    TuningHours,
    Artist,
    Title,
}

/// <summary>Which plays of a track are a row of their own. A play of every mount is one of each that has sessions, where mounts are told apart.</summary>
public enum TrackGrouping
{
    /// <summary>All of them are one row.</summary>
    Track,

    /// <summary>Those of each channel.</summary>
    TrackAndChannel,

    /// <summary>Those of each mount.</summary>
    TrackAndMount,
}

/// <summary>What a list of tracks can be ordered by.</summary>
public enum TrackMetric
{
    Performances,
    Plays,
    TuningHours,
    Artist,
    Title,
}
