using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Warnings;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Tells what became of the lines of a log that could not be read to its end.</summary>
internal static class BrokenLog
{
    /// <summary>What is wrong with the log, and which of its lines are kept or may be damaged.</summary>
    /// <param name="broken">What is wrong.</param>
    /// <param name="isCompressed">Whether the log is an archive; what was read of another one stays.</param>
    /// <param name="source">Its reading.</param>
    /// <param name="dropped">How many of its lines, the last ones, were not handed to the lake.</param>
    /// <param name="isDryRun">Whether nothing is written.</param>
    public static string Describe(BrokenLogException broken, bool isCompressed, Source source, int dropped, bool isDryRun)
        => $"{broken.Message}; {(isCompressed ? Lines(source, source.Lines - dropped, isDryRun) : "what was read is kept")}";

    private static string Lines(Source source, long last, bool isDryRun)
    {
        if (last == 0)
            return "none of its lines is kept";
        if (last == source.SoundLines)
            return $"lines 1 to {Words.Number(last)} of it are sound and kept, none after them is";
        var doubtful = $"lines {Words.Number(source.SoundLines + 1)} to {Words.Number(last)} of it ({Words.Number(last - source.SoundLines)})";
        var fate = last == source.KnownLines ? "were in the lake before and may be damaged if they came from it"
            : isDryRun ? "would be in the lake before that is seen and may be damaged"
            : "are already in the lake and may be damaged";
        return $"{doubtful} {fate}, none after them is kept";
    }
}
