using System.Text;

namespace StatsGraph.Tests.Oracle;

/// <summary>A whole log.</summary>
/// <param name="Bytes">Uncompressed.</param>
/// <param name="Closed">Whether nothing will be added: a compressed file whose archive is whole.</param>
public sealed record OracleSource(byte[] Bytes, bool Closed = false);

/// <summary>A line of a site's log, in the set.</summary>
public sealed record OracleRow(
    string Line,
    long Hash,
    int Ordinal,
    string Class,
    string? Reason,
    ReferenceLine.Accepted? Record,
    OraclePlace Place,
    string? Player)
{
    /// <summary>Unix seconds of the disconnect; null where the line tells none.</summary>
    public long? EndedAt => Record?.EndedAt;

    /// <summary>Unix seconds of the connect; null where the line tells none that is usable.</summary>
    public long? StartedAt => Record is not null && ReferenceClasses.TellsStart(Record) ? Record.EndedAt - (long)Record.Duration : null;
}

/// <summary>
/// Reads whole logs of one site into the set of their lines: a line is its stripped bytes and the number of equal lines before it
/// in its log, so that the same line out of two logs is one.
/// </summary>
/// <remarks>
/// An unfinished last line of a closed log is rejected as truncated. Whether the same bytes also occur as a whole line of another
/// log is left undecided: such logs are not to be compared.
/// </remarks>
public static class OracleLake
{
    private const string Truncated = "truncated";

    /// <summary>The rows of all logs together.</summary>
    public static IReadOnlyList<OracleRow> Read(IEnumerable<OracleSource> sources, OracleWorld world)
    {
        var classes = new ReferenceClasses(world.BotPatterns, world.Relays);
        return sources.SelectMany(Lines)
            .GroupBy(line => (line.Text, line.Ordinal))
            .Select(copies => Row(copies.First(), world, classes))
            .ToList();
    }

    /// <summary>Lines of a log that are read now, with the number of equal ones before each.</summary>
    private static IEnumerable<(string Text, int Ordinal, bool Whole)> Lines(OracleSource source)
    {
        var texts = Encoding.Latin1.GetString(source.Bytes).Split('\n');
        var whole = texts[..^1].Select(text => (Text: text, Whole: true));
        var unfinished = texts[^1..].Where(text => source.Closed && text.Length > 0).Select(text => (Text: text, Whole: false));
        return whole.Concat(unfinished)
            .Select(line => (Text: Encoding.Latin1.GetString(ReferenceParser.Strip(Encoding.Latin1.GetBytes(line.Text))), line.Whole))
            .GroupBy(line => line.Text)
            .SelectMany(equal => equal.Select((line, ordinal) => (line.Text, ordinal, line.Whole)));
    }

    private static OracleRow Row((string Text, int Ordinal, bool Whole) line, OracleWorld world, ReferenceClasses classes)
    {
        var bytes = Encoding.Latin1.GetBytes(line.Text);
        var parsed = line.Whole ? ReferenceParser.Parse(bytes) : new ReferenceLine.Rejected(Truncated);
        var record = parsed as ReferenceLine.Accepted;
        return new OracleRow(
            line.Text,
            world.LineHash(bytes),
            line.Ordinal,
            classes.Of(parsed),
            (parsed as ReferenceLine.Rejected)?.Reason,
            record,
            (record is { IsIp: true } ? world.Place(record.Address) : null) ?? new OraclePlace(),
            record is null ? null : world.Player(record.UserAgent));
    }
}
