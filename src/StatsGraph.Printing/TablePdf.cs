using System.Globalization;
using StatsGraph.Printing.Blocks;
using StatsGraph.Printing.Pages;
using StatsGraph.Printing.Parts;

namespace StatsGraph.Printing;

/// <summary>Prints any table as PDF, with what stands on the pages of reports too.</summary>
public static class TablePdf
{
    /// <summary>So many rows are printed; of a longer table the document says how many it leaves out.</summary>
    public const int MostRows = 10_000;

    /// <summary>
    /// Writes a table; the stream stays open. The pages follow from the table, the paper and the fonts alone: the same have the same bytes. A table that is too wide
    /// for the paper upright is printed across it, and one that is too wide for that in parts, each with the first column.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="output">The file.</param>
    /// <param name="paper">The paper.</param>
    /// <param name="fonts">The fonts; null for the one that the program carries alone.</param>
    public static void Write(PrintedTable table, Stream output, PaperFormat paper = PaperFormat.A4, PrintFonts? fonts = null)
    {
        var block = new BlockTable(
            [.. table.Columns.Select(column => new BlockColumn(column.Heading, column.IsNumber))], [.. table.Rows.Take(MostRows)]);
        PageFlow.Print(
            Heading(table),
            paper,
            fonts ?? PrintFonts.Carried,
            isWide: type => ColumnWidths.Bearable(block, type).Sum() > PageFlow.WidthOf(paper, isWide: false),
            flow => Fill(flow, table, block),
            output);
    }

    private static void Fill(PageFlow flow, PrintedTable table, BlockTable block)
    {
        TextBlocks.Title(flow, table.Title);
        TextBlocks.Facts(flow, [.. table.Facts.Select(fact => (fact.Name, fact.Value)), ("Rows", Words.Count(table.RowCount))]);
        if (table.RowCount > MostRows)
            TextBlocks.Notice(flow, [$"Only the first {Words.Count(MostRows)} of {Words.Count(table.RowCount)} rows are printed. The same as CSV, XLSX or JSON has all."]);
        flow.Y += 10;
        var parts = Parts(ColumnWidths.Bearable(block, flow.Type), flow.Width).ToList();
        foreach (var columns in parts)
        {
            if (parts.Count > 1)
                TextBlocks.Heading(flow, string.Create(CultureInfo.InvariantCulture, $"Columns {columns[0] + 1} to {columns[^1] + 1} of {table.Columns.Count}"));
            int[] shown = columns[0] == 0 ? [.. columns] : [0, .. columns];
            TableBlock.Print(flow, new BlockTable(
                [.. shown.Select(column => block.Columns[column])],
                [.. block.Rows.Select(row => (IReadOnlyList<string>)[.. shown.Select(column => row[column])])]));
        }

        if (table.Rows.Count == 0)
            TextBlocks.Note(flow, "There are no rows.");
        UnicodeNote.Print(flow);
    }

    /// <summary>Columns that fit on a page side by side, in order; each once but the first, which every part has.</summary>
    private static IEnumerable<IReadOnlyList<int>> Parts(double[] widths, double room)
    {
        var part = new List<int>();
        var used = 0.0;
        for (var column = 0; column < widths.Length; column++)
        {
            if (used + widths[column] > room && part.Count > 0)
            {
                yield return part;
                (part, used) = ([], widths[0]);
            }

            part.Add(column);
            used += widths[column];
        }

        yield return part;
    }

    private static PageHeading Heading(PrintedTable table) => new(
        table.Title,
        Subject: string.Join(", ", table.Facts.Select(fact => $"{fact.Name}: {fact.Value}")),
        Left: table.Title,
        Right: string.Join(", ", table.Facts.Select(fact => fact.Value)),
        Foot: "StatsGraph",
        Mark: null,
        Keywords: "",
        table.CreatedAt);
}
