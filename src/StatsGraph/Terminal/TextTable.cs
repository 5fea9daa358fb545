using System.Text;

namespace StatsGraph.Terminal;

/// <summary>Aligned columns of plain text, the same on a terminal and in a pipe.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <summary>Rows as lines; the last column is never padded.</summary>
    /// <param name="rows">Rows of equally many cells.</param>
    /// <param name="rightAligned">Numbers of the columns, from 0, that end where the widest cell ends.</param>
    public static string Print(IReadOnlyList<IReadOnlyList<string>> rows, params int[] rightAligned)
    {
        var widths = Enumerable.Range(0, rows[0].Count).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) =>
                rightAligned.Contains(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append(string.Join(Gap, cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
