using System.Globalization;
using StatsGraph.Reports.Columns;

namespace StatsGraph.Tests.Reports.Columns;

/// <summary>Columns written out, so that two that say the same are the same, however they came about.</summary>
internal static class ColumnsText
{
    /// <summary>A line for each session, and one for each name of a network. Listeners are numbered as they appear.</summary>
    public static List<string> Of(SiteColumns columns)
    {
        var listeners = new Dictionary<int, int>();
        var lines = new List<string>();
        foreach (var chunk in columns.Chunks)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var texts = Enum.GetValues<TextColumn>().Select(column => columns.Texts[column][chunk.Codes(column)[row]] ?? "-");
                listeners.TryAdd(chunk.Listeners[row], listeners.Count);
                lines.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{chunk.Starts[row]} {chunk.Ends[row]} {chunk.Flags[row]} {chunk.Durations[row]} {chunk.Bytes[row]} {chunk.LineHashes[row]} ")
                    + string.Create(CultureInfo.InvariantCulture, $"{chunk.Ordinals[row]} {listeners[chunk.Listeners[row]]} {string.Join(' ', texts)}"));
            }

            GC.KeepAlive(chunk);
        }

        var names = columns.Texts.NetworkNames.All()
            .Select(name => $"{columns.Texts[TextColumn.Network][name.Network]} {name.Name} {name.Duration}");
        return [.. lines, .. names.Order(StringComparer.Ordinal)];
    }
}
