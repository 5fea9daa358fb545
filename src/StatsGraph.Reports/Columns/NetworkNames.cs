namespace StatsGraph.Reports.Columns;

/// <summary>
/// The names that sessions give to networks. A network may have had several names; the longest session that knew it by one tells whether a
/// report with a minimum duration sees that name at all. Safe for any number of threads.
/// </summary>
internal sealed class NetworkNames
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, Dictionary<string, uint>> names = [];

    /// <summary>Notes that a session knew a network by a name.</summary>
    /// <param name="network">Code of the network; that of null has no name.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="duration">Seconds of the session.</param>
    public void Add(int network, string? name, uint duration)
    {
        if (network == TextDictionary.Null || name is null)
            return;
        lock (gate)
        {
            if (!names.TryGetValue(network, out var known))
                names.Add(network, known = new(StringComparer.Ordinal));
            known[name] = Math.Max(known.GetValueOrDefault(name), duration);
        }
    }

    /// <summary>The first of a network's names, by their UTF-8 bytes, among sessions of a minimum duration; null without one.</summary>
    public string? Find(int network, long minDuration)
    {
        lock (gate)
        {
            return names.GetValueOrDefault(network)?.Where(name => name.Value >= minDuration).Select(name => name.Key)
                .Min(Comparer<string>.Create(SortOrder.CompareTexts));
        }
    }

    /// <summary>All of them, for whoever writes them down: network, name, seconds of the longest session.</summary>
    public List<(int Network, string Name, uint Duration)> All()
    {
        lock (gate)
            return [.. names.SelectMany(network => network.Value.Select(name => (network.Key, name.Key, name.Value)))];
    }
}
