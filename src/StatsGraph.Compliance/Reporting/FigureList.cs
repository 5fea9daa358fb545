namespace StatsGraph.Compliance;

/// <summary>The figures of a channel one by one, by the names that tables and changes call them.</summary>
public static class FigureList
{
    private const string Hours = "hours";
    private const string Sessions = "sessions";

    /// <summary>Stands for the name that all channels together have not: it sorts before all names.</summary>
    private const string Together = "\0";

    /// <summary>All figures of a channel that do not follow from others, in a fixed order.</summary>
    public static IEnumerable<NamedFigure> Of(ChannelFigures channel)
    {
        foreach (var (place, listening) in Places(channel))
        {
            yield return new NamedFigure($"tuningHours_{place}", Hours, listening.TuningHours);
            yield return new NamedFigure($"sessions_{place}", Sessions, listening.Sessions);
        }

        yield return new NamedFigure("activeSessions", Sessions, channel.ActiveSessions);
        foreach (var measure in channel.Measures)
        {
            if (measure.Points is null)
                yield return new NamedFigure(measure.Name, measure.Unit, measure.Value);
            foreach (var point in measure.Points ?? [])
                yield return new NamedFigure($"{measure.Name}_{point.Key}", measure.Unit, point.Value);
        }
    }

    /// <summary>What is different between two reports: the total first, then the channels in ordinal order.</summary>
    public static IReadOnlyList<FigureChange> Changes(ComplianceReport before, ComplianceReport after)
    {
        var (earlier, later) = (ByName(before), ByName(after));
        var changes = new List<FigureChange>();
        foreach (var channel in earlier.Keys.Union(later.Keys).Order(StringComparer.Ordinal))
        {
            var (was, now) = (Figures(earlier.GetValueOrDefault(channel)), Figures(later.GetValueOrDefault(channel)));
            foreach (var name in now.Keys.Concat(was.Keys.Where(name => !now.ContainsKey(name))))
            {
                var (old, fresh) = (was.GetValueOrDefault(name), now.GetValueOrDefault(name));
                if (old?.Value != fresh?.Value)
                {
                    changes.Add(new FigureChange(
                        channel == Together ? null : channel, name, (fresh ?? old)!.Unit, old?.Value, fresh?.Value, (fresh?.Value ?? 0) - (old?.Value ?? 0)));
                }
            }
        }

        return changes;
    }

    private static IEnumerable<(string Place, Listening Listening)> Places(ChannelFigures channel) =>
        [("territory", channel.Territory), ("outside", channel.Outside), ("unknown", channel.Unknown), ("all", channel.All)];

    /// <summary>The channels by name, and all together.</summary>
    private static Dictionary<string, ChannelFigures> ByName(ComplianceReport report)
        => report.Channels.Prepend(report.Total).ToDictionary(channel => channel.Name ?? Together, StringComparer.Ordinal);

    private static Dictionary<string, NamedFigure> Figures(ChannelFigures? channel)
        => channel is null ? [] : Of(channel).ToDictionary(figure => figure.Name, StringComparer.Ordinal);
}

/// <summary>A figure.</summary>
/// <param name="Name">Its name, unique in a channel.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Value">The value; null where there is none.</param>
public sealed record NamedFigure(string Name, string Unit, double? Value);
