using PdfSharp.Drawing;
using StatsGraph.Printing.Fonts;
using StatsGraph.Printing.Pages;

namespace StatsGraph.Printing.Blocks;

/// <summary>Titles, headings, sentences and lists of facts.</summary>
internal static class TextBlocks
{
    private const double BodyLeading = 12.5;

    /// <summary>A heading is not left alone at the end of a page: so much has to fit below it, unless what follows asks for more.</summary>
    private const double Company = 50;

    private const double HeadingHeight = 34;

    /// <summary>So many lines of a sentence are kept on a page.</summary>
    private const int KeptLines = 6;

    /// <summary>The title of a document and the lines under it.</summary>
    public static void Title(PageFlow flow, string title, params IReadOnlyList<string> subtitles)
    {
        Lines(flow, title, Ink.Title, Ink.Accent, flow.Left, flow.Width, 22);
        flow.Y += 2;
        foreach (var subtitle in subtitles)
            Lines(flow, subtitle, Ink.Subtitle, Ink.Text, flow.Left, flow.Width, 16);
        flow.Y += 8;
    }

    /// <summary>The heading of a part.</summary>
    /// <param name="flow">The pages.</param>
    /// <param name="heading">The heading.</param>
    /// <param name="company">So much of what follows has to fit below it.</param>
    public static void Heading(PageFlow flow, string heading, double company = Company)
    {
        flow.Need(HeadingHeight + company);
        flow.Y += flow.IsEmpty ? 0 : 16;
        Lines(flow, heading, Ink.Heading, Ink.Accent, flow.Left, flow.Width, 14);
        flow.Y += 4;
    }

    /// <summary>A sentence or several.</summary>
    public static void Paragraph(PageFlow flow, string text)
    {
        Lines(flow, text, Ink.Body, Ink.Text, flow.Left, flow.Width, BodyLeading);
        flow.Y += 4;
    }

    /// <summary>A small text under something.</summary>
    public static void Note(PageFlow flow, string text)
    {
        flow.Y += 3;
        Lines(flow, text, Ink.Small, Ink.Muted, flow.Left, flow.Width, 10);
    }

    /// <summary>Sentences with a bullet before each.</summary>
    public static void Bullets(PageFlow flow, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            flow.Need(Math.Min(flow.Type.Lines(text, Ink.Body, flow.Width - 12).Count, KeptLines) * BodyLeading);
            flow.Graphics.DrawRectangle(Ink.Accent, flow.Left + 1, flow.Y + 4.5, 3, 3);
            Lines(flow, text, Ink.Body, Ink.Text, flow.Left + 12, flow.Width - 12, BodyLeading);
            flow.Y += 3;
        }
    }

    /// <summary>Something to type, on a ground of its own.</summary>
    public static void Command(PageFlow flow, string command)
    {
        foreach (var line in flow.Type.Lines(command, Ink.Body, flow.Width - 16))
        {
            flow.Need(BodyLeading + 8);
            flow.Graphics.DrawRectangle(Ink.Band, flow.Left, flow.Y, flow.Width, BodyLeading + 6);
            flow.Write(line, Ink.Body, Ink.Text, flow.Left + 8, flow.Y + BodyLeading);
            flow.Y += BodyLeading + 6;
        }
    }

    /// <summary>Facts one under the other: what each is on the left, and the fact on the right.</summary>
    public static void Facts(PageFlow flow, IEnumerable<(string Name, string Value)> facts)
    {
        const double NameWidth = 112;
        foreach (var (name, value) in facts)
        {
            var names = flow.Type.Lines(name, Ink.Body, NameWidth - 10);
            var values = flow.Type.Lines(value, Ink.Body, flow.Width - NameWidth);
            for (var line = 0; line < Math.Max(names.Count, values.Count); line++)
            {
                flow.Need(BodyLeading);
                flow.Y += BodyLeading;
                flow.Write(names.ElementAtOrDefault(line) ?? "", Ink.Body, Ink.Muted, flow.Left, flow.Y - 3);
                flow.Write(values.ElementAtOrDefault(line) ?? "", Ink.Body, Ink.Text, flow.Left + NameWidth, flow.Y - 3);
            }

            flow.Y += 2.5;
        }
    }

    /// <summary>Sentences that nobody should miss, on a ground of their own.</summary>
    public static void Notice(PageFlow flow, IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            flow.Y += 4;
            var lines = flow.Type.Lines(text, Ink.Body, flow.Width - 22);
            flow.Need(BodyLeading + 8);
            for (var line = 0; line < lines.Count; line++)
            {
                flow.Need(BodyLeading + 8);
                var (over, under) = (line == 0 ? 4 : 0, line == lines.Count - 1 ? 4 : 0);
                flow.Graphics.DrawRectangle(Ink.Notice, flow.Left, flow.Y, flow.Width, BodyLeading + over + under);
                flow.Graphics.DrawRectangle(Ink.NoticeEdge, flow.Left, flow.Y, 3, BodyLeading + over + under);
                flow.Write(lines[line], Ink.Body, Ink.Text, flow.Left + 12, flow.Y + over + BodyLeading - 3);
                flow.Y += BodyLeading + over + under;
            }
        }
    }

    private static void Lines(PageFlow flow, string text, TextStyle style, XBrush ink, double left, double width, double leading)
    {
        foreach (var line in flow.Type.Lines(text, style, width))
        {
            flow.Need(leading);
            flow.Y += leading;
            flow.Write(line, style, ink, left, flow.Y - (leading * 0.25));
        }
    }
}
