using System.Text.RegularExpressions;
using StatsGraph.Server;

namespace StatsGraph.Configuration;

/// <summary>Reads what of the dashboard others may frame: <c>Server:Embed</c>, whose settings bear the names of <see cref="EmbedOptions"/>.</summary>
internal static partial class EmbedReader
{
    /// <summary>Settings of frames.</summary>
    public static readonly IReadOnlyList<string> Keys = [nameof(EmbedOptions.Cards), nameof(EmbedOptions.Origins)];

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="CommandException">One is unknown, wrong, or of no use without the other; the message names it.</exception>
    public static EmbedOptions Read(SettingsSection section)
    {
        section.ThrowIfUnknownKeys(Keys);
        var embed = new EmbedOptions
        {
            Cards = section.Texts(nameof(EmbedOptions.Cards)),
            Origins = EdgeReader.Origins(section, nameof(EmbedOptions.Origins)),
        };
        return embed.Cards.FirstOrDefault(card => card != EmbedOptions.All && !CardName().IsMatch(card)) is { } wrong
                ? throw section.Wrong(nameof(embed.Cards), $"'{wrong}' is no name of a card; expected one such as countries, or * for all")
            : embed.Cards.Count > 0 && embed.Origins.Count == 0
                ? throw section.Wrong(nameof(embed.Cards), "is of no use without Server:Embed:Origins")
            : embed.Origins.Count > 0 && embed.Cards.Count == 0
                ? throw section.Wrong(nameof(embed.Origins), "is of no use without Server:Embed:Cards")
            : embed;
    }

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex CardName();
}
