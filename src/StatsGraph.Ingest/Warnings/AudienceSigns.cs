using System.Collections;
using Apache.Arrow;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Warnings;

/// <summary>What the new lines of a run tell about where listeners come from and when. Reads the columns that the lake gets.</summary>
internal sealed class AudienceSigns(DateTimeOffset now)
{
    /// <summary>Networks that are told apart; a further one tells nothing new.</summary>
    public const int MostNetworks = 1_000;

    /// <summary>Clocks of two machines may differ by so much before anybody should hear of it.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    private readonly long future = (now + Tolerance).ToUnixTimeMilliseconds() * 1_000;
    private readonly Dictionary<string, long> networks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> privateNetworks = new(StringComparer.Ordinal);
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
    public IReadOnlyDictionary<string, long> Networks => networks;

    /// <summary>Those of them that are private.</summary>
    public IReadOnlyDictionary<string, long> PrivateOnes => privateNetworks;

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

    /// <summary>Counts the new rows of a batch of the lake's columns, texts as dictionaries.</summary>
    public void Count(RecordBatch batch, BitArray added)
    {
        CountStamps((TimestampArray)batch.Column(LineColumns.EndedAt), added);
        var classes = new Codes(batch, LineColumns.Class);
        var listener = classes.Find(LineClass.Listener.Text());
        if (listener >= 0)
            CountListeners(classes, listener, new Codes(batch, LineColumns.Address), new Codes(batch, LineColumns.Country), added);
    }

    private void CountStamps(TimestampArray stamps, BitArray added)
    {
        var values = stamps.Values;
        for (var row = 0; row < values.Length; row++)
        {
            if (!added[row] || (stamps.NullCount > 0 && stamps.IsNull(row)))
                continue;
            Dated++;
            Future += values[row] > future ? 1 : 0;
            (First, Last) = (Math.Min(First, values[row]), Math.Max(Last, values[row]));
        }
    }

    private void CountListeners(Codes classes, int listener, Codes addresses, Codes places, BitArray added)
    {
        var byAddress = new long[addresses.Count];
        var unplaced = new long[addresses.Count];
        var byPlace = new long[places.Count];
        for (var row = 0; row < added.Length; row++)
        {
            if (!added[row] || classes.Of(row) != listener)
                continue;
            Listeners++;
            var (address, place) = (addresses.Of(row), places.Of(row));
            if (place >= 0)
                byPlace[place]++;
            if (address < 0)
                Opaque++;
            else if (byAddress[address]++ >= 0 && place < 0)
                unplaced[address]++;
        }

        for (var place = 0; place < byPlace.Length; place++)
        {
            Placed += byPlace[place];
            if (byPlace[place] > 0)
                countries.Add(places.Text(place));
        }

        for (var address = 0; address < byAddress.Length; address++)
        {
            if (byAddress[address] > 0)
                CountNetwork(addresses.Text(address), byAddress[address], unplaced[address]);
        }
    }

    private void CountNetwork(string network, long lines, long unplaced)
    {
        Add(networks, network, lines);
        if (PrivateNetworks.Hold(network))
        {
            Add(privateNetworks, network, lines);
            Private += lines;
        }
        else
        {
            Unplaced += unplaced;
        }
    }

    private static void Add(Dictionary<string, long> counts, string network, long lines)
    {
        if (counts.Count < MostNetworks || counts.ContainsKey(network))
            counts[network] = counts.GetValueOrDefault(network) + lines;
    }

    /// <summary>A text column: a number for each row, -1 where there is none, and a text for each number.</summary>
    private readonly struct Codes
    {
        private readonly Int32Array indices;
        private readonly StringArray texts;

        public Codes(RecordBatch batch, string column)
        {
            var dictionary = (DictionaryArray)batch.Column(column);
            (indices, texts) = ((Int32Array)dictionary.Indices, (StringArray)dictionary.Dictionary);
        }

        public int Count => texts.Length;

        public int Of(int row) => indices.NullCount > 0 && indices.IsNull(row) ? -1 : indices.Values[row];

        public string Text(int code) => texts.GetString(code);

        public int Find(string text)
        {
            for (var code = 0; code < texts.Length; code++)
            {
                if (texts.GetString(code) == text)
                    return code;
            }

            return -1;
        }
    }
}
