using System.Globalization;
using NodaTime;
using StatsGraph.Compliance;
using StatsGraph.Printing.Pages;

namespace StatsGraph.Printing.Blocks;

/// <summary>Hours of listening by day as bars: in the territory, on it those outside, and on these those of unknown country.</summary>
internal static class DayChart
{
    /// <summary>All that the chart takes.</summary>
    public const double FullHeight = Height + 52;

    private const double Height = 150;
    private const double Scale = 46;

    /// <summary>Narrower bars than this stand without gaps.</summary>
    private const double LeastWithGap = 4;

    private const double WidestBar = 30;

    /// <summary>Least distance of two labels under the bars.</summary>
    private const double LabelWidth = 24;

    /// <summary>Prints the chart.</summary>
    /// <param name="flow">The pages.</param>
    /// <param name="days">The days, in order.</param>
    /// <param name="places">What each part of a bar is called, from below; empty for a part that there is none of.</param>
    public static void Print(PageFlow flow, IReadOnlyList<DayListening> days, IReadOnlyList<string> places)
    {
        flow.Need(FullHeight);
        WriteLegend(flow, places);
        var (top, bottom, left, width) = (flow.Y + 6, flow.Y + 6 + Height, flow.Left + Scale, flow.Width - Scale);
        var step = Step(days.Select(day => Hours(day).Sum()).DefaultIfEmpty().Max());
        var steps = Math.Max(1, Math.Ceiling(days.Select(day => Hours(day).Sum()).DefaultIfEmpty().Max() / step));
        for (var line = 0; line <= steps; line++)
        {
            var y = bottom - (Height * line / steps);
            flow.Graphics.DrawLine(line == 0 ? Ink.HeavyRule : Ink.Rule, left, y, left + width, y);
            flow.Write((line * step).ToString("#,0.######", CultureInfo.InvariantCulture), Ink.Small, Ink.Muted, left - 6, y + 2.5, isRight: true);
        }

        flow.Write("hours", Ink.Small, Ink.Muted, left - 6, top - 8, isRight: true);
        WriteBars(flow, days, (left, width, bottom), Height / (steps * step));
        if (days.All(day => Hours(day).Sum() == 0))
            flow.Write("No listening in the period", Ink.Body, Ink.Muted, left + 12, top + (Height / 2));
        WriteDays(flow, days, left, width / Math.Max(1, days.Count), bottom + 11);
        flow.Y = bottom + 26;
    }

    private static void WriteLegend(PageFlow flow, IReadOnlyList<string> places)
    {
        flow.Y += 12;
        var left = flow.Left + Scale;
        for (var place = 0; place < places.Count; place++)
        {
            if (places[place].Length == 0)
                continue;
            var text = flow.Type.Lines(places[place], Ink.Small, 140)[0];
            flow.Graphics.DrawRectangle(Ink.Places[place], left, flow.Y - 7, 8, 8);
            flow.Write(text, Ink.Small, Ink.Text, left + 12, flow.Y);
            left += flow.Type.WidthOf(text, Ink.Small) + 28;
        }

        flow.Y += 8;
    }

    private static void WriteBars(PageFlow flow, IReadOnlyList<DayListening> days, (double Left, double Width, double Bottom) area, double scale)
    {
        var each = area.Width / Math.Max(1, days.Count);
        var gap = each < LeastWithGap ? 0 : Math.Max(Math.Min(each * 0.3, 6), each - WidestBar);
        for (var day = 0; day < days.Count; day++)
        {
            var y = area.Bottom;
            foreach (var (hours, place) in Hours(days[day]).Zip(Ink.Places))
            {
                if (hours > 0)
                    flow.Graphics.DrawRectangle(place, area.Left + (day * each) + (gap / 2), y - (hours * scale), each - gap, hours * scale);
                y -= hours * scale;
            }
        }
    }

    /// <summary>Days under their bars as far as they have room; over more than two months the months.</summary>
    private static void WriteDays(PageFlow flow, IReadOnlyList<DayListening> days, double left, double each, double baseline)
    {
        var isLong = days.Count > 62;
        var next = double.NegativeInfinity;
        for (var day = 0; day < days.Count; day++)
        {
            var (date, x) = (days[day].Date, left + (day * each));
            var isShown = isLong ? date.Day == 1 : date.Day == 1 || day == 0 || x >= next;
            if (!isShown || (x < next && date.Day != 1))
                continue;
            var text = isLong ? Text(date, "MMM") : Text(date, "%d");
            var middle = isLong ? x : x + (each / 2) - (flow.Type.WidthOf(text, Ink.Small) / 2);
            flow.Write(text, Ink.Small, Ink.Muted, middle, baseline);
            if (isLong && date.Month == 1 || day == 0 || !isLong && date.Day == 1)
                flow.Write(isLong ? Text(date, "uuuu") : Text(date, "MMM uuuu"), Ink.Small, Ink.Muted, middle, baseline + 10);
            next = x + (isLong ? LabelWidth : Math.Min(LabelWidth, 13));
        }
    }

    private static double[] Hours(DayListening day) => [Listening.HoursOf(day.Territory), Listening.HoursOf(day.Outside), Listening.HoursOf(day.Unknown)];

    /// <summary>The distance of the lines of the scale: 1, 2 or 5 times a power of ten, so that there are about four.</summary>
    private static double Step(double most)
    {
        if (most <= 0)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most / 4)));
        return power * ((most / 4 / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }

    private static string Text(LocalDate date, string pattern) => date.ToString(pattern, CultureInfo.InvariantCulture);
}
