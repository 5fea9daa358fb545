namespace StatsGraph.Ingest.Plays;

/// <summary>What makes plays doubtful and can be mended where they come from.</summary>
internal static class PlayWarnings
{
    /// <summary>Times without an offset that a clock on the wall does not tell.</summary>
    public const string LocalTimes = "play-local-times";

    /// <summary>What is to be said of the plays of a run; nothing where none was read.</summary>
    public static IEnumerable<IngestWarning> Of(PlaySummary? plays, string zone)
    {
        if (plays is { TwiceOnTheClock: 0, NeverOnTheClock: 0 } or null)
            yield break;
        yield return new IngestWarning(
            LocalTimes,
            FormattableString.Invariant($"{plays.TwiceOnTheClock:N0} plays have a local time that clocks in {zone} showed twice and ")
                + FormattableString.Invariant($"{plays.NeverOnTheClock:N0} one that they left out: taken for the first, and for as much after the gap; ")
                + "export times with their offset from UTC to have them right");
    }
}
