using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StatsGraph.Ingest.Geo;

/// <summary>
/// Places addresses by several files that complement one another: the country comes from the first file that has one; region,
/// city and coordinates from the first that has any of them and does not contradict that country; the network from the first
/// that has one. Not safe for use by several threads at once.
/// </summary>
internal sealed class PlaceFinder : IDisposable
{
    /// <summary>Country file that ships with the product, relative to its folder.</summary>
    private const string DefaultFile = "geo/country.mmdb";

    private const int LargestCache = 1 << 16;

    private readonly List<GeoFile> files = [];
    private readonly Dictionary<UInt128, Place> networks = [];

    /// <summary>Opens the files, or the one that ships with the product when none is given.</summary>
    /// <exception cref="IngestException">A file is missing or no MaxMind database.</exception>
    public PlaceFinder(IReadOnlyList<string> paths)
    {
        try
        {
            foreach (var path in paths.Count > 0 ? paths : [Path.Combine(AppContext.BaseDirectory, DefaultFile)])
                files.Add(new GeoFile(path));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => files.ForEach(file => file.Dispose());

    /// <summary>Where an address is; <see cref="Place.Unknown"/> when no file knows it.</summary>
    public Place Find(IPAddress address)
    {
        // Files rarely cut finer than a /24 or /48: an answer that holds for the whole of it serves its neighbours too.
        var (network, bits) = NetworkOf(address);
        if (networks.TryGetValue(network, out var known))
            return known;
        var place = LookUp(address, out var prefixLength);
        if (prefixLength <= bits)
        {
            if (networks.Count >= LargestCache)
                networks.Clear();
            networks.Add(network, place);
        }

        return place;
    }

    private Place LookUp(IPAddress address, out int prefixLength)
    {
        prefixLength = 0;
        var answers = new Place[files.Count];
        for (var index = 0; index < answers.Length; index++)
        {
            answers[index] = files[index].Find(address, out var bits);
            prefixLength = Math.Max(prefixLength, bits);
        }

        return answers.Length == 1 ? answers[0] : Combine(answers);
    }

    private static Place Combine(Place[] answers)
    {
        var country = Array.Find(answers, answer => answer.Country is not null);
        var detail = Array.Find(answers, answer => answer.HasDetail
            && (country is null || answer.Country is null || answer.Country == country.Country));
        var network = Array.Find(answers, answer => answer.Asn is not null || answer.Network is not null);
        return new Place
        {
            Country = country?.Country,
            Continent = country?.Continent,
            Region = detail?.Region,
            City = detail?.City,
            Latitude = detail?.Latitude,
            Longitude = detail?.Longitude,
            Asn = network?.Asn,
            Network = network?.Network,
        };
    }

    /// <summary>The /24 or /48 of an address; IPv4 and IPv6 never share a number.</summary>
    private static (UInt128 Network, int Bits) NetworkOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            address.TryWriteBytes(bytes, out _);
            return (BinaryPrimitives.ReadUInt32BigEndian(bytes) >> 8, 24);
        }

        address.TryWriteBytes(bytes, out _);
        return (UInt128.One << 127 | BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16, 48);
    }
}
