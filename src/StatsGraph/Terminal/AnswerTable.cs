using System.Globalization;
using StatsGraph.Server.Tables;

namespace StatsGraph.Terminal;

/// <summary>Answers as tables of plain text for people.</summary>
internal static class AnswerTable
{
    /// <summary>A header and the rows, numbers to the right. What a terminal would obey instead of showing it is shown as a question mark.</summary>
    public static string Print(FlatTable table)
    {
        var header = table.Columns.Select(column => column.Name).ToArray();
        var rows = table.Rows.Select(row => row.Select(Text).ToArray());
        var right = table.Columns.Index().Where(column => column.Item.Kind is ColumnKind.Whole or ColumnKind.Number).Select(column => column.Index);
        return TextTable.Print([header, .. rows], [.. right]);
    }

    private static string Text(object? value) => value switch
    {
        null => "-",
        long whole => whole.ToString("N0", CultureInfo.InvariantCulture),
        double number => number.ToString("N2", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        bool flag => flag ? "yes" : "no",
        var text => string.Concat(((string)text).Select(letter => char.IsControl(letter) ? '?' : letter)),
    };
}
