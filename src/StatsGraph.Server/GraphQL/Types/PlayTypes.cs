using GraphQL.Types;
using StatsGraph.Reports.Plays;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class StreamPlayType : ObjectGraphType<StreamPlay>
{
    public StreamPlayType()
    {
        Name = "Play";
        Description = "A recording that was played, as the playlist tells it, and who heard it.";
        this.AddTrack(play => play.Track);
        Field<NonNullGraphType<DateTimeScalar>>("start")
            .Description("When it began. A local time that came twice is taken for the first.").Resolve(c => c.Source.Start);
        Field<FloatGraphType>("durationSeconds")
            .Description("Seconds it lasted: as the playlist tells, else until the next title of the mount; null while that is not known.")
            .Resolve(c => c.Source.Duration?.TotalSeconds);
        Field<StringGraphType>("mount")
            .Description("Mount that it was played on; null = every mount of the site.").Resolve(c => c.Source.Mount);
        Field<StringGraphType>("channel")
            .Description("Channel that the mount is of: a configured group of mounts, else the mount; null = every mount of the site.")
            .Resolve(c => c.Source.Channel);
        Field<NonNullGraphType<LongScalar>>("performances")
            .Description("Performances: sessions that overlap the play by more than nothing, on its mount, and began to in the period.")
            .Resolve(c => c.Source.Performances);
        Field<NonNullGraphType<FloatGraphType>>("tuningHours")
            .Description("Hours of listening to the play inside the period, summed over all sessions.").Resolve(c => c.Source.TuningHours);
    }
}

internal sealed class TrackPerformancesType : ObjectGraphType<TrackPerformances>
{
    public TrackPerformancesType()
    {
        Name = "TrackPerformances";
        Description = "The plays of a track, as the playlist tells it in every field, and who heard them.";
        this.AddTrack(row => row.Track);
        Field<StringGraphType>("channel")
            .Description("Channel of the plays where `by` tells channels or mounts apart; else null, and for plays that no session could hear.")
            .Resolve(c => c.Source.Channel);
        Field<StringGraphType>("mount")
            .Description("Mount of the plays where `by` tells mounts apart; else null.").Resolve(c => c.Source.Mount);
        Field<NonNullGraphType<LongScalar>>("plays")
            .Description("Play frequency: the number of plays that began in the period, summed over channels. The mounts of a channel carry one programme: of "
                + "them the one with most plays counts.")
            .Resolve(c => c.Source.Plays);
        Field<NonNullGraphType<LongScalar>>("performances")
            .Description("Actual total performances: for each play the sessions that overlap it by more than nothing, on its mount. One that goes on "
                + "into another period belongs to the period it began in.")
            .Resolve(c => c.Source.Performances);
        Field<NonNullGraphType<FloatGraphType>>("tuningHours")
            .Description("Hours of listening to the plays inside the period, summed over all sessions.").Resolve(c => c.Source.TuningHours);
    }
}

internal sealed class TrackGroupingType : EnumerationGraphType
{
    public TrackGroupingType()
    {
        Name = "TrackGrouping";
        Description = "Which plays of a track are a row of their own. Where mounts are told apart a play of every mount is one of each that has sessions.";
        Add("TRACK", TrackGrouping.Track, "All of them are one row.");
        Add("TRACK_AND_CHANNEL", TrackGrouping.TrackAndChannel, "Those of each channel.");
        Add("TRACK_AND_MOUNT", TrackGrouping.TrackAndMount, "Those of each mount.");
    }
}

/// <summary>The fields that tell a recording.</summary>
internal static class TrackFields
{
    /// <summary>Adds them.</summary>
    /// <param name="type">The type.</param>
    /// <param name="track">The recording of a row.</param>
    public static void AddTrack<TRow>(this ObjectGraphType<TRow> type, Func<TRow, Track> track)
    {
        type.Field<StringGraphType>("artist").Description("Featured artist; null = not told.").Resolve(c => track(c.Source).Artist);
        type.Field<StringGraphType>("title").Description("Title of the recording; null = not told.").Resolve(c => track(c.Source).Title);
        type.Field<StringGraphType>("album").Description("Title of the album; null = not told.").Resolve(c => track(c.Source).Album);
        type.Field<StringGraphType>("label").Description("Marketing label; null = not told.").Resolve(c => track(c.Source).Label);
        type.Field<StringGraphType>("isrc")
            .Description("International Standard Recording Code as it was told, without dashes; null = not told.")
            .Resolve(c => track(c.Source).Isrc);
    }
}
