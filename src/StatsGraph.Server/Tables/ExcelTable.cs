using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace StatsGraph.Server.Tables;

/// <summary>Writes tables as workbooks (XLSX), a sheet each. Texts are cells of text, so that none is a formula.</summary>
public static partial class ExcelTable
{
    /// <summary>When all files in a workbook are from: the first moment that an archive can tell.</summary>
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Most characters of a cell.</summary>
    private const int MostCharacters = 32_767;

    /// <summary>Characters that are written at once. The library's own choice is half a mebibyte, for sheets of a few rows too.</summary>
    private const int BufferLength = 16 << 10;

    /// <summary>Writes a table; the stream stays open. Instants are dates of the UTC calendar. The same table has the same bytes whenever it is written.</summary>
    public static void Write(FlatTable table, Stream output) => Write([("StatsGraph", table)], output);

    /// <summary>Writes tables, each as a sheet of its name; else as above.</summary>
    public static void Write(IReadOnlyList<(string Name, FlatTable Table)> sheets, Stream output)
    {
        var configuration = new OpenXmlConfiguration
        {
            AutoFilter = false,
            BufferSize = BufferLength,
            DynamicColumns = [.. sheets.SelectMany((sheet, place) => sheet.Table.Columns.Select((column, index) => new DynamicExcelColumn(Key(place, index))
            {
                Name = column.Name,
                Index = index,
                Width = 18,
                Format = column.Kind == ColumnKind.Instant ? "yyyy-mm-dd hh:mm:ss" : null,
            }))],
        };
        using var written = new MemoryStream();
        written.SaveAs(sheets.Index().ToDictionary(sheet => sheet.Item.Name, sheet => (object)Rows(sheet.Index, sheet.Item.Table)), configuration: configuration);
        written.Position = 0;
        Settle(written, output);
    }

    /// <summary>Names a column while it is written: its own name may be in another sheet too.</summary>
    private static string Key(int sheet, int column) => string.Create(CultureInfo.InvariantCulture, $"{sheet}:{column}");

    /// <summary>Without a row MiniExcel would not know the columns.</summary>
    private static IEnumerable<Dictionary<string, object?>> Rows(int sheet, FlatTable table)
        => (table.Rows.Count > 0 ? table.Rows : [new object?[table.Columns.Count]])
            .Select(row => row.Index().ToDictionary(cell => Key(sheet, cell.Index), cell => Cell(cell.Item)));

    /// <summary>Copies a workbook without what is other each time: the clock, and random names for its sheets.</summary>
    private static void Settle(Stream written, Stream output)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
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
            target.Write(Encoding.UTF8.GetBytes(RandomName().Replace(text.ReadToEnd(), name => NameOf(name.Value))));
        }

        string NameOf(string random)
        {
            if (!names.TryGetValue(random, out var name))
                names.Add(random, name = string.Create(CultureInfo.InvariantCulture, $"sheet{names.Count + 1}"));
            return name;
        }
    }

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
