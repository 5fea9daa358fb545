using System.Globalization;
using StatsGraph.Ingest;

namespace StatsGraph.Terminal;

/// <summary>The figures of a progress bar, the most wanted ones first, as many as there is room for.</summary>
internal static class ProgressText
{
    private const double Megabyte = 1_000_000;

    /// <summary>One line that is at most so many characters long.</summary>
    public static string Of(IngestProgress progress, TimeSpan elapsed, int room)
    {
        var text = "";
        foreach (var part in Parts(progress, elapsed))
        {
            var longer = text.Length == 0 ? part : $"{text}, {part}";
            if (longer.Length > room)
            {
                break;
            }

            text = longer;
        }

        return text;
    }

    private static IEnumerable<string> Parts(IngestProgress progress, TimeSpan elapsed)
    {
        var speed = elapsed > TimeSpan.Zero ? progress.Lines / elapsed.TotalSeconds : 0;
        yield return Bytes(progress);
        yield return Text($"{speed:N0} lines/s");
        yield return Text($"{progress.Rejected:N0} rejected");
        yield return Text($"{progress.Lines:N0} lines");
        yield return Path.GetFileName(progress.Log);
    }

    private static string Bytes(IngestProgress progress) => progress.BytesTotal is { } total
        ? Text($"{progress.BytesRead / Megabyte:N1} of {total / Megabyte:N1} MB") : Text($"{progress.BytesRead / Megabyte:N1} MB");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
