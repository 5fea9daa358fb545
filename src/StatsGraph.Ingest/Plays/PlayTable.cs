using System.Text;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Plays;

/// <summary>A table of plays: its first row names the columns, and tells by that what parts them.</summary>
internal sealed class PlayTable
{
    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly TableColumn[] columns;

    private PlayTable(char separator, TableColumn[] columns) => (Separator, this.columns) = (separator, columns);

    /// <summary>What parts its fields.</summary>
    public char Separator { get; }

    /// <summary>
    /// The table that a first row begins; null where it begins none: it names no start, or no title. A separator is a comma, a semicolon or a
    /// tab. Of two columns that tell the same the first is read.
    /// </summary>
    public static PlayTable? Of(ReadOnlySpan<byte> row)
    {
        var text = PlayText.Of(LineText.Strip(row));
        return Separators.Select(separator => new PlayTable(separator, Columns(text, separator)))
            .Where(table => table.IsOfPlays).MaxBy(table => table.columns.Count(column => column != TableColumn.Other));
    }

    /// <summary>Whether this is a table of plays.</summary>
    private bool IsOfPlays => Has(TableColumn.Title) && (Has(TableColumn.Start) || (Has(TableColumn.Date) && Has(TableColumn.Time)));

    /// <summary>Reads a row behind the first.</summary>
    public PlayRecord Read(ReadOnlySpan<byte> row)
    {
        var fields = Fields(PlayText.Of(LineText.Strip(row)), Separator);
        if (fields.Count != columns.Length)
            return PlayRecord.Rejected(PlayReasons.FieldCount);
        string? Field(TableColumn column) => Array.IndexOf(columns, column) is var at and >= 0 ? PlayRecord.Text(fields[at]) : null;

        if (PlayTime.Read(Field(TableColumn.Start) ?? $"{Field(TableColumn.Date)} {Field(TableColumn.Time)}", out var start) is { } reason)
            return PlayRecord.Rejected(reason);
        if (!TryDuration(Field, start, out var duration))
            return PlayRecord.Rejected(PlayReasons.BadDuration);
        var (artist, title) = (Field(TableColumn.Artist), Field(TableColumn.Title));
        return artist is null && title is null ? PlayRecord.Rejected(PlayReasons.NoTitle) : new PlayRecord
        {
            Start = start,
            Duration = duration,
            Mount = Field(TableColumn.Mount) is { } mount ? Mount(mount) : null,
            Artist = artist,
            Title = title,
            Album = Field(TableColumn.Album),
            Label = Field(TableColumn.Label),
            Isrc = Isrc(Field(TableColumn.Isrc)),
        };
    }

    /// <summary>The mount of a channel: Icecast's begin with a slash, and exports leave it out at times.</summary>
    private static string Mount(string channel) => MountPath.FromTarget(Encoding.UTF8.GetBytes(channel[0] == '/' ? channel : "/" + channel)).Text;

    private static string? Isrc(string? text)
        => text is null ? null : PlayRecord.Text(string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant());

    /// <summary>The duration that is told, else the time from start to end, where that is told as the start is.</summary>
    private static bool TryDuration(Func<TableColumn, string?> field, PlayTime start, out long? duration)
    {
        duration = null;
        if ((field(TableColumn.Duration) ?? field(TableColumn.DurationMilliseconds)) is { } text)
        {
            duration = PlayTime.ReadDuration(text, field(TableColumn.Duration) is null ? 1 : 1_000);
            return duration is not null;
        }

        if (field(TableColumn.End) is not { } ended)
            return true;
        if (PlayTime.Read(ended, out var end) is not null || end.Offset is null != start.Offset is null)
            return false;
        duration = (end.Microseconds - start.Microseconds) / 1_000;
        return duration is >= 0 and <= PlayTime.MostDuration;
    }

    private bool Has(TableColumn column) => columns.Contains(column);

    private static TableColumn[] Columns(string row, char separator) => [.. Fields(row, separator).Select(TableColumns.Of)];

    /// <summary>The fields of a row by RFC 4180: quotes around a field, doubled within it.</summary>
    private static List<string> Fields(string row, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var at = 0; at < row.Length; at++)
        {
            if (row[at] == '"' && (isQuoted || field.ToString().Trim().Length == 0))
            {
                if (isQuoted && at + 1 < row.Length && row[at + 1] == '"')
                    field.Append(row[at++]);
                else
                    isQuoted = !isQuoted;
            }
            else if (row[at] == separator && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(row[at]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
