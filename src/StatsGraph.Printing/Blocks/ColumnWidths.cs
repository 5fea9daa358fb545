using StatsGraph.Printing.Fonts;
using StatsGraph.Printing.Pages;

namespace StatsGraph.Printing.Blocks;

/// <summary>Divides the width of a page among the columns of a table.</summary>
internal static class ColumnWidths
{
    private const double Padding = 6;

    /// <summary>Least width of a column of texts that has to give way.</summary>
    private const double Least = 60;

    /// <summary>Longest words of headings count up to this width, so that a heading does not make a column of short numbers wide.</summary>
    private const double LongestWord = 70;

    /// <summary>So many rows are measured in full; of further ones the longest texts.</summary>
    private const int MeasuredRows = 2000;

    /// <summary>Widths that fill the page. Numbers get what they need; texts share the rest, each at most by what it needs.</summary>
    public static double[] Of(PageFlow flow, BlockTable table)
    {
        var needs = Needs(flow, table);
        var needed = needs.Sum();
        var texts = Enumerable.Range(0, needs.Length).Where(column => !table.Columns[column].IsNumber).ToList();
        if (needed > flow.Width && texts.Count > 0)
            Shrink(needs, texts, needed - flow.Width);
        needed = needs.Sum();
        if (needed > flow.Width)
            return [.. needs.Select(need => need * flow.Width / needed)];

        // What is over goes to the texts, or where there are none, to all.
        var growing = texts.Count > 0 ? texts : [.. Enumerable.Range(0, needs.Length)];
        foreach (var column in growing)
            needs[column] += (flow.Width - needed) / growing.Count;
        return needs;
    }

    /// <summary>The width that a table needs if no cell of it is wrapped into less than it can bear.</summary>
    public static double Bearable(PageFlow flow, BlockTable table)
        => Needs(flow, table).Select((need, column) => table.Columns[column].IsNumber ? need : Math.Min(need, Least)).Sum();

    private static double[] Needs(PageFlow flow, BlockTable table)
    {
        var needs = new double[table.Columns.Count];
        for (var column = 0; column < needs.Length; column++)
        {
            var words = table.Columns[column].Heading.Split(' ').Max(word => flow.Measure(Lettering.Printable(word), Ink.SmallBold));
            var cells = table.Rows.Count <= MeasuredRows ? table.Rows.Select(row => row[column])
                : table.Rows.Select(row => row[column]).OrderByDescending(text => text.Length).Take(20);
            var widest = cells.Select(text => flow.Measure(Lettering.Printable(text), Ink.Small))
                .Append(table.Total is { } total ? flow.Measure(Lettering.Printable(total[column]), Ink.SmallBold) : 0)
                .DefaultIfEmpty().Max();
            needs[column] = Math.Max(Math.Min(words, LongestWord), widest) + Padding + 0.5;
        }

        return needs;
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
