using System.Collections.Concurrent;
using System.Net;

namespace StatsGraph.Ingest.Geo;

/// <summary>
/// Places addresses by several files that complement one another: the country comes from the first file that has one; region,
/// city and coordinates from the first that has any of them and does not contradict that country; the network from the first
/// that has one. Safe for use by several threads at once.
/// </summary>
internal sealed class PlaceFinder : IDisposable
{
    /// <summary>Country file that ships with the product, relative to its folder.</summary>
    private const string DefaultFile = "geo/country.mmdb";

    private const int MostPlaces = 1 << 16;

    private readonly List<GeoFile> files = [];
    private readonly ConcurrentDictionary<Place, Place> known = new();

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

    /// <summary>Where an address is; <see cref="Place.Unknown"/> when no file knows it. Equal places are one object.</summary>
    /// <param name="address">The address.</param>
    /// <param name="prefixLength">The answer holds for all addresses that share this many leading bits.</param>
    /// <exception cref="IngestException">A file is damaged.</exception>
    public Place Find(IPAddress address, out int prefixLength)
    {
        var place = LookUp(address, out prefixLength);
        if (known.TryGetValue(place, out var same))
            return same;
        if (known.Count >= MostPlaces)
            known.Clear();
        return known.GetOrAdd(place, place);
    }

    private Place LookUp(IPAddress address, out int prefixLength)
    {
        if (files.Count == 1)
            return files[0].Find(address, out prefixLength);
        prefixLength = 0;
        var answers = new Place[files.Count];
        for (var index = 0; index < answers.Length; index++)
        {
            answers[index] = files[index].Find(address, out var bits);
            prefixLength = Math.Max(prefixLength, bits);
        }

        return Combine(answers);
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
}
