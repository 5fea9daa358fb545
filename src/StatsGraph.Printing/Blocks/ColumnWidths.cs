using StatsGraph.Printing.Fonts;
using StatsGraph.Printing.Pages;

namespace StatsGraph.Printing.Blocks;

/// <summary>Divides the width of a page among the columns of a table.</summary>
internal static class ColumnWidths
{
    /// <summary>Least width of a column of texts that has to give way.</summary>
    private const double Least = 60;

    /// <summary>Headings are wrapped into about so many lines.</summary>
    private const double HeadingLines = 2.2;

    /// <summary>Headings make a column at most so wide.</summary>
    private const double WidestHeading = 84;

    /// <summary>So much wider than its numbers a column becomes where there is room.</summary>
    private const double Ease = 16;

    /// <summary>So many rows are measured in full; of further ones the longest texts.</summary>
    private const int MeasuredRows = 2000;

    /// <summary>
    /// Widths that fill the page. Numbers get what they need; where there is not enough for the texts, the widest of them give way. Where there is more, numbers
    /// get some ease, and the rest goes to the texts by what they need.
    /// </summary>
    public static double[] Of(BlockTable table, Typesetter type, double width)
    {
        var needs = Needs(table, type);
        var needed = needs.Sum();
        var texts = Enumerable.Range(0, needs.Length).Where(column => !table.Columns[column].IsNumber).ToList();
        if (needed > width && texts.Count > 0)
            Shrink(needs, texts, needed - width);
        var over = width - needs.Sum();
        if (over < 0)
            return [.. needs.Select(need => need * width / (width - over))];
        Grow(needs, texts, over);
        return needs;
    }

    /// <summary>The widths that columns need, numbers in full and texts so that they can be wrapped.</summary>
    public static double[] Bearable(BlockTable table, Typesetter type)
        => [.. Needs(table, type).Select((need, column) => table.Columns[column].IsNumber ? need : Math.Min(need, Least))];

    private static double[] Needs(BlockTable table, Typesetter type)
    {
        var needs = new double[table.Columns.Count];
        for (var column = 0; column < needs.Length; column++)
        {
            var words = table.Columns[column].Heading.Split(' ').Select(word => type.Measure(word, Ink.SmallBold)).ToList();
            var heading = Math.Min(WidestHeading, Math.Max(words.Max(), words.Sum() / HeadingLines));
            var cells = table.Rows.Count <= MeasuredRows ? table.Rows.Select(row => row[column])
                : table.Rows.Select(row => row[column]).OrderByDescending(text => text.Length).Take(20);
            var widest = cells.Select(text => type.Measure(text, Ink.Small))
                .Append(table.Total is { } total ? type.Measure(total[column], Ink.SmallBold) : 0)
                .DefaultIfEmpty().Max();
            needs[column] = Math.Max(heading, widest) + (2 * TableBlock.Padding) + 0.5;
        }

        return needs;
    }

    private static void Grow(double[] needs, List<int> texts, double over)
    {
        var numbers = Enumerable.Range(0, needs.Length).Except(texts).ToList();
        var ease = texts.Count == 0 ? over / numbers.Count : numbers.Count == 0 ? 0 : Math.Min(Ease, over / numbers.Count);
        foreach (var number in numbers)
            needs[number] += ease;
        var (rest, needed) = (over - (ease * numbers.Count), texts.Sum(text => needs[text]));
        foreach (var text in texts)
            needs[text] += rest * needs[text] / needed;
    }

    /// <summary>Takes from the widest texts first, down to the width of the next, and none below its least.</summary>
    private static void Shrink(double[] needs, List<int> texts, double excess)
    {
        while (excess > 0.01)
        {
            var widest = texts.Max(column => needs[column]);
            var givers = texts.Where(column => needs[column] > widest - 0.01).ToList();
            var next = texts.Select(column => needs[column]).Where(need => need <= widest - 0.01).Append(Least).Max();
            var each = Math.Min(widest - Math.Max(next, Least), excess / givers.Count);
            if (each <= 0)
                return;
            foreach (var giver in givers)
                needs[giver] -= each;
            excess -= each * givers.Count;
        }
    }
}
