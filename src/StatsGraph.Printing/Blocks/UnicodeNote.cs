using StatsGraph.Printing.Pages;

namespace StatsGraph.Printing.Blocks;

/// <summary>Says what the numbers in brackets are, where there are any.</summary>
internal static class UnicodeNote
{
    /// <summary>Prints the note at the end of a document that needs it.</summary>
    public static void Print(PageFlow flow)
    {
        if (!flow.Type.HasCodes)
            return;
        flow.Y += 10;
        TextBlocks.Notice(flow,
        [
            "Characters that no font at hand has a sign for, or that cannot be set rightly, are printed as their Unicode numbers in brackets, such as "
                + "[U+6771 U+4EAC]. The same as CSV, XLSX or JSON has them as they are.",
        ]);
    }
}
