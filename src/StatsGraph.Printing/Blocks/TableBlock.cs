using StatsGraph.Printing.Fonts;
using StatsGraph.Printing.Pages;

namespace StatsGraph.Printing.Blocks;

/// <summary>A column of a printed table.</summary>
/// <param name="Heading">What stands over it; may be any text.</param>
/// <param name="IsNumber">Whether its cells end at one edge; else they begin at one, and long ones are wrapped.</param>
/// <param name="Group">What stands over it and its neighbours of the same group; null for nothing.</param>
internal sealed record BlockColumn(string Heading, bool IsNumber, string? Group = null);

/// <summary>A table to print.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">A text a column; may be any text.</param>
/// <param name="Total">The row of all together; null for none.</param>
internal sealed record BlockTable(IReadOnlyList<BlockColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string>? Total = null);

/// <summary>Prints a table over as many pages as it needs; its headings stand on each.</summary>
internal sealed class TableBlock
{
    private const double Leading = 10;
    public const double Padding = 3.5;

    private readonly PageFlow flow;
    private readonly BlockTable table;
    private readonly double[] widths;
    private readonly double[] lefts;
    private readonly List<IReadOnlyList<string>> headings;

    private TableBlock(PageFlow flow, BlockTable table)
    {
        (this.flow, this.table) = (flow, table);
        widths = ColumnWidths.Of(table, flow.Type, flow.Width);
        lefts = new double[widths.Length];
        for (var column = 0; column < widths.Length; column++)
            lefts[column] = column == 0 ? flow.Left : lefts[column - 1] + widths[column - 1];
        headings = [.. table.Columns.Select((column, place) => flow.Type.Lines(column.Heading, Ink.SmallBold, Inner(place)))];
    }

    /// <summary>Prints a table.</summary>
    public static void Print(PageFlow flow, BlockTable table) => new TableBlock(flow, table).Print();

    private void Print()
    {
        flow.Need(HeadingsHeight + (3 * Leading));
        WriteHeadings();
        for (var row = 0; row < table.Rows.Count; row++)
            WriteRow(table.Rows[row], Ink.Small, table.Total is not null && row == table.Rows.Count - 1 ? Leading + (2 * Padding) : 0);
        if (table.Total is { } total)
        {
            flow.Graphics.DrawLine(Ink.HeavyRule, flow.Left, flow.Y, flow.Left + widths.Sum(), flow.Y);
            WriteRow(total, Ink.SmallBold, 0);
        }

        flow.Y += 4;
    }

    private bool HasGroups => table.Columns.Any(column => column.Group is not null);

    private double HeadingsHeight => (HasGroups ? Leading + 4 : 0) + (headings.Max(lines => lines.Count) * Leading) + (2 * Padding);

    private double Inner(int column) => widths[column] - (2 * Padding);

    private void WriteHeadings()
    {
        var height = HeadingsHeight;
        flow.Graphics.DrawRectangle(Ink.Band, flow.Left, flow.Y, widths.Sum(), height);
        if (HasGroups)
            WriteGroups();
        for (var column = 0; column < widths.Length; column++)
        {
            // The last line of each stands on the same height.
            for (var line = 0; line < headings[column].Count; line++)
            {
                var baseline = flow.Y + height - Padding - 2.5 - ((headings[column].Count - 1 - line) * Leading);
                WriteCell(column, headings[column][line], Ink.SmallBold, baseline);
            }
        }

        flow.Y += height;
        flow.Graphics.DrawLine(Ink.HeavyRule, flow.Left, flow.Y, flow.Left + widths.Sum(), flow.Y);
    }

    private void WriteGroups()
    {
        for (var first = 0; first < widths.Length;)
        {
            var group = table.Columns[first].Group;
            var count = table.Columns.Skip(first).TakeWhile(column => column.Group == group).Count();
            if (group is not null)
            {
                var (left, right) = (lefts[first] + Padding, lefts[first + count - 1] + widths[first + count - 1] - Padding);
                var text = flow.Type.Shortened(group, Ink.SmallBold, right - left);
                flow.Write(text, Ink.SmallBold, Ink.Accent, (left + right - flow.Type.WidthOf(text, Ink.SmallBold)) / 2, flow.Y + Leading);
                flow.Graphics.DrawLine(Ink.Rule, left, flow.Y + Leading + 4, right, flow.Y + Leading + 4);
            }

            first += count;
        }
    }

    /// <summary>A row is kept together, unless it is higher than a page; the last one is kept with that of all together.</summary>
    private void WriteRow(IReadOnlyList<string> row, TextStyle style, double company)
    {
        var cells = row.Select((text, column) => flow.Type.Lines(text, style, Inner(column))).ToList();
        var count = cells.Max(lines => lines.Count);
        var isBroken = (count * Leading) + (2 * Padding) > flow.Height - HeadingsHeight;
        if (!isBroken)
            Reserve((count * Leading) + (2 * Padding) + company);
        flow.Y += Padding;
        for (var line = 0; line < count; line++)
        {
            if (isBroken)
                Reserve(Leading + Padding);
            flow.Y += Leading;
            for (var column = 0; column < cells.Count; column++)
                WriteCell(column, cells[column].ElementAtOrDefault(line) ?? "", style, flow.Y - 2.5);
        }

        flow.Y += Padding;
        flow.Graphics.DrawLine(Ink.Rule, flow.Left, flow.Y, flow.Left + widths.Sum(), flow.Y);
    }

    private void Reserve(double height)
    {
        if (height <= flow.Room)
            return;
        flow.NewPage();
        WriteHeadings();
    }

    private void WriteCell(int column, string text, TextStyle style, double baseline)
    {
        var isNumber = table.Columns[column].IsNumber;
        flow.Write(text, style, Ink.Text, isNumber ? lefts[column] + widths[column] - Padding : lefts[column] + Padding, baseline, isNumber);
    }
}
