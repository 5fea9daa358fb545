namespace StatsGraph.Server;

/// <summary>What of the dashboard pages of other sites may show in a frame. Without a card and an origin nothing can be framed.</summary>
public sealed record EmbedOptions
{
    /// <summary>For all cards, or all origins.</summary>
    public const string All = "*";

    /// <summary>Names of the cards; <c>*</c> among them for all.</summary>
    public IReadOnlyList<string> Cards { get; init; } = [];

    /// <summary>Origins whose pages may frame them, such as <c>https://radio.example.org</c>; <c>*</c> among them for all.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Whether a card may be framed by somebody.</summary>
    /// <param name="card">Its name, as a request has it.</param>
    public bool Allows(string card) => Origins.Count > 0 && (Cards.Contains(All) ? card.Length > 0 : Cards.Contains(card, StringComparer.Ordinal));
}
