using System.Globalization;
using System.Text.Json;
using StatsGraph.Printing;

namespace StatsGraph.Server.Tables;

/// <summary>What stands over a table that is printed.</summary>
/// <param name="Title">Title of the document.</param>
/// <param name="Facts">What the table is of: names and values, in order.</param>
/// <param name="CreatedAt">When the answer came to be, which the file tells; null where it is not to be told, so that the same table has the same bytes.</param>
public sealed record PdfHeading(string Title, IReadOnlyList<PrintedFact> Facts, DateTimeOffset? CreatedAt = null)
{
    /// <summary>The heading of a saved document's answer: its name, and the variables that it was asked with.</summary>
    /// <param name="document">Name of the document.</param>
    /// <param name="variables">An object; null or undefined for none.</param>
    public static PdfHeading Of(string document, JsonElement variables) => new(
        document,
        variables.ValueKind == JsonValueKind.Object ? [.. variables.EnumerateObject().Select(variable => new PrintedFact(variable.Name, variable.Value.ToString()))] : []);
}

/// <summary>Writes tables as PDF. The same table has the same bytes whenever it is written.</summary>
public static class PdfTable
{
    /// <summary>Most digits after the point: shares are parts of 1.</summary>
    private const int MostDigits = 4;

    /// <summary>Writes a table; the stream stays open.</summary>
    /// <param name="table">The table.</param>
    /// <param name="heading">What stands over it.</param>
    /// <param name="output">The file.</param>
    /// <param name="paper">The paper.</param>
    /// <param name="fonts">The fonts; null for the one that the program carries alone.</param>
    public static void Write(FlatTable table, PdfHeading heading, Stream output, PaperFormat paper = PaperFormat.A4, PrintFonts? fonts = null)
    {
        var forms = table.Columns.Select((column, place) => Form(column.Kind, table.Rows.Select(row => row[place]))).ToList();
        TablePdf.Write(
            new PrintedTable(
                heading.Title,
                heading.Facts,
                [.. table.Columns.Select(column => new PrintedColumn(column.Name, column.Kind is ColumnKind.Whole or ColumnKind.Number))],
                [.. table.Rows.Take(TablePdf.MostRows).Select(row => (IReadOnlyList<string>)[.. row.Select((value, place) => Text(value, forms[place]))])],
                heading.CreatedAt)
            {
                RowCount = table.Rows.Count,
            },
            output,
            paper,
            fonts);
    }

    /// <summary>How the numbers of a column are written: all with as many digits after the point.</summary>
    private static string Form(ColumnKind kind, IEnumerable<object?> values)
    {
        if (kind != ColumnKind.Number)
            return "#,0";
        var numbers = values.OfType<double>().ToList();
        var digits = numbers.TrueForAll(number => number == Math.Floor(number)) ? 0 : numbers.TrueForAll(number => Math.Abs(number) <= 1) ? MostDigits : 2;
        return digits == 0 ? "#,0" : $"#,0.{new string('0', digits)}";
    }

    private static string Text(object? value, string form) => value switch
    {
        null => "–",
        string text => text,
        bool flag => flag ? "yes" : "no",
        DateTimeOffset instant => instant.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(form, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"Cannot print a {value.GetType()}: expected a value of a table.", nameof(value)),
    };
}
