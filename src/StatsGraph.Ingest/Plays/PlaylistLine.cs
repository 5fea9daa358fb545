using System.Text;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Plays;

/// <summary>
/// A line of Icecast's playlist.log, <c>date|mount|listeners|title</c>. The date has the form of an access log's and is when the title was
/// announced; a title may hold bars. (<c>logging_playlist</c> in src/logging.c of Icecast and icecast-kh.)
/// </summary>
internal static class PlaylistLine
{
    private const string Separator = " - ";

    /// <summary>Whether a line begins as those of a playlist.log do.</summary>
    public static bool HasShape(ReadOnlySpan<byte> line) => Stamp.HasShape(line) && line.Length > Stamp.Length && line[Stamp.Length] == '|';

    /// <summary>Reads a stripped line.</summary>
    public static PlayRecord Read(ReadOnlySpan<byte> line)
    {
        var rest = HasShape(line) ? line[(Stamp.Length + 1)..] : [];
        var mountEnd = rest.IndexOf((byte)'|');
        if (mountEnd < 1)
            return PlayRecord.Rejected(PlayReasons.NoPlaylistLine);
        var listeners = rest[(mountEnd + 1)..];
        var listenersEnd = listeners.IndexOf((byte)'|');
        if (listenersEnd < 1 || !Digits.Are(listeners[..listenersEnd].TrimStart((byte)'-')))
            return PlayRecord.Rejected(PlayReasons.NoPlaylistLine);
        if (PlayTime.Read(Encoding.ASCII.GetString(line[..Stamp.Length]), out var start) is { } reason)
            return PlayRecord.Rejected(reason);

        var (artist, title) = Split(PlayText.OfTitle(listeners[(listenersEnd + 1)..]));
        return new PlayRecord { Start = start, Mount = MountPath.FromTarget(rest[..mountEnd]).Text, Artist = artist, Title = title };
    }

    /// <summary>
    /// Artist and title, which servers and encoders join by a dash between blanks; the first one parts them. Where there is none, no artist is
    /// told.
    /// </summary>
    private static (string? Artist, string? Title) Split(string text)
    {
        if (text.Trim() is "-")
            return (null, null);
        var at = text.IndexOf(Separator, StringComparison.Ordinal);
        return at < 0 ? (null, PlayRecord.Text(text)) : (PlayRecord.Text(text[..at]), PlayRecord.Text(text[(at + Separator.Length)..]));
    }
}
