namespace StatsGraph.Ingest.Plays;

/// <summary>Cuts the bytes of a playlist into rows: lines, or records of a table, whose quoted fields may hold newlines.</summary>
/// <param name="content">The bytes.</param>
/// <param name="linesBefore">Lines of the playlist before them.</param>
internal sealed class PlayLines(Stream content, long linesBefore = 0)
{
    /// <summary>A longer row is cut, and rejected.</summary>
    public const int MostBytes = 1 << 16;

    private readonly byte[] buffer = new byte[1 << 16];
    private readonly List<byte> row = [];
    private int position;
    private int filled;

    /// <summary>What parts the fields of a table, in which a newline within quotes is part of the row; null where every newline ends one.</summary>
    public char? Separator { get; set; }

    /// <summary>1-based number of the line that the last row began in.</summary>
    public long Line { get; private set; }

    /// <summary>Lines of the playlist that were read so far, with a newline.</summary>
    public long Lines { get; private set; } = linesBefore;

    /// <summary>Bytes that were read so far: up to the end of the last row.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the last row was longer than a row may be; the rest of it is gone.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether the last row ended in a newline; else the content ended first.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>The next row without its newline; null behind the last one. Good until the next call.</summary>
    /// <exception cref="Logs.BrokenLogException">The content is a broken archive.</exception>
    public byte[]? Next()
    {
        row.Clear();
        (IsTooLong, IsTerminated, Line) = (false, false, Lines + 1);
        var (isInQuotes, mayOpen) = (false, true);
        while (ReadByte() is var value and >= 0)
        {
            if (value == '\n')
            {
                Lines++;
                if (!isInQuotes || IsTooLong)
                {
                    IsTerminated = true;
                    return row.ToArray();
                }
            }

            if (Separator is not null)
                (isInQuotes, mayOpen) = Quotes(value, isInQuotes, mayOpen);
            if (row.Count < MostBytes)
                row.Add((byte)value);
            else
                IsTooLong = true;
        }

        IsTooLong |= isInQuotes;
        return row.Count > 0 ? row.ToArray() : null;
    }

    /// <summary>
    /// A quote opens where a field begins and behind the one that closed it, for it is doubled then; elsewhere it is a character of the field.
    /// </summary>
    private (bool IsInQuotes, bool MayOpen) Quotes(int value, bool isInQuotes, bool mayOpen)
        => value == '"' && (isInQuotes || mayOpen) ? (!isInQuotes, true)
            : (isInQuotes, !isInQuotes && (value == Separator || (mayOpen && value is ' ' or '\t')));

    private int ReadByte()
    {
        if (position == filled)
            (position, filled) = (0, content.Read(buffer));
        if (filled == 0)
            return -1;
        Length++;
        return buffer[position++];
    }
}
