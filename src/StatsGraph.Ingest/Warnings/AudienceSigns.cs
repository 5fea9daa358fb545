using System.Collections;
using System.Runtime.CompilerServices;
using StatsGraph.Ingest.Sessions;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Warnings;

/// <summary>What the new lines of a run tell about where listeners come from and when.</summary>
internal sealed class AudienceSigns(DateTimeOffset now)
{
    /// <summary>Networks that are told apart; a further one tells nothing new.</summary>
    public const int MostNetworks = 1_000;

    /// <summary>Clocks of two machines may differ by so much before anybody should hear of it.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    private readonly long future = (now + Tolerance).ToUnixTimeMilliseconds() * 1_000;
    private readonly Dictionary<ClientNetwork, long> networks = [];
    private readonly Dictionary<ClientNetwork, long> privateNetworks = [];
    private readonly HashSet<string> countries = new(StringComparer.Ordinal);

    /// <summary>Where this machine's clock stands.</summary>
    public DateTimeOffset Now => now;

    /// <summary>New lines of listeners.</summary>
    public long Listeners { get; private set; }

    /// <summary>Those whose address is no IP address.</summary>
    public long Opaque { get; private set; }

    /// <summary>Those from private networks.</summary>
    public long Private { get; private set; }

    /// <summary>Those with a public address and no country.</summary>
    public long Unplaced { get; private set; }

    /// <summary>Those with a country.</summary>
    public long Placed { get; private set; }

    /// <summary>Networks of listeners with their lines, some of very many.</summary>
    public IReadOnlyDictionary<ClientNetwork, long> Networks => networks;

    /// <summary>Those of them that are private.</summary>
    public IReadOnlyDictionary<ClientNetwork, long> PrivateOnes => privateNetworks;

    /// <summary>Countries of listeners.</summary>
    public IReadOnlyCollection<string> Countries => countries;

    /// <summary>New lines with a stamp.</summary>
    public long Dated { get; private set; }

    /// <summary>Those whose stamp this machine's clock has not reached.</summary>
    public long Future { get; private set; }

    /// <summary>Earliest stamp, in microseconds since 1970.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>Latest stamp, in microseconds since 1970.</summary>
    public long Last { get; private set; } = long.MinValue;

    /// <summary>All that is counted, by names that stay the same.</summary>
    public IEnumerable<KeyValuePair<string, long>> Counts =>
    [
        new("listeners", Listeners), new("opaque", Opaque), new("private", Private), new("unplaced", Unplaced), new("placed", Placed),
        new("dated", Dated), new("future", Future), new("first", First), new("last", Last),
    ];

    /// <summary>Adds what other new lines tell.</summary>
    /// <param name="count">One of their <see cref="Counts"/>.</param>
    /// <param name="others">Their networks.</param>
    /// <param name="privateOthers">Those of them that are private.</param>
    /// <param name="otherCountries">Their countries.</param>
    public void Add(
        Func<string, long> count,
        IEnumerable<KeyValuePair<ClientNetwork, long>> others,
        IEnumerable<KeyValuePair<ClientNetwork, long>> privateOthers,
        IEnumerable<string> otherCountries)
    {
        Listeners += count("listeners");
        Opaque += count("opaque");
        Private += count("private");
        Unplaced += count("unplaced");
        Placed += count("placed");
        Dated += count("dated");
        Future += count("future");
        (First, Last) = (Math.Min(First, count("first")), Math.Max(Last, count("last")));
        Add(networks, others);
        Add(privateNetworks, privateOthers);
        countries.UnionWith(otherCountries);
    }

    private static void Add(Dictionary<ClientNetwork, long> known, IEnumerable<KeyValuePair<ClientNetwork, long>> others)
    {
        foreach (var (network, lines) in others)
        {
            if (known.Count < MostNetworks || known.ContainsKey(network))
                known[network] = known.GetValueOrDefault(network) + lines;
        }
    }

    /// <summary>Counts the new rows of a batch.</summary>
    [MethodImpl(PerLine.Code)]
    public void Count(LineBatch rows, BitArray added)
    {
        var classes = rows.Classes;
        var clients = rows.Networks;
        var places = rows.PlaceNumbers;
        var ofPlace = new long[rows.Places.Count];
        for (var row = 0; row < added.Length; row++)
        {
            if (!added[row])
                continue;
            if (rows.EndOf(row) is { } end)
                CountStamp(end);
            if (classes[row] != (int)LineClass.Listener)
                continue;
            ofPlace[places[row]]++;
            CountNetwork(clients[row], rows.Places[places[row]].Country is null);
        }

        for (var place = 0; place < ofPlace.Length; place++)
            CountPlace(rows.Places[place].Country, ofPlace[place]);
    }

    private void CountStamp(long end)
    {
        Dated++;
        Future += end > future ? 1 : 0;
        (First, Last) = (Math.Min(First, end), Math.Max(Last, end));
    }

    private void CountPlace(string? country, long lines)
    {
        Listeners += lines;
        if (country is null || lines == 0)
            return;
        Placed += lines;
        countries.Add(country);
    }

    [MethodImpl(PerLine.Code)]
    private void CountNetwork(ClientNetwork network, bool isUnplaced)
    {
        if (!network.IsKnown)
        {
            Opaque++;
            return;
        }

        // Once there are many, which ones they are no longer tells anything.
        if (networks.Count < MostNetworks)
            networks[network] = networks.GetValueOrDefault(network) + 1;
        if (!PrivateNetworks.Hold(network))
        {
            Unplaced += isUnplaced ? 1 : 0;
            return;
        }

        Private++;
        if (privateNetworks.Count < MostNetworks || privateNetworks.ContainsKey(network))
            privateNetworks[network] = privateNetworks.GetValueOrDefault(network) + 1;
    }
}
