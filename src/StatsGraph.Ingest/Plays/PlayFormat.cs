using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Plays;

/// <summary>Tells by its content whether a file is a playlist.</summary>
internal static class PlayFormat
{
    /// <summary>Lines that are looked at: a rotated log may begin with the rest of one.</summary>
    private const int MostLines = 10;

    /// <summary>
    /// Whether a file is a playlist: most of its first lines are those of a playlist.log, or its first one names the columns of a table of plays.
    /// What cannot be opened is none; whoever reads it will be told why. Neither is a pipe, which can be read only once.
    /// </summary>
    public static bool IsPlaylist(LogFile log)
    {
        // What is read from a pipe is gone, and whoever writes to it ends once it was closed.
        if (FileType.IsSpecial(log.Path!))
            return false;
        try
        {
            using var file = new FileStream(
                log.Path!, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan });
            return IsPlaylist(new CountingStream(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a file that is open is a playlist; what cannot be read is none.</summary>
    /// <param name="packed">Its bytes from the first one on, packed or not.</param>
    public static bool IsPlaylist(Stream packed)
    {
        try
        {
            using var content = Archive.Open(packed, out _);
            return IsPlaylist(new PlayLines(content));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BrokenLogException)
        {
            return false;
        }
    }

    /// <summary>Whether the beginning of a content is that of a playlist.</summary>
    public static bool IsPlaylist(ReadOnlySpan<byte> beginning) => IsPlaylist(new PlayLines(new MemoryStream(beginning.ToArray())));

    private static bool IsPlaylist(PlayLines lines)
    {
        var (seen, alike) = (0, 0);
        while (seen < MostLines && lines.Next() is { } row)
        {
            var line = LineText.Strip(row);
            if (LineText.IsBlank(line))
                continue;
            if (seen == 0 && PlayTable.Of(line) is not null)
                return true;
            seen++;
            alike += PlaylistLine.HasShape(line) ? 1 : 0;
        }

        return alike * 2 > seen;
    }
}
