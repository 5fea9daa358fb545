using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace StatsGraph.Server.Tables;

/// <summary>Writes tables as workbooks of one sheet (XLSX). Texts are cells of text, so that none is a formula.</summary>
public static partial class ExcelTable
{
    /// <summary>When all files in a workbook are from: the first moment that an archive can tell.</summary>
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Most characters of a cell.</summary>
    private const int MostCharacters = 32_767;

    /// <summary>Writes a table; the stream stays open. Instants are dates of the UTC calendar. The same table has the same bytes whenever it is written.</summary>
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
        using var written = new MemoryStream();
        written.SaveAs(rows.Select(row => Row(table.Columns, row)), sheetName: "StatsGraph", configuration: configuration);
        written.Position = 0;
        Settle(written, output);
    }

    /// <summary>Copies a workbook without what is other each time: the clock, and a random name for its one sheet.</summary>
    private static void Settle(Stream written, Stream output)
    {
        using var from = new ZipArchive(written, ZipArchiveMode.Read);
        using var to = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in from.Entries)
        {
            var copy = to.CreateEntry(entry.FullName);
            copy.LastWriteTime = Stamp;
            using var source = entry.Open();
            using var target = copy.Open();
            if (entry.Name is not ("workbook.xml" or "workbook.xml.rels"))
            {
                source.CopyTo(target);
                continue;
            }

            using var text = new StreamReader(source);
            target.Write(Encoding.UTF8.GetBytes(RandomName().Replace(text.ReadToEnd(), "sheet1")));
        }
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

    [GeneratedRegex("\\bR[0-9a-f]{32}\\b")]
    private static partial Regex RandomName();
}
