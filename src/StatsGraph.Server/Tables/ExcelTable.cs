using System.Xml;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace StatsGraph.Server.Tables;

/// <summary>Writes tables as workbooks of one sheet (XLSX). Texts are cells of text, so that none is a formula.</summary>
public static class ExcelTable
{
    /// <summary>Most characters of a cell.</summary>
    private const int MostCharacters = 32_767;

    /// <summary>Writes a table; the stream stays open. Instants are dates of the UTC calendar.</summary>
    public static void Write(FlatTable table, Stream output)
    {
        var configuration = new OpenXmlConfiguration
        {
            AutoFilter = false,
            DynamicColumns = [.. table.Columns.Select((column, index) => new DynamicExcelColumn(column.Name)
            {
                Index = index,
                Width = 18,
                Format = column.Kind == ColumnKind.Instant ? "yyyy-mm-dd hh:mm:ss" : null,
            })],
        };
        // Without a row MiniExcel would not know the columns.
        var rows = table.Rows.Count > 0 ? table.Rows : [new object?[table.Columns.Count]];
        output.SaveAs(rows.Select(row => Row(table.Columns, row)), sheetName: "StatsGraph", configuration: configuration);
    }

    private static Dictionary<string, object?> Row(IReadOnlyList<FlatColumn> columns, IReadOnlyList<object?> row)
        => columns.Index().ToDictionary(column => column.Item.Name, column => Cell(row[column.Index]));

    private static object? Cell(object? value) => value switch
    {
        DateTimeOffset instant => instant.UtcDateTime,
        string text => Printable(text.Length > MostCharacters ? text[..MostCharacters] : text),
        _ => value,
    };

    /// <summary>XML knows no control characters, nor halves of characters.</summary>
    private static string Printable(string text)
    {
        var isWhole = true;
        for (var place = 0; place < text.Length && isWhole; place++)
            isWhole = XmlConvert.IsXmlChar(text[place]) && !char.IsSurrogate(text[place]);
        return isWhole ? text : string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "?" : rune.ToString()));
    }
}
