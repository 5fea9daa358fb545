using System.Buffers;
using System.Globalization;

namespace StatsGraph.Server.Tables;

/// <summary>Writes tables as CSV, by RFC 4180: a header, commas, CRLF, quotes where they are needed; numbers with a point, instants in UTC.</summary>
public static class CsvTable
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>
    /// Writes a table. A text that a spreadsheet would take for a formula is preceded by an apostrophe: referrers and mounts come from strangers.
    /// </summary>
    public static void Write(FlatTable table, TextWriter output)
    {
        WriteRow(table.Columns.Select(column => column.Name), output);
        foreach (var row in table.Rows)
            WriteRow(row.Select(Text), output);
    }

    private static void WriteRow(IEnumerable<string> cells, TextWriter output)
    {
        output.Write(string.Join(',', cells.Select(cell => cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)));
        output.Write("\r\n");
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"Cannot write a {value.GetType()}: expected a value of a table.", nameof(value)),
    };
}
