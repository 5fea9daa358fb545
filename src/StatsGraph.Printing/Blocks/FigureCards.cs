using StatsGraph.Printing.Pages;

namespace StatsGraph.Printing.Blocks;

/// <summary>A few figures that a reader looks for first, side by side.</summary>
internal static class FigureCards
{
    private const double Gap = 10;
    private const double Height = 50;

    /// <summary>Prints figures.</summary>
    /// <param name="flow">The pages.</param>
    /// <param name="cards">What each is, the figure, and what is said below it.</param>
    public static void Print(PageFlow flow, IReadOnlyList<(string Name, string Figure, string Note)> cards)
    {
        flow.Need(Height + 6);
        var width = (flow.Width - (Gap * (cards.Count - 1))) / cards.Count;
        for (var card = 0; card < cards.Count; card++)
        {
            var left = flow.Left + (card * (width + Gap));
            flow.Graphics.DrawRectangle(Ink.Band, left, flow.Y, width, Height);
            flow.Write(flow.Type.Shortened(cards[card].Name, Ink.Small, width - 16), Ink.Small, Ink.Muted, left + 8, flow.Y + 13);
            flow.Write(cards[card].Figure, Ink.Figure, Ink.Accent, left + 8, flow.Y + 31);
            flow.Write(flow.Type.Shortened(cards[card].Note, Ink.Small, width - 16), Ink.Small, Ink.Muted, left + 8, flow.Y + 43);
        }

        flow.Y += Height + 4;
    }
}
